#!/usr/bin/env python
"""Django's own commands, on the same database as the ``canbo`` command."""

import sys

from config.cli import with_database

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    with with_database():
        execute_from_command_line(sys.argv)
