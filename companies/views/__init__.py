"""Pages of companies and of their people."""
