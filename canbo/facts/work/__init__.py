"""Work: products and tasks, and what became of them: quantity, quality, lateness."""
