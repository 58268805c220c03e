"""Who may act where (phân quyền): roles as a file, grants in force, delegations; builds the Actor."""
