"""When the rows of a sheet are in force, or on which day they happened."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field

from canbo.foundation.kernel.dates import MONTH, YEAR, PartialDate, format_date
from canbo.foundation.kernel.period import Span

from .cleaning import Table
from .factspecs import FactSpec
from .references import References
from .world import FAR, World

ONE_DAY = dt.timedelta(days=1)


@dataclass
class Periods:
    """By row: first day, day after the last one (9999-12-31 while open), precision of the first day.

    ``implied`` holds the ending acts that the file does not name but other rows show: a death, a next stay.
    """

    lower: list[dt.date]
    upper: list[dt.date]
    precision: list[str]
    implied: dict[int, str] = field(default_factory=dict)


def day_after(last: PartialDate) -> dt.date:
    """The day after a last day; a month or a year lasts to its end."""
    day = last.first
    if last.precision == YEAR:
        return dt.date(day.year + 1, 1, 1)
    if last.precision == MONTH:
        return day + dt.timedelta(days=calendar.monthrange(day.year, day.month)[1])
    return day + ONE_DAY


def periods(world: World, table: Table, refs: References, spec: FactSpec) -> Periods:
    """The periods of a dated sheet; notes ends before starts and ending acts without a day."""
    if "since" not in table.columns:  # targets: in force from the day of their decision, else of their period
        starts = _starts_of(table)
        lower = [refs.days[i] or starts[i] for i in range(table.size)]
        return Periods(lower, [FAR] * table.size, ["d"] * table.size)
    since, until = table["since"], table["until"]
    lower = [s.first if s else FAR for s in since]
    memo = {u: day_after(u) if u else FAR for u in set(until)}
    upper = [memo[u] for u in until]
    implied: dict[int, str] = {}
    if spec.closing_act:
        _ending_acts(world, table, refs, upper)
        if world.died:
            implied = _imply_deaths(world, table, refs, lower, upper, spec)
    if "term_until" in table.columns:
        _terms_of_office(table, lower)
    for index, (low, up) in enumerate(zip(lower, upper, strict=True)):
        if up <= low and index not in table.bad and index not in table.blank:
            table.fault(
                index,
                "until" if until[index] else "since",
                f"kết thúc ngày {format_date(up - ONE_DAY)} trước ngày bắt đầu {format_date(low)}.",
                "Sửa Từ ngày hoặc Đến ngày.",
            )
    return Periods(lower, upper, [s.precision if s else "d" for s in since], implied)


def _terms_of_office(table: Table, lower: list[dt.date]) -> None:
    for index, term in enumerate(table["term_until"]):
        if term is not None and day_after(term) <= lower[index] != FAR and index not in table.bad:
            message = f"thời hạn {term} hết trước ngày bắt đầu {format_date(lower[index])}."
            table.fault(index, "term_until", message, "Sửa Thời hạn đến hoặc Từ ngày.")


def _imply_deaths(
    world: World, table: Table, refs: References, lower: list[dt.date], upper: list[dt.date], spec: FactSpec
) -> dict[int, str]:
    """Rows left open of people who died: their last day in force is the day before."""
    implied: dict[int, str] = {}
    for index, person in enumerate(refs.person):
        if person is None or upper[index] != FAR or index in table.bad or (died := world.died.get(person)) is None:
            continue
        if died <= lower[index]:
            table.fault(
                index,
                "since",
                f"{spec.whose} bắt đầu ngày {format_date(lower[index])}, không trước ngày mất {format_date(died)}.",
                "Sửa Từ ngày, hoặc sửa Ngày mất ở trang Hồ sơ.",
            )
        else:
            upper[index] = died
            implied[index] = DEATH[spec.table]
    return implied


DEATH = {"party_membership": "tu_tran", "staffing_assignment": "từ trần"}


def imply_departures(table: Table, refs: References, span: Periods, known: list[tuple]) -> None:
    """A stay that ends without an act on the day before the same person's next stay begins ended by moving away.

    Args:
        known: (person, first day) of recorded stays.
    """
    ended = [
        i
        for i, (upper, act) in enumerate(zip(span.upper, table["closing_act"], strict=True))
        if upper != FAR and not act and i not in span.implied
    ]
    if not ended:
        return
    begins = {*zip(refs.person, span.lower, strict=True), *known}
    for index in ended:
        if index not in table.bad and (refs.person[index], span.upper[index]) in begins:
            span.implied[index] = "chuyen_di"


def _ending_acts(world: World, table: Table, refs: References, upper: list[dt.date]) -> None:
    for index, act in enumerate(table["closing_act"]):
        if not act or upper[index] != FAR or index in table.bad:
            continue
        person = refs.person[index]
        died = world.died.get(person) if person is not None else None
        if act in ("tu_tran", ("từ trần",)) and died:
            upper[index] = died
        else:
            table.fault(
                index,
                "until",
                f"có hành vi kết thúc “{table.cell('closing_act', index)}” nhưng thiếu Đến ngày.",
                "Ghi ngày cuối cùng còn hiệu lực (từ trần thì có thể ghi Ngày mất ở trang Hồ sơ).",
            )


def _starts_of(table: Table) -> list[dt.date]:
    starts = []
    for index, text in enumerate(table["period"]):
        try:
            starts.append(Span.parse(text).first if text else FAR)
        except ValueError as error:
            starts.append(FAR)
            if index not in table.bad:
                table.fault(index, "period", f"{error}", "Ghi kỳ theo một trong các dạng trên.")
    return starts


def _ends_of_courses(table: Table) -> None:
    """A course ends no earlier than it begins; within one month or year the unknown day is not before the first."""
    ends = table["ended_on"]
    for index, (start, end) in enumerate(zip(table["on"], ends, strict=True)):
        if start is None or end is None or end.first >= start.first or index in table.bad:
            continue
        if day_after(end) > start.first:
            ends[index] = PartialDate(start.first, end.precision)
        else:
            table.fault(index, "ended_on", f"kết thúc {end} trước ngày bắt đầu {start}.", "Sửa Từ ngày hoặc Đến ngày.")


def event_days(table: Table, spec: FactSpec) -> Periods:
    """The days of a sheet of events; a grade is dated by its decision, else by the end of its period."""
    if "ended_on" in table.columns:
        _ends_of_courses(table)
    if "on" not in table.columns:
        days = [_grade_day(period) for period in table["period"]]
        for index, day in enumerate(days):
            if day is None and index not in table.bad and index not in table.blank:
                table.fault(
                    index,
                    "period",
                    f"kỳ “{table.cell('period', index)}” không đọc được.",
                    "Ghi 2025, 2025-Q3 hoặc 2025-07.",
                )
        return Periods([d or FAR for d in days], [FAR] * table.size, ["d"] * table.size)
    on = table["on"]
    return Periods([d.first if d else FAR for d in on], [FAR] * table.size, [d.precision if d else "d" for d in on])


def _grade_day(period: str | None) -> dt.date | None:
    try:
        return Span.parse(period).last if period else None
    except ValueError:
        return None
