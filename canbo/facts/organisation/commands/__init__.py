"""Commands that ask for units."""
