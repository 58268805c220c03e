"""Printed forms of evaluation: sheets, reviews, lists, decisions, ballots; from plain values to papers.

``shapes`` says what a form needs to know; the other modules lay it out. Nothing here asks the database.
"""
