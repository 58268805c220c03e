"""Shelf 4: read everything, decide nothing."""
