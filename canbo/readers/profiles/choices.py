"""Verbs of the audit lines that reading leaves."""

READ_PERSON = "people.person.read"
EXPORT_LIST = "profiles.list.export"
