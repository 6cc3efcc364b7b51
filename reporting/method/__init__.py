"""How figures are counted: cells in, figures out, the same for page, file, home and nation. Pure."""
