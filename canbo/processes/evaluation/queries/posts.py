"""What a title says about its holder: head, deputy, staff or support; and which kinds of units are parts of a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from canbo.facts.organisation.models import UnitVersion
from canbo.facts.staffing.models import Assignment
from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import fold

from ..choices import Standing

TITLES, KINDS, CAP_GROUPS = (
    "evaluation.relations.titles",
    "evaluation.relations.kinds",
    "evaluation.relations.cap_groups",
)


@dataclass(frozen=True)
class Phrase:
    """The first words of a title (or words anywhere in it) and the standing they tell."""

    words: str
    standing: str
    anywhere: bool = False


def phrases(day: dt.date) -> list[Phrase]:
    """Phrases in force on a day: those that count anywhere first, then longer before shorter."""
    rows = rulebooks.current().catalogue(TITLES, on=day)
    found = [Phrase(fold(row.label), row["standing"], bool(row.get("anywhere"))) for row in rows]
    return sorted(found, key=lambda phrase: (not phrase.anywhere, -len(phrase.words)))


def standing_of(title_key: str, known: Iterable[Phrase]) -> str:
    """The standing a folded title tells; staff when no phrase fits."""
    padded = f" {title_key} "
    for phrase in known:
        wanted = f" {phrase.words} "
        if padded.startswith(wanted) or (phrase.anywhere and wanted in padded):
            return phrase.standing
    return str(Standing.STAFF.value)


def standings(first: dt.date, last: dt.date) -> dict[str, str]:
    """The standing of every title that was held on a day of a period."""
    known = phrases(first)
    titles = Assignment.objects.during(first, last).order_by().values_list("title_key", flat=True).distinct()
    return {title: standing_of(title, known) for title in titles}


def parts(first: dt.date, last: dt.date) -> tuple[list[str], list[str]]:
    """Kinds of units, as versions of a period spell them: parts of a body, and those that are no workplace."""
    rows = rulebooks.current().catalogue(KINDS, on=first)
    part = {fold(name) for row in rows if row.get("part") for name in row.names}
    aside = {fold(name) for row in rows if row.get("workplace") is False for name in row.names}
    held = Q(in_force__overlap=(first, last + dt.timedelta(days=1)))
    kinds = UnitVersion.objects.standing().filter(held).order_by().values_list("kind", flat=True).distinct()
    spelled = list(kinds)
    return [k for k in spelled if fold(k) in part], [k for k in spelled if fold(k) in aside]


def cap_group_names(day: dt.date) -> dict[str, str]:
    """Names of the groups of similar posts that hold until somebody divides them otherwise."""
    return {row.key: row.label for row in rulebooks.current().catalogue(CAP_GROUPS, on=day)}
