"""Shelf 1: knows nothing of personnel."""
