"""Commands of restructuring."""
