"""What the agency reads of several rooms at once; nothing here writes."""
