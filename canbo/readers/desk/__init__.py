"""Home page: what is due, what waits, what changed; search."""
