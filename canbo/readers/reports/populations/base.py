"""The shape of a population, and the pieces of SQL that several of them share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Population:
    """A set of rows to count.

    Args:
        name: stable name; indicators of one population are computed in one pass.
        sql: the select that gives the rows.
        source: the facts it reads, in the clerk's words.
        several_units: one row may belong to several units and is then counted once.
        placed: whether the rows still have to be kept to the unit's subtree; False when the SQL did so itself.
    """

    name: str
    sql: str
    source: str
    several_units: bool = False
    placed: bool = True


def tree_day(unit: str, day: str, fallback: str) -> tuple[str, str]:
    """On which day an event's unit is looked up in the tree: its own day, else a fallback if the unit is gone by then.

    Args:
        unit, day, fallback: SQL expressions.

    Returns:
        The expression of the day, and the join it needs.
    """
    join = (
        f" LEFT JOIN organisation_unitpath standing ON standing.ancestor_id = {unit}"
        f" AND standing.descendant_id = {unit} AND standing.valid_from <= {day} AND {day} < standing.valid_to"
    )
    return f"CASE WHEN standing.id IS NULL THEN {fallback} ELSE {day} END", join


def under(alias: str, unit: str, day: str, *, root: str = "%(unit)s") -> str:
    """The condition that a path row ``alias`` places ``unit`` under ``root`` on ``day``."""
    return (
        f"{alias}.ancestor_id = {root} AND {alias}.descendant_id = {unit}"
        f" AND {alias}.valid_from <= {day} AND {day} < {alias}.valid_to"
    )
