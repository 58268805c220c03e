"""Reading the ledger: who sees which decision, what each fact says, what a decision would change."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.models import Q, QuerySet

from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope, Violation

from .. import acts
from ..choices import READ
from ..models import DatedFact, Decision, Draft, Sourced
from ..rules import NUMBERING, Heading, Numbering, issuer_key, number_key
from .reach import custodians, touching


@dataclass(frozen=True)
class Effect:
    """A fact touched by a decision, in words."""

    label: str
    subject: str
    text: str
    period: str
    fact: Sourced


@dataclass(frozen=True)
class Preview:
    """What recording would meet: reasons against it, and what it would do.

    Args:
        violations: every reason, those of the head first.
        explanations: what each item would do; empty for an item that something stands against.
        by_item: the reasons against each item.
    """

    violations: list[Violation]
    explanations: list[list[str]]
    by_item: list[list[Violation]]


def visible(actor: Actor, day: dt.date) -> QuerySet[Decision]:
    """Decisions the actor may read, newest first: kept by a unit in her reach, or touching anybody in it."""
    reach = actor.reach(READ)
    rows = Decision.objects.all()
    if reach.everywhere:
        return rows
    return rows.filter(Q(custodian__in=custodians(reach, day)) | touching(reach, day)) if reach else rows.none()


def find(
    actor: Actor, number: str, day: dt.date, *, issued_on: dt.date | None = None, issuer: str = ""
) -> QuerySet[Decision]:
    """Decisions with a number, however it is spelt; day and issuer narrow it down."""
    rows = visible(actor, day).filter(number_key=number_key(number))
    if issued_on is not None:
        rows = rows.filter(issued_on=issued_on)
    return rows.filter(issuer_key=issuer_key(issuer)) if issuer else rows


def search(actor: Actor, text: str, day: dt.date, limit: int = 50) -> list[Decision]:
    """The newest decisions whose number begins with, or whose abstract holds, the text."""
    rows = visible(actor, day)
    by_number = rows.filter(number_key__startswith=number_key(text)) if text else rows
    return list(by_number[:limit]) or list(rows.filter(abstract__icontains=text.strip())[:limit])


def same_number(heading: Heading) -> list[Heading]:
    """Standing decisions of the same issuer with the same number, to be compared by the numbering rule."""
    rows = Decision.objects.filter(
        number_key=number_key(heading.number), issuer_key=issuer_key(heading.issuer), annulled_on=None
    )
    return [Heading(row.number, row.issued_on, row.issuer, row.doc_type) for row in rows]


def numbering(day: dt.date, custodian: str = "") -> Numbering:
    """How numbers run on a day: the terms of the committee, from the rulebooks of the unit that keeps the decision.

    Args:
        custodian: code of that unit; its province may have set the days of its own congresses.
    """
    rules, units = rulebooks.current(), units_above(custodian, day)
    restart = rules.value_or_none("decisions.numbering.party_restart", on=day, unit=units)
    source = restart.reference if restart else NUMBERING
    rows = rules.catalogue("decisions.numbering.provincial_terms", on=day, unit=units)
    unsure = [row["starts"] for row in rows if not row.ruling.is_sure]
    return Numbering(tuple(sorted(row["starts"] for row in rows)), frozenset(unsure), source)


def units_above(code: str, day: dt.date) -> tuple[str, ...]:
    """Codes of a unit and its superiors on a day, the nearest first: whose rules apply to it."""
    if not code:
        return ()
    paths = apps.get_model("organisation.UnitPath").objects.filter(
        descendant__code=code, valid_from__lte=day, valid_to__gt=day
    )
    return tuple(paths.order_by("depth").values_list("ancestor__code", flat=True))


def opened_facts(decision: Decision) -> list[Sourced]:
    """Standing facts that a decision opened."""
    return [
        fact
        for model in acts.fact_models()
        for fact in model._default_manager.filter(opened_by=decision, voided_on=None).order_by("pk")
    ]


def closed_facts(decision: Decision) -> list[DatedFact]:
    """Standing facts that a decision closed."""
    return [
        fact
        for model in acts.fact_models()
        if issubclass(model, DatedFact)
        for fact in model._default_manager.filter(closed_by=decision, voided_on=None).order_by("pk")
    ]


def describe(fact: Sourced) -> Effect:
    """A fact in words: what it is, whom it is about, and for how long."""
    subject = next((getattr(fact, name) for name in ("person", "unit", "new") if getattr(fact, name, None)), None)
    parts = [_said(fact, name) for name in ("title", "course", "form", "grade", "name") if getattr(fact, name, None)]
    place = getattr(fact, "unit", None)
    if place is not None and place != subject:
        parts.append(place)
    if isinstance(fact, DatedFact):
        period = f"từ {format_date(fact.first_day) or 'đầu'}"
        if fact.last_day:
            period += f" đến {format_date(fact.last_day)}"
    else:
        period = f"ngày {format_date(getattr(fact, 'on', None))}"
    return Effect(str(fact._meta.verbose_name), str(subject or ""), ", ".join(map(str, parts)), period, fact)


def standing_after(fact: DatedFact, besides: Decision) -> list[DatedFact]:
    """Facts that took the place of a closed one: they would overlap with it, were it open again."""
    found: list[DatedFact] = []
    for constraint in fact._meta.constraints:
        if not isinstance(constraint, ExclusionConstraint):
            continue
        same = {str(name): getattr(fact, str(name)) for name, operator in constraint.expressions if operator == "="}
        rows = type(fact)._default_manager.filter(**same, voided_on=None, in_force__overlap=(fact.in_force.upper, None))
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        found += rows.exclude(pk=fact.pk).exclude(opened_by=besides).select_related("opened_by")
    return found


def drafts(actor: Actor) -> QuerySet[Draft]:
    """The actor's own drafts, the newest first."""
    return Draft.objects.filter(owner_id=actor.user_id) if actor.user_id else Draft.objects.none()


def draft(actor: Actor, pk: int) -> Draft:
    """One of the actor's own drafts; raises OutOfScope when it is not hers."""
    found = drafts(actor).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("dự thảo")
    return found


def issuers(actor: Actor, text: str, day: dt.date, limit: int = 10) -> list[str]:
    """Names of issuers already in the ledger that hold the text, for the form to offer."""
    rows = visible(actor, day).filter(issuer_key__contains=fold(text)).order_by("issuer")
    return list(rows.values_list("issuer", flat=True).distinct()[:limit])


def _said(fact: Sourced, name: str) -> object:
    """A field in words: a choice by its label, everything else as it stands."""
    label = getattr(fact, f"get_{name}_display", None)
    return label() if label else getattr(fact, name)
