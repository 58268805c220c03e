"""Background work, with real workers."""
