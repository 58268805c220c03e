"""Dates as records write them: a day, a month or a year; dd/mm/yyyy, mm/yyyy, yyyy or an Excel serial."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

DAY, MONTH, YEAR = "d", "m", "y"
_DMY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?$")
_MY = re.compile(r"^(\d{1,2})[/.\-](\d{4})$")
_Y = re.compile(r"^(\d{4})$")
_SERIAL = re.compile(r"^\d{5}(\.0+)?$")
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year.

    ``first`` is its first day (1 January for a year); ``precision`` is ``d``, ``m`` or ``y``.
    """

    first: dt.date
    precision: str = DAY

    def __str__(self) -> str:
        return format_date(self.first, self.precision)


def format_date(day: dt.date | None, precision: str = DAY) -> str:
    """``31/12/2021``, ``12/2021`` or ``2021``; an empty string for no date."""
    if day is None:
        return ""
    if precision == YEAR:
        return f"{day.year:04d}"
    if precision == MONTH:
        return f"{day.month:02d}/{day.year:04d}"
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_date(value: object) -> PartialDate:
    """Reads what a cell or a form may hold as a date.

    Args:
        value: a date, a datetime, a whole number (Excel serial or a year) or a text.

    Raises:
        ValueError: with a Vietnamese message, when it is no date.
    """
    if isinstance(value, dt.datetime):
        return PartialDate(value.date())
    if isinstance(value, dt.date):
        return PartialDate(value)
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if match := _Y.match(text):
        return PartialDate(_real(int(match[1]), 1, 1, text), YEAR)
    if _SERIAL.match(text):
        return PartialDate(_EPOCH + dt.timedelta(days=int(float(text))))
    if match := _DMY.match(text):
        return PartialDate(_real(int(match[3]), int(match[2]), int(match[1]), text))
    if match := _MY.match(text):
        return PartialDate(_real(int(match[2]), int(match[1]), 1, text), MONTH)
    if match := _ISO.match(text):
        return PartialDate(_real(int(match[1]), int(match[2]), int(match[3]), text))
    raise ValueError(f"{text} không phải là ngày")


def _real(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"{text} không phải là ngày có thật") from None
    if not 1850 <= year <= 2200:
        raise ValueError(f"{text} có năm ngoài khoảng 1850–2200")
    return found


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
