"""Full membership, cards, removal, and the cell that somebody leaves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import add_months, format_date
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.rulebooks import Catalogue, Ruling


@dataclass(frozen=True)
class Recognition:
    """A probationer proposed for full membership.

    Args:
        ceremony_on: the day of the admission ceremony, from which probation runs.
        official_on: the day from which she shall be a full member.
        decided_on: the day the decision takes effect.
    """

    ceremony_on: dt.date | None
    official_on: dt.date
    decided_on: dt.date


def probation_end(ceremony_on: dt.date, probation: Ruling) -> dt.date:
    """The day probation ends: so many months after the ceremony."""
    return add_months(ceremony_on, probation.value)


def recognition_conditions(case: Recognition, probation: Ruling, as_of: Ruling) -> list[Condition]:
    """Probation is over, and she is a full member from the day it ended, however late the decision."""
    label = f"Đủ {probation.value} tháng dự bị từ ngày kết nạp"
    if case.ceremony_on is None:
        return [
            Condition(
                "PARTY-PROBATION", label, False, "Hồ sơ chưa có ngày lễ kết nạp nên không tính được thời gian dự bị.",
                probation.reference, probation.is_sure, blocking=False, field="official_on",
            )
        ]  # fmt: skip
    end = probation_end(case.ceremony_on, probation)
    record = f"kết nạp ngày {format_date(case.ceremony_on)}"
    over = f"Kết nạp ngày {format_date(case.ceremony_on)}, hết thời gian dự bị ngày {format_date(end)}."
    conditions = [
        Condition(
            "PARTY-PROBATION", label, min(case.decided_on, case.official_on) >= end, over,
            probation.reference, probation.is_sure, record=record, field="official_on",
        )
    ]  # fmt: skip
    if as_of.value == "probation_end":
        conditions.append(
            Condition(
                "PARTY-PROBATION-END", "Chính thức từ ngày hết thời gian dự bị", case.official_on <= end, over,
                as_of.reference, as_of.is_sure, record=record, field="official_on",
                fix=f"Ghi ngày chính thức là {format_date(end)}, dù quyết định muộn hơn.",
            )
        )  # fmt: skip
    return conditions


def card_conditions(
    official_on: dt.date | None, day: dt.date, number: str, full_only: Ruling, digits: Ruling
) -> list[Condition]:
    """Cards are for full members; the number has as many digits as the model of the day.

    Args:
        official_on: the day she became a full member, None while on probation.
        day: the day of the decision.
        number: the number of the card, empty when not yet known.
    """
    conditions = []
    if full_only.value:
        full = official_on is not None and official_on <= day
        found = f"Chính thức từ ngày {format_date(official_on)}." if full else "Đang là đảng viên dự bị."
        conditions.append(
            Condition("PARTY-CARD-FULL", "Là đảng viên chính thức", full, found, full_only.reference, full_only.is_sure)
        )
    if number:
        count = sum(c.isdigit() for c in number)
        conditions.append(
            Condition(
                "PARTY-CARD-DIGITS", f"Số thẻ có {digits.value} chữ số", count == digits.value,
                f"Số thẻ {number} có {count} chữ số, mẫu thẻ có {digits.value}.", digits.reference, digits.is_sure,
                blocking=False, field="number",
            )
        )  # fmt: skip
    return conditions


def expulsion_conditions(official_on: dt.date | None, day: dt.date, form: str, allowed: Catalogue) -> list[Condition]:
    """A probationary member may only be disciplined by the forms there are for her.

    Args:
        official_on: the day she became a full member, None while on probation.
        form: the form of discipline.
        allowed: forms for probationary members.
    """
    if official_on is not None and official_on <= day:
        return []
    rule = next(iter(allowed)).ruling
    forms = ", ".join(row.label.lower() for row in allowed)
    return [
        Condition(
            "PARTY-PROBATIONARY-DISCIPLINE",
            "Hình thức kỷ luật áp dụng được với đảng viên dự bị",
            allowed.find(form) is not None,
            f"Đảng viên dự bị chỉ có các hình thức kỷ luật: {forms}.",
            rule.reference,
            rule.is_sure,
            fix="Không đủ tư cách thì xóa tên trong danh sách đảng viên dự bị.",
        )
    ]


def cell_condition(cell: str, left: int, least: Ruling) -> Condition:
    """A cell keeps enough full members when somebody leaves it; falling below is remarked, never refused."""
    return Condition(
        "PARTY-CELL-SMALL",
        f"Chi bộ còn ít nhất {least.value} đảng viên chính thức",
        left >= least.value,
        f"{cell} còn {left} đảng viên chính thức, dưới {least.value}.",
        least.reference,
        least.is_sure,
        blocking=False,
        fix="Bổ sung đảng viên, ghép chi bộ, hoặc báo cáo cấp trên.",
    )


def dates_faults(
    admitted_on: dt.date | None, ceremony_on: dt.date | None, official_on: dt.date | None
) -> list[Violation]:
    """The decision comes before the ceremony, and the ceremony before full membership."""
    faults = []
    if admitted_on and ceremony_on and ceremony_on < admitted_on:
        faults.append(
            Violation(
                "PARTY-DATES",
                f"Ngày kết nạp {format_date(ceremony_on)} trước ngày quyết định {format_date(admitted_on)}.",
                field="ceremony_on",
            )
        )
    start = ceremony_on or admitted_on
    if start and official_on and official_on < start:
        faults.append(
            Violation(
                "PARTY-DATES",
                f"Ngày chính thức {format_date(official_on)} trước ngày kết nạp {format_date(start)}.",
                field="official_on",
            )
        )
    return faults
