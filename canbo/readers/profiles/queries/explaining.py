"""A rule applied to one person on one day: every condition, met or not, with its article and the record behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from canbo.facts.party.queries import badge_conditions, official_day, recognition_conditions
from canbo.facts.people.models import Person
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.condition import Condition as Asked
from canbo.foundation.kernel.dates import format_date

from ..rules import next_round
from .origin import origin_of
from .person import Dossier, dossier


@dataclass(frozen=True)
class Condition:
    """One condition of a rule.

    Args:
        text: what is asked.
        met: whether it is met; None for a figure that is only worked out.
        value: what the record says.
        article: the text it comes from.
        record: the decision, or the row, the value was read from.
    """

    text: str
    met: bool | None
    value: str
    article: str
    record: str


@dataclass(frozen=True)
class Explanation:
    """A rule, a person and a day; ``met`` only when every condition is."""

    rule: str
    title: str
    person: str
    name: str
    on: dt.date
    conditions: list[Condition]
    result: str
    subject: Person

    @property
    def met(self) -> bool:
        return all(condition.met is not False for condition in self.conditions)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "rule": self.rule,
            "title": self.title,
            "person": self.person,
            "name": self.name,
            "on": self.on.isoformat(),
            "met": self.met,
            "result": self.result,
            "conditions": [vars(condition) for condition in self.conditions],
        }


class UnknownExplanation(LookupError):
    """There is nothing to explain under that name."""


def explain(actor: Actor, rule: str, code: str, today: dt.date, day: dt.date) -> Explanation:
    """A rule applied to the person with a code on a day.

    Raises:
        UnknownExplanation: no such rule.
        OutOfScope: no such person for this actor.
        NoRuleInForce: the rulebook had nothing in force on that day.
    """
    if rule not in RULES:
        raise UnknownExplanation(f"Không có quy tắc “{rule}” để giải thích. Các quy tắc: {', '.join(RULES)}.")
    found = dossier(actor, code, today, day)
    title, work_out = RULES[rule]
    conditions, result = work_out(found)
    return Explanation(rule, title, found.person.code, found.person.name, day, conditions, result, found.person)


Worked = tuple[list[Condition], str]


def _article(path: str, day: dt.date) -> str:
    return _cited(rulebooks.current().value(path, on=day))


def _cited(ruling: rulebooks.Ruling) -> str:
    """The article, marked where nobody has compared the number with the text."""
    return ruling.reference if ruling.is_sure else f"{ruling.reference} (chưa đối chiếu với văn bản)"


def _source(asked: Asked) -> str:
    return asked.source if asked.sure else f"{asked.source} (chưa đối chiếu với văn bản)"


def _shown(asked: Asked, record: str = "") -> Condition:
    """A condition as the acts know it, with the decision or the row behind it where it is known."""
    return Condition(asked.label, asked.met, asked.found, _source(asked), record or asked.record)


def _member(found: Dossier, article: str) -> Condition:
    stay = found.member
    if stay is None:
        return Condition("Là đảng viên vào ngày này", False, "không có sinh hoạt đảng", article, "")
    place = found.unit_name(stay, found.day)
    return Condition(
        "Là đảng viên vào ngày này", True, f"{place}, từ {format_date(stay.since, stay.since_precision)}", article,
        _record(stay),
    )  # fmt: skip


def _record(fact: object) -> str:
    origin = origin_of(fact)  # type: ignore[arg-type]
    if origin.decision is not None:
        return f"{origin.decision.number} ngày {format_date(origin.decision.issued_on)}, {origin.decision.issuer}"
    if origin.source:
        return f"tệp {origin.source}, không ghi quyết định"
    return "số liệu lịch sử" if origin.historical else "không ghi quyết định"


def _seniority(found: Dossier) -> Worked:
    article = _article("party.seniority.counted_from", found.day)
    value = found.seniority
    if value is None:
        known = Condition(
            "Có ngày để tính tuổi đảng", False, "không có ngày quyết định, ngày kết nạp, ngày thẻ", article, ""
        )
        return [known], "chưa tính được"
    first = next((stay for stay in found.stays if stay.admitted_on or stay.ceremony_on), found.stays[0])
    gaps = f"{value.out} ngày" if value.out else "không có"
    conditions = [
        Condition(f"Tính từ {value.counted_from}", None, format_date(value.start), article, _record(first)),
        Condition(
            "Trừ thời gian ngoài Đảng", None, gaps, _article("party.seniority.readmitted_counts_first", found.day), ""
        ),
        Condition("Tuổi đảng", None, str(value), article, ""),
    ]
    return conditions, str(value)


def _official(found: Dossier) -> Worked:
    day = found.day
    probation = rulebooks.current().value("party.admission.probation", on=day)
    stay = found.member
    conditions = [_member(found, _cited(probation))]
    if stay is None:
        return conditions, "không phải đảng viên"
    if found.is_official:
        when = format_date(stay.official_on, stay.official_precision or "d")
        conditions.append(Condition("Đã được công nhận chính thức", True, when, _cited(probation), _record(stay)))
        return conditions, "đảng viên chính thức"
    ends = official_day(stay, day)
    conditions += [_shown(asked, _record(stay)) for asked in recognition_conditions(stay, ends or day, day)]
    within = rulebooks.current().value("party.admission.recognised_as_of", on=day)
    conditions.append(Condition("Có quyết định công nhận chính thức", False, "chưa ghi", _cited(within), ""))
    if ends is None:
        return conditions, "đảng viên dự bị, chưa tính được thời gian dự bị"
    return conditions, "đã hết thời gian dự bị, chưa công nhận" if ends <= day else "đảng viên dự bị"


def _badges(found: Dossier) -> Worked:
    rules, day = rulebooks.current(), found.day
    days = rules.value("party.badges.award_days", on=day)
    levels = list(rules.catalogue("party.badges.levels", on=day))
    coming = next_round(days.value, day)
    conditions = [_member(found, _cited(days))]
    value = found.seniority_on(coming)
    if value is None:
        counted = _article("party.seniority.counted_from", day)
        conditions.append(Condition("Có ngày để tính tuổi đảng", False, "không có", counted, ""))
        return conditions, "chưa tính được"
    lowest = int(levels[0]["years"])
    reached = [int(row["years"]) for row in levels if int(row["years"]) <= value.value.years]
    level = reached[-1] if reached else lowest
    held = next((badge for badge in found.badges if badge.years == level), None)
    for asked in badge_conditions(found.person, level, coming):
        if asked.code == "PARTY-BADGE-TWICE":  # as it was known on the viewing day
            said = f"đã nhận ngày {format_date(held.on, held.on_precision)}" if held else "chưa nhận"
            record = _record(held) if held else ""
            conditions.append(Condition(asked.label, held is None, said, _source(asked), record))
        else:
            conditions.append(_shown(asked))
    if not reached:
        return conditions, f"chưa đủ {lowest} năm tuổi đảng"
    if held is not None:
        return conditions, f"đã có Huy hiệu {level} năm"
    if any(condition.met is False for condition in conditions):
        return conditions, f"chưa đủ điều kiện nhận Huy hiệu {level} năm, đợt {format_date(coming)}"
    return conditions, f"đủ điều kiện nhận Huy hiệu {level} năm, đợt {format_date(coming)}"


RULES: dict[str, tuple[str, Callable[[Dossier], Worked]]] = {
    "party.badges": ("Huy hiệu Đảng trong đợt tới", _badges),
    "party.official": ("Công nhận đảng viên chính thức", _official),
    "party.seniority": ("Tuổi đảng", _seniority),
}
"""What can be explained."""
