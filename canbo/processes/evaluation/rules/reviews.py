"""The parts of a review report (bản kiểm điểm) that are written in words, by the form of the group."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation import rulebooks

from .books import Book

SUBJECT = "papers.evaluation-forms"
REPORTS = {"01": "review_collective", "2A": "review_leader", "2B": "review_person", "2C": "review_member"}
"""The steps that list the parts of a report, by the name a rulebook gives the form (HD 43-HD/BTCTW)."""
WRITTEN = ("text", "defects")
WEAKNESSES = "weaknesses"


@dataclass(frozen=True)
class Section:
    """One part of a report for its writer to fill in.

    Args:
        key: of the part, such as ``strengths.tasks``.
        label: its heading, with the number it has on the form.
    """

    key: str
    label: str

    @property
    def name(self) -> str:
        """The field it is kept under; weaknesses have one on every sheet."""
        return WEAKNESSES if self.key == WEAKNESSES else f"part.{self.key}"


def sections(book: Book, group: str, on: dt.date) -> tuple[Section, ...]:
    """The parts to write for a group on a day, in order; none where the group's form is no review report."""
    found = book.groups.get(group)
    steps = REPORTS.get(found.form) if found else None
    if steps is None:
        return ()
    try:
        rows = rulebooks.current().steps(f"{SUBJECT}.{steps}", on=on).value
    except rulebooks.NoRuleInForce:
        return ()
    return tuple(
        Section(row["key"], row["label"]) for row in rows if row.get("lines") and row.get("kind", "text") in WRITTEN
    )
