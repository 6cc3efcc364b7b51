"""What the agency does: it writes to référents, freezes versions of the consolidated bilan, publishes figures."""
