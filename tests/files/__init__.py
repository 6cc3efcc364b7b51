"""Files as people send them, good and bad: recipes that build their bytes, beside what is said of each."""
