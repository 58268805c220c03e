"""Taking a load back as one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, connection, transaction

from canbo.facts.decisions.models import Batch, DatedFact
from canbo.facts.organisation.actions import rebuild_paths, refresh_unit_names
from canbo.facts.people.actions import refresh_names
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import LOAD
from ..loader.world import rows_of
from ..models import BatchVoid
from .books import one_at_a_time

Progress = Callable[[str, float], None]


@action("exchange.batch.undo", permission=LOAD, log=("on",))
def undo_batch(actor: Actor, *, batch: Batch, on: dt.date, reason: str, progress: Progress | None = None) -> Batch:
    """Takes a load back: voids what it opened, opens again what it closed, annuls the decisions it brought.

    Rows that the load set aside in favour of others are recorded again. People and units it brought stay as bare
    names, so that the same file can be loaded once more. Cells it completed where nothing stood stay completed.

    Args:
        batch: one of the actor's, or any for who loads everywhere.
        on: the day of undoing.
        reason: why; an empty one is refused.
        progress: told what is at work and the share done.

    Raises:
        Refused: undone already, no reason, or later facts lean on it; what stands in the way is named.
        OutOfScope: for this actor the batch does not exist.
    """
    tell = progress or (lambda _what, _share: None)
    queries.batch_by_id(actor, batch.pk)
    one_at_a_time()
    row = Batch.objects.select_for_update().get(pk=batch.pk)
    tell("Xem có gì dựa vào đợt nạp này", 0.05)
    faults = _faults(row, reason) or _obstacles(row)
    if faults:
        raise Refused(faults)
    people, units = _touched(row)
    row.undone_at, row.undone_why = now(), reason
    row.save(update_fields=["undone_at", "undone_why"])
    why = f"Hoàn tác đợt nạp {row.source}: {reason}"
    try:
        with transaction.atomic():
            _take_back(row, on, why, tell)
    except IntegrityError as error:
        raise Refused(_overlap(row, error)) from None
    tell("Hủy các quyết định của tệp", 0.8)
    _annul(row, on, why)
    tell("Dựng lại cây tổ chức, nơi công tác, sinh hoạt", 0.85)
    if units:
        refresh_unit_names(units)
        rebuild_paths()
    if people:
        refresh_names(people)
        refresh_places(on, people, forget=True)
    return row


def _faults(batch: Batch, reason: str) -> list[Violation]:
    if batch.undone_at is not None:
        return [Violation("UNDO-TWICE", f"Đợt nạp {batch} đã được hoàn tác.")]
    if not reason.strip():
        return [Violation("UNDO-REASON", "Chưa ghi lý do hoàn tác.", "reason", fix="Ghi vì sao phải hoàn tác.")]
    return []


def _obstacles(batch: Batch) -> list[Violation]:
    """What was written later and leans on the batch."""
    found: list[Violation] = []
    for model in queries.fact_models():
        table, label = model._meta.db_table, str(model._meta.verbose_name)
        if issubclass(model, DatedFact):
            count, example = _ended_later(table, batch)
            if count:
                found.append(_in_the_way(label, count, "của đợt này đã được kết thúc sau đó", example))
        for column, brought in (("person_id", _NEW_PEOPLE), ("unit_id", _NEW_UNITS), ("parent_id", _NEW_UNITS)):
            if column in {field.column for field in model._meta.local_fields}:
                count, example = _leaning(table, column, brought, batch)
                if count:
                    found.append(_in_the_way(label, count, "ghi sau đó cho hồ sơ hoặc đơn vị của đợt này", example))
    return found


def _in_the_way(label: str, count: int, what: str, example: str) -> Violation:
    source = f" (ví dụ: {example})" if example else ""
    return Violation(
        "UNDO-LATER", f"{count} dòng {label} {what}{source}.",
        fix="Hủy quyết định hoặc hoàn tác đợt nạp ghi sau trước, rồi hoàn tác đợt này.",
    )  # fmt: skip


_NEW_PEOPLE = (
    "SELECT r.person_id FROM people_personrecord r WHERE r.opened_in_id = %(batch)s AND r.voided_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM people_personrecord o WHERE o.person_id = r.person_id AND o.voided_on IS NULL "
    "AND o.opened_in_id IS DISTINCT FROM %(batch)s)"
)
_NEW_UNITS = (
    "SELECT v.unit_id FROM organisation_unitversion v WHERE v.opened_in_id = %(batch)s AND v.voided_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM organisation_unitversion o WHERE o.unit_id = v.unit_id AND o.voided_on IS NULL "
    "AND o.opened_in_id IS DISTINCT FROM %(batch)s)"
)


def _ended_later(table: str, batch: Batch) -> tuple[int, str]:
    """Facts of the batch that something else ended after it: a later load, or a decision recorded later."""
    sql = (
        "SELECT count(*), min(coalesce(d.number, b.source)) "
        f"FROM {table} t LEFT JOIN decisions_decision d ON d.id = t.closed_by_id "
        "LEFT JOIN decisions_batch b ON b.id = t.closed_in_id AND b.id <> %(batch)s "
        "WHERE t.opened_in_id = %(batch)s AND t.voided_on IS NULL AND NOT upper_inf(t.in_force) AND (b.id IS NOT NULL "
        "OR (t.closed_in_id IS NULL AND d.recorded_at > %(at)s AND d.opened_in_id IS DISTINCT FROM %(batch)s))"
    )
    count, example = _one(sql, batch)
    return count, example


def _leaning(table: str, column: str, brought: str, batch: Batch) -> tuple[int, str]:
    sql = (
        "SELECT count(*), min(coalesce(d.number, b.source)) "
        f"FROM {table} t LEFT JOIN decisions_decision d ON d.id = t.opened_by_id "
        f"LEFT JOIN decisions_batch b ON b.id = t.opened_in_id WHERE t.voided_on IS NULL "
        f"AND t.opened_in_id IS DISTINCT FROM %(batch)s AND t.{column} IN ({brought})"
    )
    return _one(sql, batch)


def _one(sql: str, batch: Batch) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"batch": batch.pk, "at": batch.loaded_at})
        count, example = cursor.fetchone()
    return int(count), example or ""


def _touched(batch: Batch) -> tuple[list[int], list[int]]:
    """People and units about whom the batch wrote anything."""
    people: set[int] = set()
    units: set[int] = set()
    for model in queries.fact_models():
        columns = {field.column for field in model._meta.local_fields}
        mine = "opened_in_id = %s" + (" OR closed_in_id = %s" if "closed_in_id" in columns else "")
        values: list[object] = [batch.pk] * mine.count("%s")
        table = model._meta.db_table
        if "person_id" in columns:
            people |= {r[0] for r in rows_of(f"SELECT DISTINCT person_id FROM {table} WHERE {mine}", values)}
        if table == "organisation_unitversion":
            units |= {r[0] for r in rows_of(f"SELECT DISTINCT unit_id FROM {table} WHERE {mine}", values)}
    return sorted(people - {None}), sorted(units - {None})


def _take_back(batch: Batch, on: dt.date, why: str, tell: Progress) -> None:
    models = queries.fact_models()
    for at, model in enumerate(models):
        tell(f"Bỏ {model._meta.verbose_name}", 0.1 + 0.4 * at / len(models))
        _run(
            f"UPDATE {model._meta.db_table} SET voided_on = %s, voided_why = %s "
            "WHERE opened_in_id = %s AND voided_on IS NULL",
            [on, why, batch.pk],
        )
    for at, model in enumerate(models):
        tell(f"Mở lại {model._meta.verbose_name}", 0.5 + 0.3 * at / len(models))
        table, columns = model._meta.db_table, {field.column for field in model._meta.local_fields}
        if issubclass(model, DatedFact):
            act = ", closing_act = ''" if "closing_act" in columns else ""
            _run(
                f"UPDATE {table} SET in_force = daterange(lower(in_force), NULL), closed_by_id = NULL, "
                f"closed_in_id = NULL{act} WHERE closed_in_id = %s AND voided_on IS NULL",
                [batch.pk],
            )
        replaced = list(BatchVoid.objects.filter(batch=batch, table=table).values_list("row", flat=True))
        if replaced:
            kept = ", ".join(f'"{c}"' for c in sorted(columns - {"id", "voided_on", "voided_why"}))
            _run(
                f"INSERT INTO {table} ({kept}, voided_why) SELECT {kept}, '' FROM {table} WHERE id = ANY(%s)",
                [replaced],
            )


def _annul(batch: Batch, on: dt.date, why: str) -> None:
    """Annuls the decisions the file brought; one on which standing facts or items rest stays."""
    leaning = " OR ".join(
        f"EXISTS (SELECT 1 FROM {model._meta.db_table} f WHERE f.voided_on IS NULL AND ({condition}))"
        for model in queries.fact_models()
        for condition in (
            ["f.opened_by_id = d.id"] + (["f.closed_by_id = d.id"] if issubclass(model, DatedFact) else [])
        )
    )
    _run(
        "UPDATE decisions_decision d SET annulled_on = greatest(%s, d.issued_on), annulled_why = %s "
        "WHERE d.opened_in_id = %s AND d.annulled_on IS NULL "
        f"AND NOT EXISTS (SELECT 1 FROM decisions_decisionitem i WHERE i.decision_id = d.id) AND NOT ({leaning})",
        [on, why, batch.pk],
    )


def _overlap(batch: Batch, error: IntegrityError) -> Violation:
    cause = error.__cause__
    name = str(getattr(getattr(cause, "diag", None), "table_name", "") or "")
    label = next((str(m._meta.verbose_name) for m in queries.fact_models() if m._meta.db_table == name), "dữ kiện")
    return Violation(
        "UNDO-OVERLAP", f"Có {label} ghi sau đợt nạp {batch} trùng thời gian với dòng phải mở lại.",
        fix="Hủy quyết định hoặc hoàn tác đợt nạp ghi sau trước, rồi hoàn tác đợt này.",
    )  # fmt: skip


def _run(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
