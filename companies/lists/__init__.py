"""The lists of this room, and what every list of the portal says of a company."""
