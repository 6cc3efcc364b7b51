"""What is held on people: listed, exported, erased on request, and kept no longer than announced."""
