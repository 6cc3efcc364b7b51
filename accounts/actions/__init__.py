"""What writes accounts: addresses, passwords, second factors, who leaves and who takes over."""
