"""Which decisions lie in a reach: by the unit that keeps them, or by whom they touched."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from canbo.foundation.kernel.actor import Actor, Reach

from .. import acts
from ..choices import RECORD
from ..models import DatedFact, DecisionItem, Sourced

PLACES = ("work_unit", "party_unit")


def units(reach: Reach, day: dt.date) -> QuerySet:
    """Ids of the units in a reach on the tree of a day."""
    paths = apps.get_model("organisation.UnitPath").objects.filter(
        ancestor_id__in=reach.units, valid_from__lte=day, valid_to__gt=day
    )
    return paths.values("descendant_id")


def custodians(reach: Reach, day: dt.date) -> QuerySet:
    """Codes of the units whose decisions lie in a reach on the tree of a day, for ``custodian__in``."""
    return apps.get_model("organisation.Unit").objects.filter(pk__in=units(reach, day)).values("code")


def keepers(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the units an actor records decisions for; none when she records for everybody."""
    reach = actor.reach(RECORD)
    if reach.everywhere:
        return []
    rows = apps.get_model("organisation.Unit").objects.filter(pk__in=reach.units).order_by("sort_key")
    return [(row.code, f"{row.name} ({row.code})") for row in rows]


def people(reach: Reach, day: dt.date) -> QuerySet:
    """Ids of the people found today at a unit of the reach."""
    inside = units(reach, day)
    rows = apps.get_model("people.Person").objects.filter(Q(work_unit__in=inside) | Q(party_unit__in=inside))
    return rows.values("pk")


def about(model: type[Model]) -> list[str]:
    """The names by which a kind of fact points at a person or a unit."""
    return [column.name for column in model._meta.concrete_fields if _label(column) in acts.SUBJECTS.values()]


def _label(column: Any) -> str:
    """The model a column points at; an empty text for a plain column."""
    return str(column.related_model._meta.label) if column.is_relation else ""


def inside(model: type[Sourced], reach: Reach, day: dt.date) -> Q:
    """Facts of a kind about a person or a unit of the reach; none for kinds about neither."""
    found = Q(pk__in=[])
    for name in about(model):
        of_person = _label(model._meta.get_field(name)) == acts.SUBJECTS["person"]
        found |= Q(**{f"{name}__in": people(reach, day) if of_person else units(reach, day)})
    return found


def touching(reach: Reach, day: dt.date) -> Q:
    """Decisions with an item, or a fact, about a person or a unit of the reach."""
    items = DecisionItem.objects.filter(
        Q(subject_type="person", subject_id__in=people(reach, day))
        | Q(subject_type="unit", subject_id__in=units(reach, day))
    )
    found = Q(pk__in=items.values("decision"))
    for model in acts.fact_models():
        if not about(model):
            continue
        for source in ("opened_by", "closed_by") if issubclass(model, DatedFact) else ("opened_by",):
            facts = model._default_manager.filter(inside(model, reach, day), **{f"{source}__isnull": False})
            found |= Q(pk__in=facts.order_by().values(source))
    return found
