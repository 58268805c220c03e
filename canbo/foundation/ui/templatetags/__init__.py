"""Template tags of the interface: numbers, dates, signs, components."""
