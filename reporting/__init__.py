"""The six-monthly bilan of a département and its national consolidation."""
