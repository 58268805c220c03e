"""Rules of membership: seniority, badges, admission, the order of dates.

Numbers are not here: callers hand over what the rulebook in force on the day says, with the article it comes from.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation


@dataclass(frozen=True, order=True)
class Seniority:
    """Party seniority (tuổi đảng): whole years and months, and the days it was formed from."""

    years: int
    months: int
    days: int

    def __str__(self) -> str:
        return f"{self.years} năm {self.months} tháng"


@dataclass(frozen=True)
class Gap:
    """Time out of the Party's activity: from ``first`` until the day before ``until``."""

    first: dt.date
    until: dt.date

    @property
    def days(self) -> int:
        return max((self.until - self.first).days, 0)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_months(start: dt.date, day: dt.date) -> int:
    """Whole months from one day to another; negative when the second comes first."""
    if day < start:
        return -whole_months(day, start)
    months = (day.year - start.year) * 12 + day.month - start.month
    return months - (add_months(start, months) > day)


def seniority(decided_on: dt.date, day: dt.date, gaps: Iterable[Gap] = ()) -> Seniority:
    """Seniority on a day: from the day the admission decision was signed, less the time out of activity.

    It runs from the decision, not from the ceremony: a decision of 25/08/2024 with a ceremony on 15/09/2024 gives one
    year on 25/08/2025. After re-admission it runs from the first decision, less the gap. Gaps that reach past the day
    count only up to it.

    Args:
        decided_on: the day the first admission decision was signed.
        gaps: time after expulsion, striking off, leaving, or broken activity.

    Raises:
        ValueError: when the day comes before the decision.
    """
    if day < decided_on:
        raise ValueError("seniority before admission")
    out = sum(Gap(max(gap.first, decided_on), min(gap.until, day)).days for gap in gaps)
    start = decided_on + dt.timedelta(days=out)
    months = max(whole_months(start, day), 0)
    return Seniority(months // 12, months % 12, max((day - start).days, 0))


@dataclass(frozen=True)
class BadgeTerms:
    """What the rulebook says of badges.

    Args:
        levels: years of seniority a badge is given for.
        award_days: days of the year on which badges are awarded, as (day, month).
        early_months: months by which each level may be given early to the seriously ill.
        posthumous_months: months that may be missing on the day of death.
        source: the article.
    """

    levels: tuple[int, ...]
    award_days: tuple[tuple[int, int], ...]
    early_months: dict[int, int]
    posthumous_months: int
    source: str


@dataclass(frozen=True)
class BadgeCase:
    """A member proposed for a badge in a round.

    Args:
        years: the level.
        form: ``thuong``, ``som`` or ``truy_tang``.
        on: the award day of the round.
        decided_on: the day of the first admission decision.
        gaps: time out of activity.
        awarded: levels she already has.
        died_on: the day of death, for a posthumous badge.
        seriously_ill: whether papers say so, for an early badge.
    """

    years: int
    form: str
    on: dt.date
    decided_on: dt.date
    gaps: tuple[Gap, ...] = ()
    awarded: frozenset[int] = frozenset()
    died_on: dt.date | None = None
    seriously_ill: bool = False


def badge_faults(case: BadgeCase, terms: BadgeTerms) -> list[Violation]:
    """Why a member may not be given a badge in a round; empty when she may."""

    def fault(code: str, message: str) -> Violation:
        return Violation(f"PARTY-BADGE-{code}", message, source=terms.source)

    faults = []
    if case.years not in terms.levels:
        return [fault("LEVEL", f"Không có Huy hiệu {case.years} năm tuổi Đảng.")]
    if case.years in case.awarded:
        faults.append(fault("TWICE", f"Đã được tặng Huy hiệu {case.years} năm tuổi Đảng."))
    if case.form == "thuong" and (case.on.day, case.on.month) not in terms.award_days:
        days = ", ".join(f"{day:02d}/{month:02d}" for day, month in terms.award_days)
        faults.append(fault("DAY", f"Huy hiệu được trao vào các ngày {days}."))
    counted = case.on
    allowance = 0
    if case.form == "som":
        allowance = terms.early_months.get(case.years, 0)
        if not case.seriously_ill:
            faults.append(fault("EARLY", "Tặng sớm chỉ dành cho đảng viên bị bệnh nặng."))
    elif case.form == "truy_tang":
        allowance = terms.posthumous_months
        if case.died_on is None:
            faults.append(fault("POSTHUMOUS", "Truy tặng cần ngày mất của đảng viên."))
        else:
            counted = min(case.died_on, case.on)
    if counted < case.decided_on:
        return [*faults, fault("SENIORITY", "Chưa được kết nạp vào Đảng.")]
    has = seniority(case.decided_on, counted, case.gaps)
    missing = case.years * 12 - has.years * 12 - has.months
    if missing > allowance:
        faults.append(
            fault("SENIORITY", f"Tuổi đảng đến ngày {format_date(counted)} là {has}, chưa đủ {case.years} năm.")
        )
    return faults


def due_level(has: Seniority, levels: Sequence[int], awarded: Iterable[int]) -> int | None:
    """The highest level reached, when it has not been awarded yet; lower ones that were missed are not made up."""
    reached = [level for level in sorted(levels) if level <= has.years]
    return reached[-1] if reached and reached[-1] not in set(awarded) else None


@dataclass(frozen=True)
class AdmissionTerms:
    """What the rulebook says of admission; ages in years, spans in months, each with its article."""

    youngest: int
    oldest: int
    age_source: str
    certificate_months: int
    certificate_source: str
    education: tuple[str, ...]
    education_source: str
    guidance_months: int
    guidance_source: str
    introducers: int
    readmission_months: int
    readmission_source: str


@dataclass(frozen=True)
class AdmissionCase:
    """Somebody whom a cell considers for admission.

    Args:
        considered_on: the day the cell considers the case; age is counted by month on it.
        education: general education, as in the catalogue; empty when not known.
        education_exempt: the place allows less education.
        certificate_on: the day of the certificate of the course on the Party.
        guidance: for each introducer, the day from which she worked and lived with the candidate.
        older_consent: written consent of the standing committee for somebody above the age.
        left_on: the day she left the Party, for re-admission.
        readmitted_before: whether she was re-admitted once already.
    """

    born_on: dt.date
    considered_on: dt.date
    education: str = ""
    education_exempt: bool = False
    certificate_on: dt.date | None = None
    guidance: tuple[dt.date, ...] = ()
    older_consent: bool = False
    left_on: dt.date | None = None
    readmitted_before: bool = False


def admission_faults(case: AdmissionCase, terms: AdmissionTerms) -> list[Violation]:
    """Every condition of admission that is not met, each with its article."""
    day = case.considered_on
    faults = [*_age_faults(case, terms), *_readmission_faults(case, terms)]
    if not case.education_exempt and case.education not in terms.education:
        known = f"“{case.education}”" if case.education else "chưa ghi"
        faults.append(
            Violation(
                "PARTY-ADMISSION-EDUCATION",
                f"Trình độ học vấn {known}, cần {' hoặc '.join(terms.education)}.",
                field="education",
                source=terms.education_source,
            )
        )
    expiry = add_months(case.certificate_on, terms.certificate_months) if case.certificate_on else None
    if expiry is None or not (case.certificate_on <= day <= expiry):  # type: ignore[operator]
        state = "chưa có" if expiry is None else f"có giá trị đến {format_date(expiry)}"
        faults.append(
            Violation(
                "PARTY-ADMISSION-CERTIFICATE",
                f"Giấy chứng nhận bồi dưỡng nhận thức về Đảng {state}.",
                field="certificate_on",
                source=terms.certificate_source,
            )
        )
    enough = [start for start in case.guidance if add_months(start, terms.guidance_months) <= day]
    if len(enough) < terms.introducers:
        faults.append(
            Violation(
                "PARTY-ADMISSION-INTRODUCERS",
                f"Có {len(enough)} người giới thiệu đủ {terms.guidance_months} tháng cùng công tác, "
                f"cần {terms.introducers}.",
                field="guidance",
                source=terms.guidance_source,
            )
        )
    return faults


def _age_faults(case: AdmissionCase, terms: AdmissionTerms) -> list[Violation]:
    """Age counts by month: somebody born on any day of a month has the age for the whole month it is reached."""
    day = case.considered_on
    months = (day.year - case.born_on.year) * 12 + day.month - case.born_on.month
    age = f"{months // 12} tuổi {months % 12} tháng"
    if months < terms.youngest * 12:
        message = f"Mới {age}, chưa đủ {terms.youngest} tuổi."
    elif months > terms.oldest * 12 and not case.older_consent:
        message = f"Đã {age}, quá {terms.oldest} tuổi mà chưa có văn bản đồng ý của ban thường vụ."
    else:
        return []
    return [Violation("PARTY-ADMISSION-AGE", message, field="born_on", source=terms.age_source)]


def _readmission_faults(case: AdmissionCase, terms: AdmissionTerms) -> list[Violation]:
    if case.left_on is None:
        return []
    faults = []
    if case.readmitted_before:
        faults.append(
            Violation("PARTY-READMISSION-ONCE", "Chỉ được kết nạp lại một lần.", source=terms.readmission_source)
        )
    if add_months(case.left_on, terms.readmission_months) > case.considered_on:
        faults.append(
            Violation(
                "PARTY-READMISSION-WAIT",
                f"Ra khỏi Đảng ngày {format_date(case.left_on)}, chưa đủ {terms.readmission_months} tháng.",
                source=terms.readmission_source,
            )
        )
    return faults


def dates_faults(
    admitted_on: dt.date | None,
    ceremony_on: dt.date | None,
    official_on: dt.date | None,
    probation_months: int = 0,
) -> list[Violation]:
    """The decision comes before the ceremony, and the ceremony before full membership.

    Args:
        probation_months: months of probation, to remark on a shorter one; 0 where the length is not to be judged.
    """
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
    elif ceremony_on and official_on and probation_months and official_on < add_months(ceremony_on, probation_months):
        faults.append(
            Violation(
                "PARTY-PROBATION",
                f"Ngày chính thức {format_date(official_on)} chưa đủ {probation_months} tháng dự bị.",
                field="official_on",
                blocking=False,
            )
        )
    return faults
