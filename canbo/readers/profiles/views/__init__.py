"""Pages of people and units, and their lists."""
