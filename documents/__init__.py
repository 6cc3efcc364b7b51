"""Documents on paper: the door to the PDF writer, the print frame, the bars, the files kept. A library: no domain."""
