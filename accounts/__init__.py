"""People: accounts, roles, who may open which page, outgoing mail."""
