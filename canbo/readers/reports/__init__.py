"""Indicators (chỉ tiêu), year-end reports, frozen issues.

Every figure is a query that can be opened.
"""
