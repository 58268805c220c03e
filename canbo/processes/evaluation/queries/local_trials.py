"""A draft tried on the sheets of an earlier period: who would change grade, and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from canbo.facts.organisation.models import UnitPath
from canbo.facts.organisation.queries import acting_day, within
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.rulebooks import Rulebooks

from .. import rules
from ..choices import READ
from ..models import Cycle, LocalRule, Sheet
from .assessing import subject_of
from .local_rules import staged
from .situation import situations

SHOWN = 1_000
"""So many changed sheets are kept with a trial; the counts are always of all."""
AT_ONCE = 2_000
"""Up to so many sheets a trial is answered at once; more go to the background."""
_BATCH = 2_000


@dataclass(frozen=True)
class Scored:
    """What the rules say of one sheet; ``faults`` where its scores no longer fit."""

    outcome: rules.Outcome | None
    faults: tuple[Violation, ...] = ()


def trial_cycle(row: LocalRule) -> Cycle | None:
    """The last cycle of the book before the draft's first day that has sheets in the unit of the draft."""
    cycles = Cycle.objects.filter(rulebook=row.rulebook, first__lt=row.since).select_related("unit")
    for cycle in cycles.order_by("-first", "-pk")[:12]:
        if trial_sheets(row, cycle).exists():
            return cycle
    return None


def cycle_to_try(row: LocalRule, pk: int) -> Cycle:
    """The cycle a trial was asked for, of the book of the draft."""
    return Cycle.objects.select_related("unit").get(pk=pk, rulebook=row.rulebook)


def trial_sheets(row: LocalRule, cycle: Cycle) -> QuerySet[Sheet]:
    """Sheets of a cycle that the draft would bind."""
    under = UnitPath.objects.filter(ancestor=row.unit_id, valid_from__lte=cycle.last, valid_to__gt=cycle.last)
    return Sheet.objects.filter(cycle=cycle, unit_id__in=under.values("descendant_id")).order_by("pk")


def trial(row: LocalRule, cycle: Cycle, on: dt.date, *, tell: Any = None) -> dict[str, Any]:
    """Scores the sheets of a cycle twice, by the rules as they are and with the draft.

    Args:
        on: the day of looking.
        tell: told batch by batch what is done and how much of all, as a job's progress.

    Raises:
        Refused: the draft itself has faults.
    """
    made = staged(row, since=cycle.first)
    if made.rules is None or made.faults:
        raise Refused(list(made.faults))
    sheets, total = trial_sheets(row, cycle), trial_sheets(row, cycle).count()
    moves: Counter[str] = Counter()
    changed: list[dict[str, Any]] = []
    done, last = 0, 0
    while batch := list(sheets.filter(pk__gt=last)[:_BATCH]):
        last = batch[-1].pk
        then_books = _books_then(cycle, {sheet.unit_id for sheet in batch}, made.rules)
        now = _scored(cycle, batch, on)
        then = _scored(cycle, batch, on, then_books)
        for sheet in batch:
            before, after = now[sheet.pk], then[sheet.pk]
            old, new = _grade(before), _grade(after)
            moves[f"{old}>{new}"] += 1
            if (old, _total(before)) != (new, _total(after)):
                changed.append(
                    {
                        "sheet": sheet.pk,
                        "old": old,
                        "new": new,
                        "old_total": _total(before),
                        "new_total": _total(after),
                        "why": _why(before, after),
                    }
                )
        done += len(batch)
        if tell is not None:
            tell(f"Đã chấm thử {done} trên {total} phiếu", done / max(total, 1))
    regraded = [one for one in changed if one["old"] != one["new"]]
    return {
        "cycle": cycle.pk,
        "period": cycle.period,
        "sheets": total,
        "regraded": len(regraded),
        "rescored": len(changed),
        "moves": dict(moves),
        "rows": (regraded + [one for one in changed if one["old"] == one["new"]])[:SHOWN],
        "changes": row.changes,
    }


def _scored(
    cycle: Cycle, sheets: list[Sheet], on: dt.date, books: dict[int, rules.Book] | None = None
) -> dict[int, Scored]:
    """What the rules say of sheets, from sums alone."""
    found = {}
    for sheet, around in situations(cycle, sheets, on, books=books):
        subject = subject_of(cycle, sheet, around, around.work)
        try:
            if around.earned is not None:
                outcome = rules.evaluate_mean(around.book, subject, around.earned.mean(around.book, cycle.span))
            else:
                outcome = rules.evaluate(around.book, subject, explain=False)
            found[sheet.pk] = Scored(outcome)
        except Refused as refusal:
            found[sheet.pk] = Scored(None, tuple(refusal.violations))
    return found


def moves_of(row: LocalRule) -> list[dict[str, Any]]:
    """The counts of the last trial, changed grades first: from which grade to which, how many."""
    if not row.trial:
        return []
    found = []
    for move, count in row.trial["moves"].items():
        old, new = move.split(">")
        found.append({"old": old, "new": new, "count": count, "changed": old != new})
    return sorted(found, key=lambda one: (not one["changed"], one["old"], one["new"]))


def _books_then(cycle: Cycle, unit_ids: set[int], loaded: Rulebooks) -> dict[int, rules.Book]:
    """The book of the cycle for each unit under the tried rules; one query."""
    bound = {layer.unit for layer in loaded.layers if layer.unit}
    paths = UnitPath.objects.filter(
        descendant__in=unit_ids, ancestor__code__in=bound, valid_from__lte=cycle.last, valid_to__gt=cycle.last
    )
    chains: dict[int, list[str]] = {}
    for unit_id, code in paths.order_by("depth").values_list("descendant_id", "ancestor__code"):
        chains.setdefault(unit_id, []).append(code)
    return {
        unit: rules.book(cycle.rulebook, on=cycle.first, unit_codes=chains.get(unit, ()), rules=loaded)
        for unit in unit_ids
    }


def trial_rows(actor: Actor, row: LocalRule) -> list[dict[str, Any]]:
    """The changed sheets of the last trial that the actor may read, with who they are."""
    if not row.trial or not actor.may(READ):
        return []
    kept = {one["sheet"]: one for one in row.trial["rows"]}
    sheets = within(Sheet.objects.filter(pk__in=kept), actor.reach(READ), acting_day())
    sheets = sheets.select_related("person", "collective", "unit").order_by("unit__name", "pk")
    rows = [{**kept[sheet.pk], "who": sheet.person or sheet.collective, "unit": sheet.unit} for sheet in sheets]
    return sorted(rows, key=lambda one: one["old"] == one["new"])


def _grade(found: Scored) -> str:
    """The grade that follows; where nothing follows, what is suggested, else nothing."""
    if found.outcome is None:
        return "?"
    return found.outcome.grade or found.outcome.suggestion or ""


def _total(found: Scored) -> str:
    total = found.outcome.total if found.outcome is not None else None
    return format_number(total, 2)


def _why(before: Scored, after: Scored) -> str:
    """What makes the difference: scores that no longer fit, conditions newly failed or met, else the points."""
    if after.faults:
        return "; ".join(dict.fromkeys(v.message for v in after.faults[:3]))
    if before.outcome is None or after.outcome is None:
        return ""
    was = {(r.kind, r.rule): r.met for r in before.outcome.reasons}
    turned = [r for r in after.outcome.reasons if r.kind != "points" and was.get((r.kind, r.rule)) != r.met]
    if turned:
        return "; ".join(f"{r.text} ({r.value})" for r in turned[:3])
    new = next((r for r in after.outcome.reasons if r.kind == "points"), None)
    if new is None:
        return after.outcome.notes[0] if after.outcome.notes else ""
    return f"{new.value}; mốc của mức mới: {new.text.lower()} ({new.article})"


def refuse_without_cycle(row: LocalRule) -> Violation:
    """Why nothing can be tried."""
    return Violation(
        "EVAL-LOCAL-NO-CYCLE",
        f"Chưa có kỳ nào trước ngày {row.since:%d/%m/%Y} có phiếu trong đơn vị này để thử.",
        fix="Có thể ban hành không qua thử, hoặc chờ kỳ đầu tiên.",
    )
