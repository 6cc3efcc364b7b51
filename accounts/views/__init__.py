"""Views of accounts: sign-in, the public pages, and what machines ask for."""
