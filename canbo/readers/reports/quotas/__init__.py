"""Quotas as tables and pictures: by group and unit, year by year against a baseline, a draft of the next period, surplus."""
