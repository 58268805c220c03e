"""Expected failures of the machine around us: told to the operator in one clear line, without a traceback."""

from __future__ import annotations


class Unavailable(Exception):
    """Something the command needs cannot be had: the database, a port, a folder, room on the disk."""
