"""Permissions of the access package."""

MANAGE = "access.manage"
