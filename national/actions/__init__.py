"""What the agency does: it writes to référents."""
