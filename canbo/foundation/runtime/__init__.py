"""Finds or starts PostgreSQL, runs web and worker, backs up and restores.

Holds the frame of the ``canbo`` command; the commands themselves are listed in ``config``.
"""
