"""Permissions of the training package."""

READ = "training.read"
WRITE = "training.write"
