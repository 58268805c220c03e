"""Closed lists of the restructuring package."""

READ = "restructuring.read"
PREPARE = "restructuring.prepare"
APPLY = "restructuring.apply"
