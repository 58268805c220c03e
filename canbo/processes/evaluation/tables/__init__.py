"""Lists of evaluation."""
