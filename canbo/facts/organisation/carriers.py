"""What stands in a unit and must go somewhere when the unit ends: declared by the packages that own it.

A package lists its carriers in ``CARRIERS`` of its own ``carriers`` module; ``settings.CARRIERS`` names the modules, in
the order in which rows move. Restructuring counts and moves them by statements over whole sets; see
``docs/howto/carry-rows-of-a-unit.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Literal

from django.conf import settings


@dataclass(frozen=True)
class Carrier:
    """One kind of row that stands in a unit.

    A dated fact in force is closed and goes on as a new row in the other unit; a fact recorded ahead, or with its end
    recorded ahead, is set aside and written anew. A row that is no fact is pointed to the other unit.

    Args:
        code: stable name, such as ``membership``.
        label: what people call the rows, in the plural sense, as “đảng viên”.
        table: database table.
        column: column that holds the unit (or, with ``via``, the row of another kind).
        person: column that holds the person; empty where there is none.
        dated: whether the table holds dated facts.
        where: further condition on the row ``t``.
        closing: columns of a row that closes, as SQL.
        opening: columns of the row that goes on, as SQL; all others are carried along.
        same: columns that, alike in one unit, mean the same thing: such rows become one.
        together: how they become one: the one there stays, or a column is added up, or its greatest taken.
        amount: that column.
        ratio: column whose code says that the amount is a ratio (see ``ratios``), which is never added up: the row of the
            unit stays, else equal ones become one; different ones end with their units and are assigned anew.
        shelf: the system the new unit must belong to; empty for any.
        ends: rows end with the unit and do not go on: a committee, an approved list.
        via: code of the carrier whose rows these hang on instead of a unit.
        total: SQL over ``t`` that must add up to the same before and after.
    """

    code: str
    label: str
    table: str
    column: str = "unit_id"
    person: str = ""
    dated: bool = True
    where: str = ""
    closing: Mapping[str, str] = field(default_factory=dict)
    opening: Mapping[str, str] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    together: Literal["drop", "sum", "max"] = "drop"
    amount: str = ""
    ratio: str = ""
    shelf: str = ""
    ends: bool = False
    via: str = ""
    total: str = "count(*)"


CARRIERS = (
    Carrier(
        "target",
        "chỉ tiêu giao",
        "organisation_target",
        same=("indicator", "period", "breakdown"),
        together="sum",
        amount="value",
        ratio="indicator",
    ),
)


@cache
def declared() -> tuple[Carrier, ...]:
    """Every carrier of the installed packages, in the order in which rows move."""
    return tuple(carrier for name in settings.CARRIERS for carrier in import_module(name).CARRIERS)


@cache
def ratios() -> tuple[str, ...]:
    """Codes whose amounts are ratios, gathered from ``RATIOS`` of the modules of ``settings.CARRIERS``."""
    return tuple(code for name in settings.CARRIERS for code in getattr(import_module(name), "RATIOS", ()))


def carrier(code: str) -> Carrier:
    """The carrier of a code; raises KeyError when no installed package declares it."""
    return next(found for found in declared() if found.code == code)
