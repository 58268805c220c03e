"""Measured promises: figure, limit and ratio, each in one run."""
