"""Pages of bringing files in and taking data out."""
