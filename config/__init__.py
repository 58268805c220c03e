"""Composition root: settings, addresses, navigation, commands. Imported by nobody."""
