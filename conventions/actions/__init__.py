"""What changes conventions, campaigns and submissions: one function, one transaction."""
