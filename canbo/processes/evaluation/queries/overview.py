"""One cycle at a glance: each step with its day and what is late, each state with its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from canbo.facts.organisation.models import Unit, UnitPath
from canbo.facts.organisation.queries import subtree_ids, within
from canbo.foundation.kernel.actor import Actor

from ..choices import READ, State, Step
from ..models import Allowance, Cycle, Deadline, Sheet
from .cycles import WAITS, deadlines
from .small import due


@dataclass
class StepLine:
    """A step of a cycle.

    Args:
        due: the day that holds, None where none is set.
        history: every day ever set, the newest last.
        waiting: sheets that have not passed the step.
        days: days left; below nothing when it is over.
    """

    step: str
    waiting: int = 0
    history: list[Deadline] = field(default_factory=list)
    days: int | None = None

    @property
    def label(self) -> str:
        return str(Step(self.step).label)

    @property
    def due(self) -> dt.date | None:
        return self.history[-1].on if self.history else None

    @property
    def late(self) -> int:
        """Sheets late in this step."""
        return self.waiting if self.days is not None and self.days < 0 else 0


def step_lines(cycle: Cycle, counts: dict[str, int], advised: int, day: dt.date) -> list[StepLine]:
    """The steps of a cycle in their order; one query.

    Args:
        counts: sheets by state.
        advised: scored sheets that the advising body has spoken of.
    """
    lines = {step: StepLine(step) for step in Step.values}
    for row in deadlines(cycle):
        lines[row.step].history.append(row)
    for line in lines.values():
        line.waiting = sum(counts.get(state, 0) for state in WAITS.get(Step(line.step), ()))
        if line.step == Step.ADVISE:
            line.waiting -= advised
        if line.due is not None and not cycle.closed:
            line.days = (line.due - day).days
    return list(lines.values())


def advised_count(actor: Actor, cycle: Cycle, day: dt.date) -> int:
    """Scored sheets within reach on which the advising body has given its opinion."""
    rows = Sheet.objects.filter(cycle=cycle, state=State.SCORED, advised_at__isnull=False)
    return within(rows, actor.require(READ), day).count()


def grades_so_far(actor: Actor, cycle: Cycle, day: dt.date) -> dict[str, int]:
    """How many sheets within reach have each grade decided."""
    rows = within(Sheet.objects.filter(cycle=cycle).exclude(grade=""), actor.require(READ), day)
    return dict(rows.order_by().values_list("grade").annotate(Count("pk")))


def late_sheets(rows: QuerySet[Sheet], cycle: Cycle, step: str, day: dt.date) -> QuerySet[Sheet]:
    """Of some sheets of a cycle those late in a step; none while there is time or no day is set."""
    last = due(cycle, step)
    if last is None or day <= last:
        return rows.none()
    rows = rows.filter(state__in=WAITS.get(Step(step), ()))
    return rows.filter(advised_at=None) if step == Step.ADVISE else rows


def next_deadlines(cycles: Sequence[Cycle], day: dt.date) -> dict[int, tuple[str, dt.date]]:
    """Of each cycle the step that is due next, or the last one overdue; one query for a page of cycles."""
    held: dict[int, dict[str, dt.date]] = {}
    for cycle, step, on in (
        Deadline.objects.filter(cycle__in=[c.pk for c in cycles]).order_by("pk").values_list("cycle_id", "step", "on")
    ):
        held.setdefault(cycle, {})[step] = on
    found = {}
    for cycle, days in held.items():
        coming = [(on, step) for step, on in days.items() if on >= day]
        on, step = min(coming) if coming else max((on, step) for step, on in days.items())
        found[cycle] = (step, on)
    return found


def done_counts(actor: Actor, cycles: Sequence[Cycle], day: dt.date) -> dict[int, tuple[int, int]]:
    """Of each cycle the sheets within reach that are decided, and all of them; one query for a page of cycles."""
    rows = within(Sheet.objects.filter(cycle__in=[c.pk for c in cycles]), actor.require(READ), day).order_by()
    done = Count("pk", filter=Q(state__in=(State.DECIDED, State.CLOSED)))
    return {
        cycle: (some, every) for cycle, some, every in rows.values_list("cycle").annotate(done=done, every=Count("pk"))
    }


def units_under(code: str, day: dt.date) -> QuerySet[UnitPath, int]:
    """Ids of a unit and everything under it; nothing where the code is unknown; the rows it narrows are within reach already."""
    found = Unit.objects.filter(code=code.strip()).values_list("pk", flat=True)
    return subtree_ids(list(found), day)


def sheets_within(actor: Actor, cycle: Cycle, day: dt.date) -> QuerySet[Sheet]:
    """The sheets of a cycle within the reach of reading scores, without their long parts."""
    rows = within(Sheet.objects.filter(cycle=cycle), actor.require(READ), day)
    near = ("person", "collective", "unit", "superior", "decider")
    return rows.select_related(*near).defer("explanation", "posts", "comment", "strengths", "weaknesses", "review")


def allowances(cycle: Cycle) -> list[Allowance]:
    """The larger shares allowed in a cycle, the newest first."""
    return list(Allowance.objects.filter(cycle=cycle).select_related("body", "decision").order_by("-pk")[:100])
