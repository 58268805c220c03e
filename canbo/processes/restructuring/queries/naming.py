"""Names and codes: finding the unit a clerk means, and saying what the codes of a plan are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.facts.organisation.queries import units_meant
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from ..models import Operation, Restructuring
from .cases import operations


def unit_meant(actor: Actor, text: str, day: dt.date, field: str = "unit") -> Unit:
    """The unit with a code, or the only one whose name holds the words.

    Args:
        day: whose tree decides what the actor sees.
        field: form field the refusal belongs to.

    Raises:
        Refused: no unit, or several; the message names them.
    """
    found = units_meant(actor, text, day)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            Violation(
                "UNIT-UNKNOWN", f"Không thấy đơn vị “{text}”.", field=field, fix="Ghi mã đơn vị hoặc một phần tên."
            )
        )
    names = "; ".join(f"{unit.name} (mã {unit.code})" for unit in found[:5])
    raise Refused(
        Violation("UNIT-SEVERAL", f"Có nhiều đơn vị khớp “{text}”: {names}.", field=field, fix="Ghi mã của đơn vị.")
    )


def named_rows(actor: Actor, case: Restructuring, text: str = "") -> QuerySet[Operation]:
    """The lines of a plan whose codes or names hold a text, diacritics or not."""
    rows = operations(actor, case)
    if not text:
        return rows
    named = Unit.objects.filter(search_text__contains=fold(text)).values("code")
    return rows.filter(
        Q(old_code__in=named) | Q(new_code__in=named) | Q(new_name__icontains=text)
        | Q(old_code__iexact=text) | Q(new_code__iexact=text)
    )  # fmt: skip


def with_names(rows: list[Operation], on: dt.date) -> list[Operation]:
    """Gives lines the names their units had on the day before the day of effect, where they were in force then."""
    codes = {code for row in rows for code in (row.old_code, row.new_code, row.new_parent) if code}
    names = names_of(codes, on)
    for row in rows:
        row.old_name = names.get(row.old_code, "")  # type: ignore[attr-defined]
        row.parent_name = names.get(row.new_parent, "")  # type: ignore[attr-defined]
        row.goes_on = names.get(row.new_code, "")  # type: ignore[attr-defined]
    return rows


def names_of(codes: Iterable[str], on: dt.date) -> dict[str, str]:
    """Names of units by code on the last day before ``on``; those not in force then are left out."""
    rows = UnitVersion.objects.at(on - dt.timedelta(days=1)).filter(unit__code__in=set(codes))
    return dict(rows.values_list("unit__code", "name"))


def row_by_id(actor: Actor, case: Restructuring, pk: int) -> Operation:
    """One line of a plan; raises OutOfScope when it is not of this case."""
    row = operations(actor, case).select_related("case").filter(pk=pk).first()
    if row is None:
        raise OutOfScope("dòng phương án")
    return row
