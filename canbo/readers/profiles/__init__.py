"""One page per person, per unit, drawn from every fact package."""
