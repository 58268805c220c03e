"""Closed lists of the ledger, and its permissions."""

READ = "decision.read"
RECORD = "decision.record"
ANNUL = "decision.annul"
