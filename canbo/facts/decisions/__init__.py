"""Ledger of issued decisions (quyết định) and their items: append, annul, replace.

Declares what every dated fact carries; never knows which facts exist above it.
"""
