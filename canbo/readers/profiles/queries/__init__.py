"""Reading for pages: what belongs to the rows of a list, to one person, to one unit."""
