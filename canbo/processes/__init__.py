"""Shelf 3: procedures with steps, drafts and votes; each ends by writing facts."""
