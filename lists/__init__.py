"""Lists: said once, drawn as a page, narrowed and sorted by an address, written to a file. No model, no domain."""
