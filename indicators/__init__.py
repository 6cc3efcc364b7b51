"""What is counted: the versioned catalogue of indicators and ratios."""
