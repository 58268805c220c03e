"""Invented records: provinces of any size, and data sets that give the figures of published reports.

Everything follows from the seed. All people are invented; real are only the names of places and the totals of the
published reports that the cases reproduce.
"""
