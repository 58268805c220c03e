"""Loads, validates and looks up dated rules (quy định) kept as data under ``rulebooks/``.

No rule in force is an error, never a default.
"""
