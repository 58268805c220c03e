"""What pages of work ask."""
