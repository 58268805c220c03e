"""Writing a plan while it is being prepared: its lines, answers, and ways of moving."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from django.db import connection

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import PREPARE, Asked, Choice, Rule
from ..models import Answer, CarryPlace, CarryRule, Operation, Restructuring, Step
from ..queries import operation_named, require_case, stages

LABELS = {
    "level": "cấp",
    "operation": "hình thức",
    "old_code": "mã đơn vị cũ",
    "new_code": "mã đơn vị mới",
    "new_name": "tên đơn vị mới",
    "new_kind": "loại hình mới",
    "new_parent": "mã đơn vị cấp trên mới",
}
COLUMNS = tuple(LABELS)
LONGEST = {name: int(getattr(Operation._meta.get_field(name), "max_length", None) or 0) for name in COLUMNS}


@action("restructuring.case.draft", permission=PREPARE, log=("title", "scope", "on"))
def draft(
    actor: Actor,
    *,
    title: str,
    on: dt.date,
    scope: Unit | None = None,
    day: dt.date,
    source: str = "",
    rows: Sequence[Mapping[str, str]] = (),
) -> Restructuring:
    """Opens a case at its first step.

    Args:
        on: the day of effect.
        scope: the unit whose subtree is restructured; None for the whole system.
        day: the day the proposal was made.
        source: name of the file the lines came from.
        rows: lines of ``COLUMNS``; they may be wrong, the plan says what is.

    Raises:
        Refused: no title.
        OutOfScope, NotPermitted: the scope is not the actor's.
    """
    require_over(actor, PREPARE, scope, on)
    if not clean(title):
        raise Refused(Violation("RESTRUCTURE-TITLE", "Thiếu tên phương án.", field="title"))
    first = stages(on)[0]
    case = Restructuring.objects.create(
        title=clean(title)[:255],
        scope=scope,
        on=on,
        state=first.key,
        source=source[:255],
        prepared_by=actor.name,
        user_id=actor.user_id,
        created_at=now(),
    )
    Step.objects.create(case=case, key=first.key, on=day, by=actor.name, at=now())
    write_rows(case, rows)
    return case


@action("restructuring.rows.set", permission=PREPARE, log=("case",))
def set_rows(
    actor: Actor, *, case: Restructuring, rows: Sequence[Mapping[str, str]], add: bool = False
) -> Restructuring:
    """Puts lines in the place of those there are, or adds them behind them."""
    row = changeable(actor, case)
    if not add:
        Operation.objects.filter(case=row).delete()
    write_rows(row, rows)
    return row


@action("restructuring.rows.change", permission=PREPARE, log=("line",))
def change_row(actor: Actor, *, line: Operation, **columns: str) -> Operation:
    """Changes one line; ``columns`` are of ``COLUMNS``."""
    changeable(actor, line.case)
    unknown = set(columns) - set(COLUMNS)
    if unknown:
        raise TypeError(f"not a column of a line: {sorted(unknown)}")
    cells = {name: _cell(name, value) for name, value in columns.items()}
    faults = _too_long(cells, line.position)
    for name, value in cells.items():
        setattr(line, name, value)
    if not line.old_code and not line.new_code:
        faults.append(Violation("RESTRUCTURE-ROW", "Ghi mã đơn vị cũ hoặc mã đơn vị mới.", field="old_code"))
    if faults:
        raise Refused(faults)
    line.save()
    return line


@action("restructuring.rows.drop", permission=PREPARE, log=("case", "rows"))
def drop_rows(actor: Actor, *, case: Restructuring, rows: Sequence[int]) -> Restructuring:
    """Removes lines of the plan by their ids."""
    row = changeable(actor, case)
    Operation.objects.filter(case=row, pk__in=rows).delete()
    return row


@action("restructuring.answer", permission=PREPARE, log=("case",))
def answer(actor: Actor, *, case: Restructuring, answers: Sequence[tuple[str, str, str, str]]) -> Restructuring:
    """Answers questions of the plan; a newer answer takes the place of an older one, an empty choice takes it back.

    Args:
        answers: code of the unit, question (of ``Asked``), choice (of ``Choice``, or the code of one of the new units
            of a split), code of the unit chosen.

    Raises:
        Refused: a question or a choice that does not exist; every one is named.
    """
    row = changeable(actor, case)
    faults = [
        Violation("RESTRUCTURE-ANSWER", f"{unit}: không có câu hỏi “{asked}”.", field=unit)
        for unit, asked, _, _ in answers
        if asked not in Asked.values
    ]
    faults += [
        Violation("RESTRUCTURE-ANSWER", f"{unit}: lựa chọn “{choice}” không dùng cho câu hỏi này.", field=unit)
        for unit, asked, choice, _ in answers
        if choice and asked != Asked.SPLIT and choice not in Choice.values
    ]
    if faults:
        raise Refused(faults)
    named = {(unit, asked) for unit, asked, _, _ in answers}
    old = Answer.objects.filter(case=row, unit_code__in={unit for unit, _ in named})
    Answer.objects.filter(pk__in=[a.pk for a in old if (a.unit_code, a.question) in named]).delete()
    Answer.objects.bulk_create(
        [
            Answer(case=row, unit_code=unit, question=asked, choice=choice, value=value, by=actor.name, at=now())
            for unit, asked, choice, value in answers
            if choice
        ],
        batch_size=2000,
    )
    return row


@action("restructuring.way.set", permission=PREPARE, log=("case", "unit", "kind", "rule", "target"))
def set_way(
    actor: Actor, *, case: Restructuring, unit: str, rule: str, target: str = "", kind: str = ""
) -> Restructuring:
    """Says how an old unit's rows of one kind (of all kinds, when ``kind`` is empty) move; an empty rule takes it back."""
    row = changeable(actor, case)
    if rule and rule not in Rule.values:
        raise Refused(Violation("RESTRUCTURE-WAY", f"Không có cách chuyển “{rule}”.", field="rule"))
    CarryRule.objects.filter(case=row, unit_code=unit, kind=kind).delete()
    if rule:
        CarryRule.objects.create(case=row, unit_code=unit, kind=kind, rule=rule, target=target)
    return row


@action("restructuring.places.set", permission=PREPARE, log=("case", "kind", "target"))
def set_places(actor: Actor, *, case: Restructuring, kind: str, rows: Sequence[int], target: str) -> Restructuring:
    """Names the place of rows of a unit that is divided by a list; an empty target takes it back."""
    row = changeable(actor, case)
    CarryPlace.objects.filter(case=row, kind=kind, row__in=rows).delete()
    if target:
        CarryPlace.objects.bulk_create([CarryPlace(case=row, kind=kind, row=pk, target=target) for pk in set(rows)])
    return row


def changeable(actor: Actor, case: Restructuring) -> Restructuring:
    """The case, held until the transaction ends; refused once it was decided upon, carried out or withdrawn."""
    require_case(actor, PREPARE, case)
    row = Restructuring.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not row.open_to_change:
        raise Refused(
            Violation(
                "RESTRUCTURE-FIXED",
                "Phương án đã được quyết định, không sửa được nữa.",
                fix="Trả lại bước trước rồi sửa.",
            )
        )
    return row


def write_rows(case: Restructuring, rows: Sequence[Mapping[str, str]]) -> None:
    """Adds lines behind those a case has; the cells are cleaned, empty lines left out.

    Raises:
        Refused: a line names no unit, or a cell is longer than can be kept; every one is named.
    """
    start = Operation.objects.filter(case=case).count()
    faults: list[Violation] = []
    lines = []
    for at, row in enumerate(rows, start + 1):
        if not any(row.values()):
            continue
        cells = {name: _cell(name, written) if (written := row.get(name)) else "" for name in COLUMNS}
        if not cells["old_code"] and not cells["new_code"]:
            faults.append(
                Violation("RESTRUCTURE-ROW", f"Dòng {at}: ghi mã đơn vị cũ hoặc mã đơn vị mới.", field=f"rows.{at}")
            )
        faults += _too_long(cells, at, f"rows.{at}")
        lines.append({"position": at, **cells})
    if faults:
        raise Refused(faults)
    listed = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO restructuring_operation (case_id, position, {listed}) SELECT %s, position, {listed} "  # noqa: S608
            f"FROM json_to_recordset(%s::json) AS line(position int, {', '.join(f'{name} text' for name in COLUMNS)}) "
            "ORDER BY position",
            [case.pk, json.dumps(lines, ensure_ascii=False)],
        )


def _cell(name: str, written: str | None) -> str:
    """A cell as it is kept: an operation that the catalogue knows by its code, whatever word was typed for it."""
    text = clean(str(written or ""))
    return (operation_named(text) or text) if name == "operation" else text


def _too_long(cells: Mapping[str, str], at: int, field: str = "") -> list[Violation]:
    return [
        Violation(
            "RESTRUCTURE-TOO-LONG",
            f"Dòng {at}: {LABELS[name]} dài {len(value)} chữ, chỉ ghi được {LONGEST[name]} (“{value[:30]}…”).",
            field=field or name,
            fix="Rút gọn rồi ghi lại.",
        )
        for name, value in cells.items()
        if len(value) > LONGEST[name]
    ]
