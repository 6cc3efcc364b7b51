"""French as the portal writes it: numbers, words and alphabetical order. A library: no model, no Django."""
