"""Closed lists of the log."""

GENESIS = "0" * 64
MAIN_CHAIN = "chinh"
READ = "audit.read"
