"""Writing the real reform as files that ``canbo restructure`` takes."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from canbo.foundation.kernel.actor import Actor

from ..choices import READ
from .planning import standing
from .reform import SECOND, reform_lines, second_lines

COLUMNS = ("level", "old_code", "new_code", "new_name", "new_kind", "new_parent", "operation")


def export_reform(actor: Actor, path: Path, on: dt.date) -> tuple[int, Path]:
    """Writes the reform that took effect by a day for the units of that day, and answers to begin from.

    Args:
        on: from 26/07/2026 the change of Party bodies, before it the reform of 01/07/2025.

    Returns:
        Number of lines, and the file of answers beside.
    """
    actor.require(READ)
    units = standing(on)
    answers: list[tuple[str, str, str]] = []
    if on >= SECOND:
        lines = second_lines((unit.code, unit.kind, unit.parent) for unit in units.values())
    else:
        lines, answers = reform_lines(units)
    beside = path.with_suffix(".answers.csv")
    _write(path, COLUMNS, ([line.get(column, "") for column in COLUMNS] for line in lines))
    _write(beside, ("unit", "choice", "value"), answers)
    return len(lines), beside


def _write(path: Path, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
