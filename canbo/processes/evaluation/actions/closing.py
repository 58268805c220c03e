"""Closing a cycle: everything decided, nothing changed since, the cap kept; then results and facts in one go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.queries import require_over
from canbo.facts.people.actions import Concluded, record_grades
from canbo.facts.people.queries import standing_results
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries, rules
from ..choices import MANAGE, Stage, State
from ..models import Cycle, Sheet
from . import closing_sql as sql
from .locking import open_cycle_row

SITUATED = (
    "cycle_id", "rulebook", "period", "person_id", "collective_id", "unit_id", "body_id", "standing", "group",
    "worked_first", "worked_last", "basis",
)  # fmt: skip
"""What the situation of a sheet is found by: the rest of a hundred thousand sheets stays where it is."""
SHOWN = 20
"""So many sheets are named in a refusal; the rest are counted."""


@action("evaluation.cycle.close", permission=MANAGE, log=("cycle", "decision", "keep_as_decided"))
def close_cycle(
    actor: Actor, *, cycle: Cycle, at: dt.datetime, decision: Decision | None = None, keep_as_decided: str = ""
) -> Cycle:
    """Closes a cycle (đóng kỳ): every decided sheet becomes a result and a fact; then the database keeps it as it is.

    Args:
        decision: needed for a year (NĐ 335/2025, Điều 21); it opens the facts.
        keep_as_decided: why results stand as decided although work or records changed since; without it they refuse.

    Raises:
        Refused: sheets not decided, changed since they were, over the cap, no decision for a year, results of the same
            period and rulebook that stand already; all at once.
        OutOfScope, NotPermitted: she does not manage the cycle's unit.
    """
    require_over(actor, MANAGE, cycle.unit, at.date())
    row = open_cycle_row(cycle)
    faults = []
    if rules.period_kind(row.span) == "year" and decision is None:
        faults.append(
            Violation(
                "EVAL-DECISION",
                "Kết quả năm phải theo quyết định.",
                field="decision",
                source="NĐ 335/2025/NĐ-CP, Điều 21",
                fix="Ghi quyết định vào sổ rồi chọn quyết định đó.",
            )
        )
    faults += _undecided(row)
    if not faults and not keep_as_decided.strip():
        faults += _changed(row, at.date())
    faults += [_over(standing) for standing in queries.caps(row) if not standing.kept]
    if faults:
        raise Refused(faults)
    _write(actor, row, decision, at)
    row.stage, row.closed_at, row.closed_by, row.decision = Stage.CLOSED, at, actor.name, decision
    row.save(update_fields=["stage", "closed_at", "closed_by", "decision"])
    return row


def _undecided(cycle: Cycle) -> list[Violation]:
    waiting = Sheet.objects.filter(cycle=cycle).exclude(state=State.DECIDED)
    many = waiting.count()
    if not many:
        return []
    named = waiting.select_related("person", "collective").order_by("pk")[:SHOWN]
    names = ", ".join(f"{sheet.subject_name} ({sheet.get_state_display().lower()})" for sheet in named)
    more = f" và {many - SHOWN} phiếu khác" if many > SHOWN else ""
    return [
        Violation(
            "EVAL-UNDECIDED",
            f"Còn {many} phiếu chưa quyết định: {names}{more}.",
            field="cycle",
            fix="Quyết định hết, hoặc quyết định không xếp loại kèm lý do.",
        )
    ]


def _changed(cycle: Cycle, on: dt.date) -> list[Violation]:
    """Sheets whose work or records are no longer those the decision was made on."""
    sheets = list(Sheet.objects.filter(cycle=cycle).only(*SITUATED).order_by("pk"))
    changed = [s.pk for s, found in queries.situations(cycle, sheets, on, everybody=True) if found.basis != s.basis]
    if not changed:
        return []
    named = Sheet.objects.filter(pk__in=changed[:SHOWN]).select_related("person", "collective").order_by("pk")
    names = ", ".join(sheet.subject_name for sheet in named)
    more = f" và {len(changed) - SHOWN} phiếu khác" if len(changed) > SHOWN else ""
    return [
        Violation(
            "EVAL-CHANGED",
            f"Số liệu nhiệm vụ hoặc căn cứ của {len(changed)} phiếu đã đổi sau khi quyết định: {names}{more}.",
            field="cycle",
            fix="Quyết định lại các phiếu này, hoặc ghi lý do giữ kết quả theo số liệu ngày quyết định.",
        )
    ]


def _over(standing: queries.CapStanding) -> Violation:
    formula, article = (standing.result.formula, standing.result.article) if standing.result else ("", "")
    used = standing.result.used if standing.result else 0
    return Violation(
        "EVAL-CAP",
        f"{standing.body}, nhóm “{standing.cap_group}”: {used} người xếp mức cao nhất, được nhiều nhất "
        f"{standing.limit} ({formula}).",
        field="cycle",
        source=article,
        fix="Chuyển bớt xuống mức kế tiếp, hoặc cho phép vượt có lý do.",
    )


def _write(actor: Actor, cycle: Cycle, decision: Decision | None, at: dt.datetime) -> None:
    book, basis = queries.book_of(cycle), basis_of(cycle)
    titles = {grade.key: grade.title for grade in book.grades}
    concluded = [
        Concluded(person, unit, total, titles[grade])
        for person, unit, total, grade in Sheet.objects.filter(cycle=cycle)
        .exclude(grade="")
        .order_by("pk")
        .values_list("person_id", "collective_id", "total", "grade")
    ]
    _refuse_doubles(cycle, basis, concluded)
    record_grades(actor, rows=concluded, period=cycle.period, basis=basis, on=at.date(), decision=decision)
    values: dict[str, Any] = {
        "cycle": cycle.pk,
        "version": book.version,
        "period": cycle.period,
        "basis": basis,
        "first": cycle.first,
        "last": cycle.last,
        "with_tasks": not cycle.base,
        "on": at.date(),
        "now": at,
        "decision": decision.pk if decision else None,
        "by": actor.name,
        "person": actor.person_id,
        "behalf": actor.on_behalf_of or "",
    }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_grade")
        for statement in (sql.RESULTS, sql.NOT_GRADED, sql.EVENTS, sql.SHEETS):
            cursor.execute(statement, values)


def _refuse_doubles(cycle: Cycle, basis: str, concluded: list[Concluded]) -> None:
    persons = [row.person for row in concluded if row.person]
    units = [row.unit for row in concluded if row.unit]
    if doubles := standing_results(period=cycle.period, basis=basis, persons=persons, units=units):
        names = ", ".join(str(row.person or row.unit) for row in doubles)
        raise Refused(
            Violation(
                "EVAL-TWICE",
                f"Đã có kết quả xếp loại cùng kỳ, cùng căn cứ “{basis}”: {names}.",
                field="cycle",
                fix="Kết quả nạp từ tệp trùng với kỳ này: hoàn tác đợt nạp đó, hoặc mở kỳ theo bộ quy tắc khác.",
            )
        )


def basis_of(cycle: Cycle) -> str:
    """The basis under which results of a cycle stand among a person's grades."""
    return cycle.rulebook_title[:120]
