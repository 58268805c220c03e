"""Permissions of the staffing package."""

READ = "staffing.read"
WRITE = "staffing.write"
