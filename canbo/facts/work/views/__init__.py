"""Pages of work: one's own, what one gave, the board of a unit, catalogues."""
