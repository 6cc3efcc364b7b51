"""The kernel of every workflow: tables of transitions, one way to move, one journal, one answer to a refusal."""
