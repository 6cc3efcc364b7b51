"""What is read about accounts for a page."""
