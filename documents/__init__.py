"""Documents on paper: the door to the PDF writer, the print frame, the bars. A library: no model, no domain."""
