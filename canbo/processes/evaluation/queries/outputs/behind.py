"""The rows behind a number of the statistics: which sheets it counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Round

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids
from canbo.facts.people.models import Discipline

from ...models import Result, Sheet
from ...rules import formality
from .chosen import Chosen

NO_GRADE = "-"
"""How an address asks for sheets that have no grade yet."""


def behind(chosen: Chosen, asked: Mapping[str, str]) -> QuerySet[Sheet]:
    """The sheets a number counted, by unit and given name.

    Args:
        asked: ``muc`` grade, ``nhom`` group of subjects, ``phan`` code of a unit under the one chosen, ``rieng`` code of a unit of
            which only its own, ``co_quan`` id of a body, ``dau_hieu`` a sign of formality, ``khac`` another rulebook with
            ``muc_khac`` the grade there, ``thay`` only replaced ones, ``ky_luat`` only those disciplined in the period.
    """
    rows: QuerySet[Any] = chosen.narrow(Sheet.objects.filter(cycle__in=[cycle.pk for cycle in chosen.cycles]))
    rows = rows.annotate(
        valid=FilteredRelation("results", condition=Q(results__replaced_on=None)),
        final=Coalesce("valid__grade", "grade"),
        points=Coalesce("valid__total", "total"),
        plain=Coalesce("valid__common", "common"),
    )
    if grade := asked.get("muc", ""):
        rows = rows.filter(final="" if grade == NO_GRADE else grade)
    if group := asked.get("nhom", ""):
        rows = rows.filter(group=group)
    if code := asked.get("phan", ""):
        units = Unit.objects.filter(code=code).values_list("pk", flat=True)
        rows = rows.filter(unit_id__in=subtree_ids(list(units), chosen.last))
    if own := asked.get("rieng", ""):
        rows = rows.filter(unit__code=own)
    if (body := asked.get("co_quan", "")).isdigit():
        rows = rows.filter(body_id=int(body))
    rows = _sign(rows, chosen, asked)
    if other := asked.get("khac", ""):
        there = Result.objects.filter(person=OuterRef("person"), period=chosen.period, rulebook=other, replaced_on=None)
        if asked.get("muc_khac"):
            there = there.filter(grade=asked["muc_khac"])
        rows = rows.filter(Exists(there))
    if asked.get("thay"):
        rows = rows.filter(Exists(Result.objects.filter(sheet=OuterRef("pk"), replaced_on__isnull=False)))
    if asked.get("ky_luat"):
        begun = Discipline.objects.filter(
            person=OuterRef("person"), voided_on=None, since__range=(chosen.cycle.first, chosen.last)
        )
        rows = rows.filter(Exists(begun))
    return rows.select_related("person", "collective", "unit").order_by("unit__sort_key", "person__sort_key", "pk")


def _sign(rows: QuerySet[Any], chosen: Chosen, asked: Mapping[str, str]) -> QuerySet[Any]:
    """Only what shows a sign of formality."""
    match asked.get("dau_hieu", ""):
        case formality.IDENTICAL:
            return rows.exclude(final="").annotate(near=Round("points", 1)).filter(near=asked.get("diem") or None)
        case formality.UNCHANGED:
            return (
                rows.exclude(final="")
                .exclude(self_scores={})
                .filter(
                    Q(proposed_grade="") | Q(proposed_grade=F("final")), self_scores=F("scores"), self_grade=F("final")
                )
            )
        case formality.FULL:
            most = chosen.book.value("common_max", 0)
            return rows.exclude(final="").filter(plain__gte=most)
        case formality.CAPPED:
            return rows.filter(final=chosen.grades[0][0])
        case formality.NO_FAILURE:
            return rows.filter(final=chosen.grades[-1][0])
    return rows
