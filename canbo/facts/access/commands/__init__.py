"""Commands of the access package."""
