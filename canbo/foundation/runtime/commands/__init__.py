"""Commands that run and keep the machine: up, status, backup, restore."""
