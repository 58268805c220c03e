"""What narrows the lists: search without diacritics, unit, age, what is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import subtree_ids, units_meant
from canbo.facts.party.models import Badge
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.people.queries import holds_word, matching, matching_words
from canbo.facts.people.rules import number_typed
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

from ..rules import Window, add_months, born_between, next_round, round_before, windows

Rows = QuerySet[Any]
WINDOWS = [
    ("qua_han", "đã quá hạn"),
    ("hom_nay", "hôm nay"),
    ("tuan_nay", "tuần này"),
    ("thang_nay", "tháng này"),
    ("30", "trong 30 ngày"),
    ("90", "trong 90 ngày"),
    ("180", "trong 180 ngày"),
]
"""Names of the stretches of days by which lists are filtered."""


class Ambiguous(ValueError):
    """A typed unit is not one unit; the message says which ones it might be."""


def unit_named(actor: Actor, text: str, day: dt.date) -> Unit:
    """The unit a clerk means by a code or a part of a name.

    Raises:
        Ambiguous: no unit, or several.
    """
    found = units_meant(actor, text, day)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Ambiguous(f"Không thấy đơn vị “{text}”. Ghi mã đơn vị, hoặc một phần tên, có dấu hay không dấu đều được.")
    names = "; ".join(f"{unit.name} (mã {unit.code})" for unit in found[:5])
    raise Ambiguous(f"Có nhiều đơn vị khớp “{text}”: {names}. Ghi mã của đơn vị cần xem.")


def under(rows: Rows, unit: Unit, day: dt.date, *fields: str) -> Rows:
    """Rows of a unit and everything under it on the tree of a day."""
    condition = Q()
    for name in fields or ("unit_id",):
        condition |= Q(**{f"{name}__in": subtree_ids([unit.pk], day)})
    return rows.filter(condition)


def by_person(rows: Rows, text: str, prefix: str = "person__") -> Rows:
    """Rows of the people whom the search box would find by a text."""
    return matching(rows, text, prefix)


def people_search(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """People by any parts of the name, a code, or the first digits of a citizen number."""
    return by_person(rows, text, "")


def by_dossier(rows: Rows, day: dt.date, field: str, **conditions: Any) -> Rows:
    """Rows whose person's dossier of the day meets the conditions; ``field`` holds the person's id."""
    return rows.filter(**{f"{field}__in": PersonRecord.objects.at(day).filter(**conditions).values("person_id")})


def aged(rows: Rows, day: dt.date, field: str, low: int | None, high: int | None) -> Rows:
    """Rows of people aged ``low`` to ``high`` completed years on a day."""
    first, last = born_between(low, high, day)
    conditions = {"born_on__gte": first, "born_on__lte": last}
    return by_dossier(rows, day, field, **{name: value for name, value in conditions.items() if value is not None})


def age_bands(day: dt.date) -> list[dict[str, Any]]:
    """The age bands of the statistics of a day; the newest where none was in force."""
    rules = rulebooks.current()
    try:
        return list(rules.brackets("party.statistics.age_bands", on=day).value)
    except rulebooks.NoRuleInForce:
        return list(rules.history("party.statistics.age_bands")[-1].value)


def probation_months(day: dt.date) -> int:
    """Length of probation as the rulebook of the day says; the oldest rule known for days before it."""
    return int(rulebooks.current().known("party.admission.probation", on=day).value)


def award_days(day: dt.date) -> list[str]:
    """Days of the year on which badges are awarded, ``dd/mm``."""
    return list(rulebooks.current().known("party.badges.award_days", on=day).value)


def badge_levels(day: dt.date) -> list[int]:
    """Levels of badges, the lowest first."""
    rules = rulebooks.current()
    try:
        rows = list(rules.catalogue("party.badges.levels", on=day))
    except rulebooks.NoRuleInForce:
        rows = list(rules.rows_ever("party.badges.levels"))
    return sorted({int(row["years"]) for row in rows})


def probationers(rows: Rows, day: dt.date) -> Rows:
    """Members who were not yet, or not known to be, full members on a day."""
    return rows.filter(Q(official_on=None) | Q(official_on__gt=day))


def with_probation(rows: Rows) -> Rows:
    """Names the day probation runs from: the ceremony, else the decision, else the first day on record."""
    return rows.annotate(started=Coalesce("ceremony_on", "admitted_on", "since"))


def probation_within(day: dt.date, window: Window) -> Q:
    """Probation that ends within a stretch of days, for rows ``with_probation``."""
    months = probation_months(day)
    found = Q(started__lte=add_months(window.last, -months))
    return found & Q(started__gte=add_months(window.first, -months)) if window.first else found


def probation_due(rows: Rows, day: dt.date, choice: str) -> Rows:
    """Probationers whose probation ends within a stretch named as in ``rules.windows``."""
    window = windows(day).get(choice)
    if window is None:
        return rows.none()
    return with_probation(probationers(rows, day)).filter(probation_within(day, window))


def term_within(window: Window) -> Q:
    """Terms that end within a stretch of days."""
    if window.first is None:
        return Q(term_until__lte=window.last)
    return Q(term_until__range=(window.first, window.last))


def terms(rows: Rows, day: dt.date, choice: str) -> Rows:
    """Posts whose term ends within a stretch named as in ``rules.windows``."""
    window = windows(day).get(choice)
    return rows.none() if window is None else rows.filter(term_within(window))


def badge_round(day: dt.date) -> dt.date:
    """The next day on which badges are awarded, on or after a day."""
    return next_round(award_days(day), day)


def badge_due(rows: Rows, day: dt.date) -> Rows:
    """Members who reach a badge level between the last round and the next, and do not have that badge.

    Time out of the Party is not taken off here; the page of each member says her exact Party age.
    """
    coming = badge_round(day)
    last = round_before(award_days(day), coming)
    rows = rows.annotate(party_start=Coalesce("admitted_on", "ceremony_on"))
    found = Q(pk__in=[])
    for years in badge_levels(day):
        window = (add_months(last, -12 * years) + dt.timedelta(days=1), add_months(coming, -12 * years))
        has = Exists(Badge.objects.standing().filter(person_id=OuterRef("person_id"), years=years))
        found |= Q(party_start__range=window) & ~Q(has)
    return rows.filter(found)


def without_decision(rows: Rows) -> Rows:
    """Facts that no decision opened: figures of the past that wait for their paper."""
    return rows.filter(opened_by=None)


def ordered_by_person(rows: Rows) -> Rows:
    """Rows in the order of given names."""
    return rows.order_by(F("person__sort_key"), "person_id", "pk")


def outside_majority(rows: Rows, day: dt.date, field: str) -> Rows:
    """Rows of people of any ethnic group but the Kinh."""
    known = PersonRecord.objects.at(day).exclude(ethnic_group__iexact="Kinh").values("person_id")
    return rows.filter(**{f"{field}__in": known})


def members_search(rows: Rows, text: str) -> Rows:
    """Members by name, code, citizen number or card number."""
    digits = number_typed(text)
    if digits:
        return by_person(rows, text) | rows.filter(card_number__startswith=digits)
    return by_person(rows, text)


def posts_search(rows: Rows, text: str) -> Rows:
    """Posts whose holder, title or both hold every word typed."""
    if number_typed(text):
        return by_person(rows, text)

    def holds(word: str, inside: bool) -> Q:
        return holds_word(word, "person__", inside=inside) | Q(title_key__contains=word)

    return matching_words(rows, text, holds)


def courses_search(rows: Rows, text: str) -> Rows:
    """Courses by who was sent, or by a part of their name."""
    by_name = by_person(rows, text)
    return by_name | rows.filter(course__icontains=text.strip())


def units_search(rows: Rows, text: str) -> Rows:
    """Units whose name or code holds every word typed, diacritics or not."""
    for word in fold(text).split():
        rows = rows.filter(unit__search_text__contains=word)
    return rows
