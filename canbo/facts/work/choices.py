"""Closed lists of the work package."""

READ = "work.read"
ASSIGN = "work.assign"
CATALOGUE = "work.catalogue"
