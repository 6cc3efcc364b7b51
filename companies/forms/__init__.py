"""What people type about companies and their people."""
