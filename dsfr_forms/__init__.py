"""Forms in the design system of the State: cleaned text, one renderer, crispy-forms layout. No model, no app."""
