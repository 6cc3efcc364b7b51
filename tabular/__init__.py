"""Spreadsheets in and out: reading, checking before reading, cells, formats. A library: no model, no domain."""
