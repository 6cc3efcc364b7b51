"""Documents on paper: the door to the PDF writer. A library: no model, no domain."""
