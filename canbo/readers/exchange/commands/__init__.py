"""``canbo template | import | export | demo``."""
