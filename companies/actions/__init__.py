"""What changes companies and their people; each function is one transaction and returns the object."""
