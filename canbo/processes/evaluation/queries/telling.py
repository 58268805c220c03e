"""An outcome as it is kept: everything a page needs to explain a grade years later, as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from .. import rules
from ..models import Sheet

PLACES = Decimal("1e-10")


def kept(value: Decimal | None) -> Decimal | None:
    """A number as a column keeps it."""
    return None if value is None else value.quantize(PLACES, ROUND_HALF_EVEN)


def told(book: rules.Book, sheet: Sheet, outcome: rules.Outcome) -> dict[str, Any]:
    """The explanation of an outcome, with the rulebook it was worked out under."""
    return {
        "rulebook": book.code,
        "title": book.title,
        "source": book.source,
        "version": book.version,
        "group": sheet.group,
        "criteria": [
            {
                "key": c.key,
                "title": c.title,
                "max": _plain(c.max),
                "self": sheet.self_scores.get(c.key),
                "given": sheet.scores.get(c.key),
            }
            for c in book.scored(sheet.group)
        ],
        "judged": sheet.judged,
        "components": {key: _plain(value) for key, value in outcome.components.items()},
        **{name: _plain(getattr(outcome, name)) for name in ("common", "result", "result_points", "total")},
        "by_points": outcome.grade_by_points,
        "by_conditions": outcome.grade_by_conditions,
        "grade": outcome.grade,
        "suggestion": outcome.suggestion,
        "exempt": outcome.exempt,
        "enough": outcome.enough,
        "notes": list(outcome.notes),
        "reasons": [asdict(reason) for reason in outcome.reasons],
        "lines": [
            {**asdict(line), "value": _plain(line.value), "maximum": _plain(line.maximum)}
            for line in outcome.formula_lines
        ],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{kept(value).normalize():f}"  # type: ignore[union-attr]


def noted(sheet: Sheet, book: rules.Book, outcome: rules.Outcome, basis: str) -> None:
    """Puts an outcome on a sheet, unsaved: points, both grades, explanation."""
    sheet.common, sheet.result, sheet.total = kept(outcome.common), kept(outcome.result_points), kept(outcome.total)
    sheet.by_points, sheet.by_conditions = outcome.grade_by_points or "", outcome.grade_by_conditions or ""
    sheet.basis, sheet.explanation = basis, told(book, sheet, outcome)
