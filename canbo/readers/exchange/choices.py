"""Permissions of the exchange package."""

LOAD = "exchange.load"
EXPORT = "exchange.export"
