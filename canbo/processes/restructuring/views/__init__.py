"""Pages of restructuring: parse, one call, render."""
