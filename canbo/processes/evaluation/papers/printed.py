"""What the rulebook says about a form: its name, its number, its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canbo.foundation import rulebooks
from canbo.foundation.papers.blocks import System

from ..rules.reviews import REPORTS, SUBJECT

REVIEWS = {f"hd43-{name.lower()}": steps for name, steps in REPORTS.items()}


@dataclass(frozen=True)
class Form:
    """A printed form as in force on a day.

    Args:
        number: ``Mẫu số 01``, printed at the upper right.
        title: what stands in capitals.
        system: whose layout it follows.
    """

    key: str
    number: str
    title: str
    system: System


def form_of(key: str, on: dt.date) -> Form:
    """The form with that key.

    Raises:
        NoRuleInForce: no such form was in force on the day.
    """
    for row in rulebooks.current().catalogue(f"{SUBJECT}.forms", on=on).rows:
        if row.key == key:
            return Form(row.key, row["number"], row.label, row["system"])
    raise rulebooks.NoRuleInForce(f"Ngày {on:%d/%m/%Y} không có biểu mẫu “{key}”.")


def parts_of(key: str, on: dt.date) -> tuple[Mapping[str, Any], ...]:
    """The parts of a review report in order, with their kind, level and dotted lines."""
    return tuple(rulebooks.current().steps(f"{SUBJECT}.{REVIEWS[key]}", on=on).value)


def dossier_of(on: dt.date) -> tuple[Mapping[str, Any], ...]:
    """The papers a dossier of evaluation must hold."""
    return tuple(rulebooks.current().checklist(f"{SUBJECT}.dossier", on=on).value)
