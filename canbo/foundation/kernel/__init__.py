"""Value types shared by every package.

Period, Actor, Violation, the clock, Vietnamese text, dates and numbers. No tables, no web, no Django.
"""
