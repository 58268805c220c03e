"""Columns and filters of each list."""
