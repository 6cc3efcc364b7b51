"""Views of accounts: ways in, one’s own account, the team, the public pages, and what machines ask for."""
