"""Several models read into one document: the lines of a submission, its history, the list of submissions."""
