"""Where and when: départements, neighbourhoods, semesters, the clock and the scoping rule."""
