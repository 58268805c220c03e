"""Checking and writing a Book of any size: column by column in memory, then set by set in the database."""
