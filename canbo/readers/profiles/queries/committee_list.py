"""All committees in scope: number, decided, structure; narrowed to what somebody should look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from canbo.facts.organisation.models import UnitLineage, UnitVersion
from canbo.facts.organisation.queries import within
from canbo.facts.people.choices import Sex
from canbo.facts.people.models import PersonRecord
from canbo.facts.staffing.choices import READ
from canbo.facts.staffing.models import Committee
from canbo.facts.staffing.queries import committees as facts
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor

from ..rules import born_between
from .committees import MAJORITY, sizes_on, term_soon, young_under
from .rows import number_of

Rows = QuerySet[Any]
__all__ = ["VIEWS", "by_view", "committees", "for_committees", "term_soon", "with_structure"]

VIEWS = [
    ("khuyet", "còn khuyết"),
    ("vuot", "vượt số lượng đã quyết định"),
    ("vuot_quy_dinh", "vượt số lượng cho phép"),
    ("thieu_nu", "chưa đạt tỷ lệ nữ"),
    ("thieu_tre", "chưa đạt tỷ lệ trẻ"),
    ("sap_het", "sắp hết nhiệm kỳ"),
    ("chua_quyet_dinh", "chưa ghi số lượng"),
]


def _people(body: str, day: dt.date, **of: Any) -> Coalesce:
    """How many people of a unit sit on a committee, of those whose dossier meets ``of``."""
    rows = facts.seat_rows(body, day).filter(unit=OuterRef("unit"))
    if of:
        rows = rows.filter(person_id__in=PersonRecord.objects.at(day).filter(**of).values("person_id"))
    return number_of(rows, "unit", Count("person_id", distinct=True))


def committees(actor: Actor, day: dt.date, body: str) -> Rows:
    """Party organisations that have a committee, with its number, the number decided and the end of the term."""
    rows = within(UnitVersion.objects.at(day), actor.require(READ), day).filter(shelf="dang")
    seated = facts.seat_rows(body, day).values("unit_id")
    numbered = Committee.objects.at(day).filter(body=body)
    mine = numbered.filter(unit=OuterRef("unit"))
    return (
        rows.filter(Q(unit_id__in=seated) | Q(unit_id__in=numbered.values("unit_id")))
        .select_related("unit")
        .annotate(
            members=_people(body, day),
            size=Subquery(mine.values("size")[:1]),
            term=Subquery(mine.values("term")[:1]),
            term_until=Subquery(mine.values("term_until")[:1]),
            body=Value(str(body)),
            day=Value(day),
        )
    )


def with_structure(rows: Rows, body: str, day: dt.date) -> Rows:
    """The same with women, young and people of ethnic minorities counted."""
    first, _ = born_between(None, young_under(day) - 1, day)
    minority = Q(person_id__in=PersonRecord.objects.at(day).exclude(ethnic_group__iexact=MAJORITY).values("person_id"))
    seats = facts.seat_rows(body, day).filter(minority, unit=OuterRef("unit"))
    return rows.annotate(
        women=_people(body, day, sex=Sex.FEMALE),
        young=_people(body, day, born_on__gte=first),
        minority=number_of(seats, "unit", Count("person_id", distinct=True)),
    )


def _goal(name: str, day: dt.date) -> int:
    rule = rulebooks.current().value_or_none(f"party.committees.{name}_goal", on=day)
    return int(rule.value) if rule is not None else 0


def by_view(rows: Rows, body: str, day: dt.date, choice: str) -> Rows:
    """Committees with a vacancy, too many members, a goal missed, a term that ends soon."""
    structured = {"thieu_nu": ("women", "women"), "thieu_tre": ("young", "young")}
    if choice in structured:
        column, goal = structured[choice]
        rows = with_structure(rows, body, day)
        return rows.filter(members__gt=0).alias(part=F(column) * 100).filter(part__lt=F("members") * _goal(goal, day))
    if choice == "vuot_quy_dinh":
        return rows.annotate(joined=_joined(day)).filter(_over_allowed(body, day))
    found = {
        "khuyet": Q(members__lt=F("size")),
        "vuot": Q(members__gt=F("size")),
        "sap_het": Q(term_until__lte=term_soon(day)),
        "chua_quyet_dinh": Q(size=None),
    }
    return rows.filter(found[choice]) if choice in found else rows


def _joined(day: dt.date) -> Coalesce:
    """Of how many units an organisation was formed."""
    steps = UnitLineage.objects.standing().filter(new=OuterRef("unit"), on__lte=day, operation__in=facts.JOINING)
    return number_of(steps.exclude(old=OuterRef("unit")), "new", Count("old", distinct=True))


def _over_allowed(body: str, day: dt.date) -> Q:
    """Committees with more members than the rule for their kind and origin allows; never true without a rule."""
    found = Q(pk__in=[])
    rules = [row for row in sizes_on(day) if row["body"] == body and row.get("most")]
    for rule in rules:
        wider = [int(r["merged_from"]) for r in rules if r["kinds"] == rule["kinds"]]
        next_step = min((n for n in wider if n > int(rule["merged_from"])), default=None)
        here = Q(kind__in=rule["kinds"], joined__gte=int(rule["merged_from"]), members__gt=int(rule["most"]))
        found |= here & Q(joined__lt=next_step) if next_step is not None else here
    return found


def for_committees(body: str, day: dt.date) -> Callable[[list[Any]], None]:
    """Gives every committee of a list its structure."""

    def prepare(rows: list[Any]) -> None:
        shown = with_structure(UnitVersion.objects.filter(pk__in=[r.pk for r in rows]), body, day)
        found = {row.pk: row for row in shown}
        for row in rows:
            row.women, row.young, row.minority = (
                getattr(found[row.pk], name) for name in ("women", "young", "minority")
            )

    return prepare
