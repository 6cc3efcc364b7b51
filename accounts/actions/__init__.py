"""What writes accounts: addresses, passwords, second factors."""
