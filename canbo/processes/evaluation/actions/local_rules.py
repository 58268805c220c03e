"""Writing local rules: draft, try, put in force from a day, withdraw, give another day. Never back into closed periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation import rulebooks
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import RULES_WRITE, LocalState
from ..models import Cycle, LocalRule
from ..queries.local_rules import differing_layers, layer_name, retroactive, staged, write_layer
from ..queries.local_trials import trial

_DRAFT = ("rulebook", "level", "number", "issued_on", "issuer", "subject", "since", "changes")


@action("evaluation.local_rule.write", permission=RULES_WRITE, log=("rulebook", "unit", "number", "since", "changes"))
def write_local_rule(
    actor: Actor,
    *,
    rulebook: str,
    level: str,
    unit: Unit,
    number: str,
    issued_on: dt.date,
    issuer: str,
    subject: str,
    since: dt.date,
    changes: Mapping[str, Any],
    at: dt.datetime,
    row: LocalRule | None = None,
) -> LocalRule:
    """Writes a draft, or writes one anew; a draft may still have faults, they are shown with it.

    Args:
        row: the draft to write anew; its trial no longer counts when its contents changed.

    Raises:
        Refused: nothing is changed by it, or it is no draft any more.
    """
    require_over(actor, RULES_WRITE, unit, issued_on)
    if not any(changes.values()):
        raise Refused(
            Violation(
                "EVAL-LOCAL-NOTHING",
                "Quy định riêng chưa thay đổi giá trị nào.",
                fix="Sửa ít nhất một giá trị, hoặc thôi.",
            )
        )
    if row is None:
        row = LocalRule(unit=unit)
    else:
        row = LocalRule.objects.select_for_update().get(pk=row.pk)
        _must_be_draft(row)
        row.unit = unit
    given = (rulebook, level, number, issued_on, issuer, subject, since, dict(changes))
    if row.changes != dict(changes) or row.since != since:
        row.trial = None
    for name, value in zip(_DRAFT, given, strict=True):
        setattr(row, name, value)
    row.written_at, row.written_by = at, actor.name
    row.save()
    return row


@action("evaluation.local_rule.discard", permission=RULES_WRITE)
def discard_local_rule(actor: Actor, *, row: LocalRule) -> None:
    """Drops a draft; what was in force is never dropped."""
    require_over(actor, RULES_WRITE, row.unit, row.issued_on)
    _must_be_draft(row)
    row.delete()


@action("evaluation.local_rule.try", permission=RULES_WRITE)
def try_local_rule(actor: Actor, *, row: LocalRule, cycle: Cycle, at: dt.datetime, tell: Any = None) -> LocalRule:
    """Scores the sheets of an earlier period with the draft and keeps what would change; no sheet is touched."""
    require_over(actor, RULES_WRITE, row.unit, row.issued_on)
    _must_be_draft(row)
    row.trial = {**trial(row, cycle, at.date(), tell=tell), "at": at, "by": actor.name}
    row.save(update_fields=["trial"])
    return row


@action("evaluation.local_rule.set", permission=RULES_WRITE, log=("agreed",))
def set_local_rule(actor: Actor, *, row: LocalRule, at: dt.datetime, agreed: bool = False) -> LocalRule:
    """Puts a draft in force from its day: checked like every rulebook, then written to the local rules.

    Args:
        agreed: the actor was told that open periods are scored by it, and wants it.

    Raises:
        Refused: with every fault, closed periods included.
    """
    require_over(actor, RULES_WRITE, row.unit, row.issued_on)
    row = LocalRule.objects.select_for_update().select_related("unit").get(pk=row.pk)
    _must_be_draft(row)
    refusals, remarks = retroactive(row, row.since)
    made = staged(row)
    found = [*refusals, *made.faults, *([] if agreed else remarks)]
    if found:
        raise Refused(found)
    row.state, row.set_at, row.set_by = LocalState.SET, at, actor.name
    row.save(update_fields=["state", "set_at", "set_by"])
    _publish(row)
    return row


@action("evaluation.local_rule.withdraw", permission=RULES_WRITE, log=("until",))
def withdraw_local_rule(
    actor: Actor, *, row: LocalRule, until: dt.date, reason: str, at: dt.datetime, agreed: bool = False
) -> LocalRule:
    """Ends a local rule for periods that begin on a day or later; what it held for stays answerable.

    Raises:
        Refused: it does not hold then, or a closed period lies after the day.
    """
    require_over(actor, RULES_WRITE, row.unit, row.issued_on)
    row = LocalRule.objects.select_for_update().select_related("unit").get(pk=row.pk)
    if row.state != LocalState.SET:
        raise Refused(Violation("EVAL-LOCAL-STATE", "Chỉ rút được quy định đã ban hành và chưa rút."))
    found = []
    if until < row.since:
        found.append(
            Violation(
                "EVAL-LOCAL-UNTIL",
                f"Quy định áp dụng từ {row.since:%d/%m/%Y}, không rút từ ngày trước đó được.",
                "until",
                fix=f"Ghi {row.since:%d/%m/%Y} để rút toàn bộ khi chưa áp dụng, hoặc ngày sau đó.",
            )
        )
    if not reason.strip():
        found.append(Violation("EVAL-LOCAL-REASON", "Chưa ghi lý do rút.", "reason"))
    refusals, remarks = retroactive(row, max(until, row.since))
    found += [*refusals, *([] if agreed else remarks)]
    if found:
        raise Refused(found)
    row.state, row.until, row.reason = LocalState.WITHDRAWN, until, reason.strip()
    row.withdrawn_at, row.withdrawn_by = at, actor.name
    row.save(update_fields=["state", "until", "reason", "withdrawn_at", "withdrawn_by"])
    _publish(row)
    return row


@action("evaluation.local_rule.redate", permission=RULES_WRITE, log=("since",))
def redate_local_rule(actor: Actor, *, row: LocalRule, since: dt.date, reason: str, at: dt.datetime) -> LocalRule:
    """Gives a rule that has bound no closed period yet another first day: the old one is withdrawn, a draft takes its place.

    The draft is tried and put in force like any other. Returns the draft.
    """
    withdraw_local_rule(actor, row=row, until=row.since, reason=reason, at=at, agreed=True)
    return write_local_rule(
        actor,
        rulebook=row.rulebook,
        level=row.level,
        unit=row.unit,
        number=row.number,
        issued_on=row.issued_on,
        issuer=row.issuer,
        subject=row.subject,
        since=since,
        changes=row.changes,
        at=at,
    )


@action("evaluation.local_rule.rewrite_files", permission=RULES_WRITE)
def rewrite_local_files(actor: Actor) -> None:
    """Writes the files of every local layer anew from the rows: after a move to another machine, or a file touched by hand."""
    publish_all()


def publish_all() -> int:
    """Writes every layer whose files differ from its rows; a part of other actions and of the nightly round."""
    rows = list(LocalRule.objects.exclude(state=LocalState.DRAFT).select_related("unit").order_by("pk"))
    differing = set(differing_layers(rows))
    for name in differing:
        _publish(next(row for row in rows if layer_name(row) == name))
    return len(differing)


def _publish(row: LocalRule) -> None:
    """Writes the layer of a row, inside the transaction: a folder that cannot be written undoes the act."""
    made = staged(row)
    folder = rulebooks.directories()[1] / layer_name(row)
    try:
        write_layer(folder, made.files)
    except OSError as error:
        raise Refused(
            Violation(
                "EVAL-LOCAL-FOLDER",
                f"Không ghi được thư mục quy tắc {folder}: {error.strerror}.",
                fix="Báo người quản trị máy chủ cấp quyền ghi cho thư mục dữ liệu.",
            )
        ) from None
    rulebooks.forget()


def _must_be_draft(row: LocalRule) -> None:
    if not row.is_draft:
        raise Refused(
            Violation(
                "EVAL-LOCAL-STATE",
                "Quy định đã ban hành không sửa được nữa.",
                fix="Rút từ một ngày rồi soạn quy định mới.",
            )
        )
