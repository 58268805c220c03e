"""Small rows of evaluation for tests of reading: cycles, sheets, results. All people are invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.foundation import rulebooks
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.period import Span
from canbo.processes.evaluation.choices import Stage, Standing, State
from canbo.processes.evaluation.models import Cycle, NotGraded, Result, Sheet

CODE = "nd335-2025-civil-servant"


def cycle(unit: Unit, period: str = "2026-07", rulebook: str = CODE, **more: Any) -> Cycle:
    """An open cycle of a unit."""
    span = Span.parse(period)
    values = {
        "rulebook_title": rulebooks.current().title(f"evaluation.{rulebook}"),
        "rulebook_version": "thử",
        "first": span.first,
        "last": span.last,
        "opened_at": now(),
        "opened_by": "thử",
        **more,
    }
    return Cycle.objects.create(rulebook=rulebook, period=period, unit=unit, **values)


def sheet(where: Cycle, who: Person | None, unit: Unit, **more: Any) -> Sheet:
    """A sheet of a person, or of the unit itself without one."""
    values: dict[str, Any] = {
        "body": unit,
        "title": "Chuyên viên",
        "standing": Standing.STAFF if who else Standing.COLLECTIVE,
        "group": "non_leader" if who else "agency",
        "cap_group": "Chuyên viên",
        "opened_at": now(),
        **more,
    }
    return Sheet.objects.create(
        cycle=where,
        rulebook=where.rulebook,
        period=where.period,
        person=who,
        collective=None if who else unit,
        unit=unit,
        **values,
    )


def result(of: Sheet, grade: str, total: str | None = "80", on: dt.date | None = None, **more: Any) -> Result:
    """A standing result of a sheet."""
    values: dict[str, Any] = {
        "common": None if total is None else Decimal("25"),
        "result": None if total is None else Decimal(total) - 25,
        "total": None if total is None else Decimal(total),
        "decided_on": on or of.cycle.last + dt.timedelta(days=3),
        "decided_by": "thử",
        "recorded_at": now(),
        **more,
    }
    return Result.objects.create(
        sheet=of,
        cycle=of.cycle,
        person=of.person,
        collective=of.collective,
        rulebook=of.rulebook,
        rulebook_version="thử",
        period=of.period,
        unit=of.unit,
        grade=grade,
        **values,
    )


def graded(
    where: Cycle, who: Person | None, unit: Unit, grade: str, total: str | None = "80", **more: Any
) -> tuple[Sheet, Result]:
    """A sheet with its result, as after a decision."""
    decided = {"state": State.DECIDED, "grade": grade, "total": None if total is None else Decimal(total), **more}
    one = sheet(where, who, unit, **decided)
    return one, result(one, grade, total)


def absent(where: Cycle, who: Person, unit: Unit, reason: str = "Làm việc dưới 6 tháng trong năm") -> NotGraded:
    """Somebody without a sheet."""
    return NotGraded.objects.create(
        cycle=where, person=who, unit=unit, title="Chuyên viên", code="short", reason=reason
    )


def close(one: Cycle) -> Cycle:
    """Closes a cycle with its sheets, past the action."""
    Sheet.objects.filter(cycle=one).update(state=State.CLOSED)
    Cycle.objects.filter(pk=one.pk).update(stage=Stage.CLOSED, closed_at=now(), closed_by="thử")
    one.refresh_from_db()
    return one
