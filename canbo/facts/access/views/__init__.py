"""Pages of accounts, own delegations and the log."""
