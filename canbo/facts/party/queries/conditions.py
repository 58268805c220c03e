"""How a person stands to the conditions of the rulebooks: each one met or not, with its article and her record.

The rules are those in force on the day the thing happens, of the unit concerned and the units above it; every function
raises ``NoRuleInForce`` where there is none. None of them asks who may read the person: whoever shows the answer does.
"""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import version_at
from canbo.facts.people.models import Person, PersonRecord
from canbo.foundation import rulebooks
from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.rulebooks import Ruling

from .. import rules
from ..choices import BadgeForm, Entry
from ..models import Badge, Membership
from .members import LEFT, died_on, first_decision, gaps, stay_at

CELL = "chi bộ"


def _rule(path: str, day: dt.date, unit: Unit | None) -> Ruling:
    above = units_above(unit.code, day) if unit is not None else ()
    return rulebooks.current().value(path, on=day, unit=above)


def admission_conditions(
    person: Person, day: dt.date, unit: Unit | None = None, *, consent: bool = False
) -> list[Condition]:
    """Whether a person has the age for admission.

    Args:
        day: the day the cell considers the case.
        unit: the cell, whose province may have rules of its own.
        consent: the standing committee has consented in writing to somebody above the age.
    """
    record = PersonRecord.objects.at(day).filter(person=person).first()
    born = rules.Born(record.born_on, record.born_precision) if record is not None else None
    terms = rules.Admission(
        youngest=_rule("party.admission.age_min", day, unit),
        oldest=_rule("party.admission.age_max", day, unit),
        counted_by=_rule("party.admission.age_counted_by", day, unit),
        consent=_rule("party.admission.over_age_needs_consent", day, unit),
    )
    return rules.admission_conditions(born, day, terms, consent=consent)


def readmission_conditions(person: Person, day: dt.date, unit: Unit | None = None) -> list[Condition]:
    """Whether a former member may be admitted again on a day; empty for somebody who never left."""
    before = Membership.objects.standing().filter(person=person, in_force__startswith__lt=day).order_by("-in_force")
    last = before.first()
    if last is None or last.closing_act not in LEFT:
        return []
    again = before.filter(entry=Entry.READMIT).order_by().values("since").distinct().count()
    wait, most = (
        _rule("party.admission.readmission_wait", day, unit),
        _rule("party.admission.readmissions_max", day, unit),
    )
    return rules.readmission_conditions(last.in_force.upper, again, day, wait, most)


def official_day(stay: Membership, day: dt.date) -> dt.date | None:
    """The day a probationer's probation ends by the rule of a day; None when her ceremony is not recorded."""
    if stay.ceremony_on is None:
        return None
    return rules.probation_end(stay.ceremony_on, _rule("party.admission.probation", day, stay.unit))


def recognition_conditions(stay: Membership, official_on: dt.date, day: dt.date) -> list[Condition]:
    """Whether a probationer may be recognised as a full member from ``official_on`` by a decision of a day."""
    case = rules.Recognition(stay.ceremony_on, official_on, day)
    return rules.recognition_conditions(
        case,
        _rule("party.admission.probation", day, stay.unit),
        _rule("party.admission.recognised_as_of", day, stay.unit),
    )


def badge_conditions(
    person: Person, years: int, on: dt.date, form: str = BadgeForm.REGULAR, *, seriously_ill: bool = False
) -> list[Condition]:
    """Whether a member may be given a badge.

    Args:
        years: the level.
        on: the award day of the round.
        form: of ``BadgeForm``.
        seriously_ill: papers say that she is, for an early badge.
    """
    stay = stay_at(person, on)
    unit = stay.unit if stay is not None else None
    counted_from = _rule("party.seniority.counted_from", on, unit)
    start = first_decision(person, counted_from.value)
    above = units_above(unit.code, on) if unit is not None else ()
    terms = rules.BadgeTerms(
        levels=rulebooks.current().catalogue("party.badges.levels", on=on, unit=above),
        award_days=_rule("party.badges.award_days", on, unit),
        posthumous=_rule("party.badges.posthumous_months", on, unit),
        counted_from=counted_from,
    )
    awarded = Badge.objects.standing().filter(person=person).values_list("years", flat=True)
    case = rules.BadgeCase(
        years=years,
        form=form,
        on=on,
        decided_on=start,
        gaps=tuple(gaps(person, on)),
        awarded=frozenset(awarded),
        died_on=died_on(person, on),
        seriously_ill=seriously_ill,
        record=f"tuổi đảng tính từ ngày {format_date(start)}" if start else "",
    )
    return rules.badge_conditions(case, terms)


def card_conditions(person: Person, on: dt.date, number: str = "") -> list[Condition]:
    """Whether a card may be issued to a member on a day; empty for somebody who is none."""
    stay = stay_at(person, on)
    if stay is None:
        return []
    full_only = _rule("party.card.full_members_only", on, stay.unit)
    digits = _rule("party.card.number_digits", on, stay.unit)
    return rules.card_conditions(stay.official_on, on, number, full_only, digits)


def discipline_conditions(person: Person, on: dt.date, form: str) -> list[Condition]:
    """Whether a member may be disciplined by a form on a day; empty for somebody who is none."""
    stay = stay_at(person, on)
    if stay is None:
        return []
    above = units_above(stay.unit.code, on)
    allowed = rulebooks.current().catalogue("discipline.forms.probationary", on=on, unit=above)
    return rules.expulsion_conditions(stay.official_on, on, form, allowed)


def leaving_conditions(stay: Membership, on: dt.date) -> list[Condition]:
    """Whether a cell keeps enough full members when a member leaves it; empty where none is lost to it."""
    version = version_at(stay.unit, on)
    if stay.official_on is None or stay.official_on > on or version is None or not version.kind.startswith(CELL):
        return []
    full = Membership.objects.at(on).filter(unit=stay.unit, official_on__lte=on).exclude(person=stay.person_id)
    least = _rule("party.organisation.cell_min_full_members", on, stay.unit)
    return [rules.cell_condition(str(stay.unit), full.count(), least)]
