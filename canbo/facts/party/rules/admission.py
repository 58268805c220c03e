"""Who may be admitted (kết nạp), and who may be admitted again (kết nạp lại)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import DAY, YEAR, add_months, format_date, whole_months
from canbo.foundation.rulebooks import Ruling


@dataclass(frozen=True)
class Born:
    """A day of birth as far as it is known: ``precision`` tells the day, the month or only the year."""

    on: dt.date
    precision: str = DAY

    def months_on(self, day: dt.date, *, by_month: bool) -> tuple[int, int]:
        """The least and the greatest age in months she may have on a day; the same where the birth is known.

        By month, somebody born on any day of a month has the age for the whole month in which it is reached.
        """
        if self.precision == YEAR:
            least = (day.year - self.on.year) * 12 + day.month - 12
            return least, least + 11
        if by_month:
            months = (day.year - self.on.year) * 12 + day.month - self.on.month
            return months, months
        if self.precision != DAY:
            last = add_months(self.on.replace(day=1), 1) - dt.timedelta(days=1)
            return whole_months(last, day), whole_months(self.on.replace(day=1), day)
        return whole_months(self.on, day), whole_months(self.on, day)


@dataclass(frozen=True)
class Admission:
    """What the rulebooks say of the age of those admitted, on the day the cell considers the case.

    Args:
        youngest, oldest: years of age.
        counted_by: ``month`` or ``day``.
        consent: whether somebody older needs the written consent of the standing committee.
    """

    youngest: Ruling
    oldest: Ruling
    counted_by: Ruling
    consent: Ruling


def admission_conditions(born: Born | None, day: dt.date, terms: Admission, *, consent: bool) -> list[Condition]:
    """Whether she is old enough, and not too old or consented to.

    Args:
        born: None when the record does not say it.
        day: the day the cell considers the case.
        consent: the standing committee has consented in writing to somebody above the age.
    """
    if born is None:
        rule = terms.youngest
        return [
            Condition(
                "PARTY-ADMISSION-AGE", f"Đủ {rule.value} tuổi", False, "Hồ sơ chưa có ngày sinh.", rule.reference,
                fix="Ghi ngày sinh vào hồ sơ.",
            )
        ]  # fmt: skip
    least, most = born.months_on(day, by_month=terms.counted_by.value == "month")
    age = f"{least // 12} tuổi {least % 12} tháng vào ngày {format_date(day)}"
    if least != most:
        age = f"{least // 12} đến {most // 12} tuổi vào ngày {format_date(day)} (chỉ biết năm sinh hoặc tháng sinh)"
    record = f"sinh {format_date(born.on, born.precision)}"
    youngest, oldest = terms.youngest, terms.oldest
    low = _age(
        f"Đủ {youngest.value} tuổi", f"Được {age}, chưa đủ {youngest.value} tuổi.", f"Được {age}.",
        least >= youngest.value * 12, most < youngest.value * 12, youngest, record,
    )  # fmt: skip
    limit = oldest.value * 12
    high = _age(
        f"Không quá {oldest.value} tuổi" + (", hoặc được ban thường vụ đồng ý" if terms.consent.value else ""),
        f"Được {age}, quá {oldest.value} tuổi mà chưa có văn bản đồng ý của ban thường vụ.",
        f"Được {age}" + (", có văn bản đồng ý của ban thường vụ." if consent and most > limit else "."),
        most <= limit or bool(consent and terms.consent.value), least > limit, oldest, record,
    )  # fmt: skip
    return [low, high]


def _age(label: str, against: str, found: str, met: bool, certain: bool, rule: Ruling, record: str) -> Condition:
    """``certain``: not met whatever the day of birth; otherwise it is only remarked that the birth is not known."""
    return Condition(
        "PARTY-ADMISSION-AGE",
        label,
        met,
        found if met else against,
        rule.reference,
        rule.is_sure,
        blocking=certain,
        record=record,
        fix="" if certain else "Ghi đủ ngày sinh vào hồ sơ.",
    )


def readmission_conditions(
    left_on: dt.date, readmitted: int, day: dt.date, wait: Ruling, most: Ruling
) -> list[Condition]:
    """Long enough after leaving, and not more often than allowed.

    Args:
        left_on: the first day she was out of the Party.
        readmitted: how often she was admitted again before.
        wait: months to wait; ``most``: how often it may be done.
    """
    ready = add_months(left_on, wait.value)
    waited = f"Ra khỏi Đảng ngày {format_date(left_on)}, đủ {wait.value} tháng từ ngày {format_date(ready)}."
    return [
        Condition(
            "PARTY-READMISSION-WAIT",
            f"Sau khi ra khỏi Đảng ít nhất {wait.value} tháng",
            day >= ready,
            waited,
            wait.reference,
            wait.is_sure,
        ),
        Condition(
            "PARTY-READMISSION-ONCE",
            f"Kết nạp lại không quá {most.value} lần",
            readmitted < most.value,
            f"Đã được kết nạp lại {readmitted} lần; chỉ được kết nạp lại {most.value} lần.",
            most.reference,
            most.is_sure,
        ),
    ]
