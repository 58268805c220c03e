"""Placing people on job positions, and ending it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, require_over
from canbo.facts.people.models import Person
from canbo.facts.people.queries import visible
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE
from ..models import JobPosition, Placement
from .positions import end_many


@dataclass(frozen=True)
class PlacementLine:
    """Who is to be placed where, as codes."""

    person: str
    position: str
    concurrent: bool = False


@action("staffing.placement.open", permission=WRITE, log=("unit", "on", "lines", "decision"))
def place(
    actor: Actor,
    *,
    unit: Unit,
    lines: Sequence[PlacementLine],
    on: dt.date,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> list[Placement]:
    """Places people on positions of a body from a day on, all or none.

    A main placement ends the main one somebody had before, wherever it was; one beside it (kiêm nhiệm) ends nothing.

    Raises:
        Refused: with every fault of every line.
    """
    require_over(actor, WRITE, unit, on)
    lines = [PlacementLine(clean(x.person), clean(x.position), x.concurrent) for x in lines]
    people = {p.code: p for p in visible(actor, acting_day()).filter(code__in={x.person for x in lines})}
    held = list(
        Placement.objects.standing()
        .filter(person__in=people.values(), in_force__overlap=(on, None))
        .select_related("unit", "person")
    )
    if faults := _faults(actor, unit, lines, on, people, held):
        raise Refused(faults)
    moving = {people[x.person].pk for x in lines if not x.concurrent}
    main = [row for row in held if row.person_id in moving and not row.concurrent]
    for row in main:
        require_over(actor, WRITE, row.unit_id, on)
    end_many(Placement, [row.pk for row in main], on, decision, batch)
    return Placement.objects.bulk_create(
        Placement(
            person=people[line.person],
            unit=unit,
            position_code=line.position,
            concurrent=line.concurrent,
            in_force=ledger.span(on),
            since=on,
            opened_by=decision,
            opened_in=batch,
        )
        for line in lines
    )


@action("staffing.placement.close", permission=WRITE, log=("placement", "on", "decision"))
def displace(actor: Actor, *, placement: Placement, on: dt.date, decision: Decision | None = None) -> Placement:
    """Ends a placement: the day before ``on`` is its last one."""
    require_over(actor, WRITE, placement.unit_id, on)
    return ledger.close(placement, on=on, decision=decision)


@action("staffing.placement.void", permission=WRITE, log=("placement", "on"))
def void_placement(actor: Actor, *, placement: Placement, on: dt.date, reason: str) -> None:
    """Declares that a placement was recorded wrongly."""
    require_over(actor, WRITE, placement.unit_id, on)
    ledger.void(placement, on=on, why=reason)


def _faults(
    actor: Actor,
    unit: Unit,
    lines: Sequence[PlacementLine],
    on: dt.date,
    people: dict[str, Person],
    held: Sequence[Placement],
) -> list[Violation]:
    known = set(JobPosition.objects.at(on).filter(unit=unit).values_list("code", flat=True))
    mains: dict[str, int] = {}
    pairs: set[tuple[str, str]] = set()
    faults: list[Violation] = []
    if not lines:
        faults.append(Violation("PLACEMENT-EMPTY", "Chưa ghi ai.", fix="Ghi ít nhất một dòng."))
    for number, line in enumerate(lines, 1):

        def say(code: str, message: str, field: str, fix: str, number: int = number) -> None:
            faults.append(Violation(code, f"Dòng {number}: {message}", field, fix=fix))

        person = people.get(line.person)
        if person is None:
            say("PLACEMENT-PERSON", f"không có hồ sơ mã “{line.person}”.", "person", "Sửa mã hồ sơ.")
        elif actor.person_id is not None and person.pk == actor.person_id:
            say("PLACEMENT-SELF", "không tự bố trí chính mình.", "person", "Nhờ người khác ghi.")
        if line.position not in known:
            say(
                "PLACEMENT-POSITION",
                f"{unit} không có vị trí “{line.position}” vào ngày {format_date(on)}.",
                "position",
                "Xem mã trong danh mục đã phê duyệt.",
            )
        if (line.person, line.position) in pairs:
            say("PLACEMENT-TWICE", "người này đã có ở vị trí này trong dòng trên.", "person", "Bỏ một dòng.")
        pairs.add((line.person, line.position))
        if not line.concurrent and line.person in mains:
            say(
                "PLACEMENT-MAIN",
                f"{line.person} đã ở vị trí chính khác tại dòng {mains[line.person]}.",
                "person",
                "Đánh dấu kiêm nhiệm ở một dòng.",
            )
        elif not line.concurrent:
            mains[line.person] = number
        for row in (row for row in held if person is not None and row.person_id == person.pk):
            if row.unit_id == unit.pk and row.position_code == line.position:
                since = format_date(row.since)
                say("PLACEMENT-HELD", f"{person} đã ở vị trí này từ {since}.", "person", "Bỏ dòng này.")
            elif not line.concurrent and not row.concurrent and (row.in_force.upper or row.in_force.lower >= on):
                say(
                    "PLACEMENT-LATER",
                    f"{person} đã có việc bố trí khác kết thúc hoặc bắt đầu sau ngày {format_date(on)}.",
                    "person",
                    "Chọn ngày muộn hơn, hoặc sửa việc bố trí ấy trước.",
                )
    return faults
