"""Who signs: companies, establishments, contacts, members, portfolios and charters."""
