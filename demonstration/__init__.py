"""The demonstration: invented companies of three départements, written by the portal's own actions."""
