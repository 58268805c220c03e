"""Shelf 2: what is officially true, in force for a period, opened and closed by decisions."""
