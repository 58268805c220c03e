"""Writing job positions: the list of a body, who is placed, the description of a position."""
