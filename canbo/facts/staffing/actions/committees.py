"""Setting the number of a committee."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over, version_at
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from ..choices import WRITE, Body
from ..models import Committee

PARTY_SHELF = "dang"


@action("staffing.committee.set", permission=WRITE, log=("unit", "body", "size", "on", "decision"))
def set_committee(
    actor: Actor,
    *,
    unit: Unit,
    body: str,
    size: int,
    on: dt.date,
    deputies: int | None = None,
    term: str = "",
    term_until: dt.date | None = None,
    decision: Decision | None = None,
    batch: Batch | None = None,
) -> Committee:
    """Sets how many members a committee has from a day on; the number before it ends.

    Args:
        deputies: how many deputy secretaries, or deputy heads of the inspection commission.
        term: such as ``2025–2030``.
        term_until: last day of the term.
    """
    require_over(actor, WRITE, unit, on)
    if faults := committee_faults(unit, body, size, on, term_until):
        raise Refused(faults)
    old = Committee.objects.at(on).filter(unit=unit, body=body).first()
    if old is not None:
        ledger.close(old, on=on, decision=decision, batch=batch)
    return Committee.objects.create(
        unit=unit,
        body=body,
        size=size,
        deputies=deputies,
        term=clean(term) or (old.term if old else ""),
        term_until=term_until or (old.term_until if old and old.term_until and old.term_until >= on else None),
        in_force=ledger.span(on),
        since=on,
        opened_by=decision,
        opened_in=batch,
    )


def committee_faults(
    unit: Unit, body: str, size: int, on: dt.date, term_until: dt.date | None = None
) -> list[Violation]:
    """Why the number of a committee may not be set so."""
    faults = []
    version = version_at(unit, on)
    if version is None:
        faults.append(Violation("COMMITTEE-UNIT", f"{unit} không hoạt động vào ngày {format_date(on)}."))
    elif version.shelf != PARTY_SHELF:
        faults.append(
            Violation("COMMITTEE-PARTY", f"{unit} không phải là tổ chức đảng.", fix="Chọn đảng bộ hoặc chi bộ.")
        )
    if body not in Body.values:
        faults.append(Violation("COMMITTEE-BODY", "Chọn cơ quan.", field="body"))
    if size < 1:
        faults.append(Violation("COMMITTEE-SIZE", "Số lượng phải từ 1 trở lên.", field="size", fix="Sửa số lượng."))
    if term_until is not None and term_until < on:
        faults.append(
            Violation(
                "COMMITTEE-TERM",
                f"Nhiệm kỳ kết thúc ngày {format_date(term_until)}, trước ngày {format_date(on)}.",
                field="term_until",
                fix="Sửa ngày hết nhiệm kỳ.",
            )
        )
    later = Committee.objects.standing().filter(unit=unit, body=body)
    if later.filter(in_force__startswith__gte=on).exists():
        faults.append(
            Violation(
                "COMMITTEE-LATER",
                f"Đã có số lượng quyết định từ ngày {format_date(on)} hoặc sau ngày ấy.",
                fix="Hủy quyết định ghi sau trước, hoặc chọn ngày hiệu lực muộn hơn.",
            )
        )
    return faults
