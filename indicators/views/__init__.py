"""The catalogue as the agency reads it, and the version that it prepares."""
