"""Who may be given a Party badge (Huy hiệu Đảng) in a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.rulebooks import Catalogue, Ruling

from .seniority import Gap, Seniority, seniority


@dataclass(frozen=True)
class BadgeTerms:
    """What the rulebooks say of badges on a day.

    Args:
        levels: years of seniority a badge is given for, and months by which each may be given early to the very ill.
        award_days: days of the year on which badges are awarded, as ``day/month``.
        posthumous: months that may be missing on the day of death.
        counted_from: from what day seniority runs.
    """

    levels: Catalogue
    award_days: Ruling
    posthumous: Ruling
    counted_from: Ruling


@dataclass(frozen=True)
class BadgeCase:
    """A member proposed for a badge in a round.

    Args:
        years: the level.
        form: ``thuong``, ``som`` or ``truy_tang``.
        on: the award day of the round.
        decided_on: the day of the first admission decision; None when no record says it.
        gaps: time out of activity.
        awarded: levels she already has.
        died_on: the day of death, for a posthumous badge.
        seriously_ill: whether papers say so, for an early badge.
        record: where the day of admission is recorded.
    """

    years: int
    form: str
    on: dt.date
    decided_on: dt.date | None
    gaps: tuple[Gap, ...] = ()
    awarded: frozenset[int] = frozenset()
    died_on: dt.date | None = None
    seriously_ill: bool = False
    record: str = ""


def badge_conditions(case: BadgeCase, terms: BadgeTerms) -> list[Condition]:
    """Every condition of a badge, met or not."""
    level = next((row for row in terms.levels if row["years"] == case.years), None)
    if level is None:
        known = ", ".join(str(row["years"]) for row in terms.levels)
        found = f"Không có Huy hiệu {case.years} năm tuổi Đảng; các loại: {known}."
        first = next(iter(terms.levels)).ruling
        return [
            Condition(
                "PARTY-BADGE-LEVEL", "Có loại Huy hiệu này", False, found, first.reference, first.is_sure, field="years"
            )
        ]
    allowance = 0
    conditions = [_once(case, level.ruling)]
    if case.form == "som":
        allowance = int(level.get("early_months", 0))
        conditions.append(_early(case, level.ruling))
    elif case.form == "truy_tang":
        allowance = int(terms.posthumous.value)
        conditions.append(_posthumous(case, terms.posthumous))
    else:
        conditions.append(_day(case, terms.award_days))
    rule = terms.posthumous if case.form == "truy_tang" else level.ruling
    return [*conditions, _long_enough(case, terms.counted_from, rule, allowance)]


def _once(case: BadgeCase, rule: Ruling) -> Condition:
    """A level is awarded once; this is no matter of a setting, the record would be there twice."""
    has = case.years in case.awarded
    found = f"Đã được tặng Huy hiệu {case.years} năm tuổi Đảng." if has else "Chưa được tặng loại này."
    return Condition("PARTY-BADGE-TWICE", "Chưa được tặng loại này", not has, found, rule.reference, field="years")


def _day(case: BadgeCase, rule: Ruling) -> Condition:
    met = f"{case.on:%d/%m}" in rule.value
    found = f"Đợt trao ngày {format_date(case.on)}; Huy hiệu được trao vào các ngày {', '.join(rule.value)}."
    return Condition(
        "PARTY-BADGE-DAY", "Trao đúng đợt", met, found, rule.reference, rule.is_sure, field="round_on",
        fix="Ghi ngày của đợt trao.",
    )  # fmt: skip


def _early(case: BadgeCase, rule: Ruling) -> Condition:
    found = "Có giấy tờ bệnh nặng." if case.seriously_ill else "Tặng sớm chỉ dành cho đảng viên bị bệnh nặng."
    return Condition(
        "PARTY-BADGE-EARLY", "Bị bệnh nặng", case.seriously_ill, found, rule.reference, rule.is_sure,
        field="seriously_ill", fix="Có giấy tờ thì đánh dấu bệnh nặng.",
    )  # fmt: skip


def _posthumous(case: BadgeCase, rule: Ruling) -> Condition:
    met = case.died_on is not None
    found = f"Từ trần ngày {format_date(case.died_on)}." if met else "Truy tặng cần ngày mất của đảng viên."
    return Condition(
        "PARTY-BADGE-POSTHUMOUS", "Đã từ trần", met, found, rule.reference, rule.is_sure, field="form",
        fix="Ghi ngày mất vào hồ sơ trước.",
    )  # fmt: skip


def _long_enough(case: BadgeCase, counted_from: Ruling, rule: Ruling, allowance: int) -> Condition:
    """Whole months of seniority on the award day, or on the day of death."""
    label = f"Đủ {case.years} năm tuổi Đảng" + (f", thiếu không quá {allowance} tháng" if allowance else "")
    counted = case.on
    if case.form == "truy_tang" and case.died_on is not None:
        counted = min(case.died_on, case.on)
    if case.decided_on is None:
        found = "Hồ sơ chưa có ngày quyết định kết nạp, cũng chưa có ngày phát thẻ, nên không tính được tuổi Đảng."
        return Condition(
            "PARTY-BADGE-SENIORITY", label, False, found, counted_from.reference, counted_from.is_sure, field="years",
            fix="Ghi ngày quyết định kết nạp hoặc ngày phát thẻ.",
        )  # fmt: skip
    if counted < case.decided_on:
        months, found = -1, f"Đến ngày {format_date(counted)} chưa được kết nạp vào Đảng."
    else:
        has = seniority(case.decided_on, counted, case.gaps)
        months = has.years * 12 + has.months
        found = f"Tuổi đảng đến ngày {format_date(counted)} là {has}"
        found += f", chưa đủ {case.years} năm." if months < case.years * 12 else "."
    met = months >= case.years * 12 - allowance
    return Condition(
        "PARTY-BADGE-SENIORITY", label, met, found, rule.reference, rule.is_sure, record=case.record, field="years"
    )


def due_level(has: Seniority, levels: Sequence[int], awarded: Iterable[int]) -> int | None:
    """The highest level reached, when it has not been awarded yet; lower ones that were missed are not made up."""
    reached = [level for level in sorted(levels) if level <= has.years]
    return reached[-1] if reached and reached[-1] not in set(awarded) else None
