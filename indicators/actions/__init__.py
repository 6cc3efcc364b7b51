"""What writes the catalogue: what the portal ships, and the version that the agency prepares and publishes."""
