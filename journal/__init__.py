"""One way to read every journal: who did what, when, to what, for the référent of a département and for the agency."""
