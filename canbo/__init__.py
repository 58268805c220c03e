"""Canbo: the working system of an organisation board (ban tổ chức)."""

__version__ = "0.1.0"
