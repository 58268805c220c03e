"""Periods of a report: a year, half, quarter, month, day or any span; both ends included.

In the database the upper bound of a period is excluded; here, as on screens, the last day is named.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_FORMS = re.compile(
    r"^(?P<y>\d{4})(?:-(?:Q(?P<q>[1-4])|H(?P<h>[12])|(?P<m>0[1-9]|1[0-2])))?$|^(?P<d>\d{4}-\d{2}-\d{2})$"
    r"|^(?P<a>\d{4}-\d{2}-\d{2})\.\.(?P<b>\d{4}-\d{2}-\d{2})$"
)


@dataclass(frozen=True)
class Span:
    """A period from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("Ngày cuối kỳ trước ngày đầu kỳ")

    @classmethod
    def parse(cls, text: str) -> Span:
        """Reads ``2021``, ``2021-H1``, ``2021-Q3``, ``2021-06``, ``2021-12-31`` or ``2020-10-01..2023-05-31``.

        Raises:
            ValueError: with a Vietnamese message.
        """
        match = _FORMS.match(text.strip())
        if not match:
            raise ValueError(
                f"Kỳ “{text}” không đọc được. Ghi 2021, 2021-H1, 2021-Q3, 2021-06, 2021-12-31 hoặc 2020-10-01..2023-05-31."
            )
        if match["d"]:
            day = dt.date.fromisoformat(match["d"])
            return cls(day, day)
        if match["a"]:
            return cls(dt.date.fromisoformat(match["a"]), dt.date.fromisoformat(match["b"]))
        year = int(match["y"])
        if match["q"]:
            start, months = int(match["q"]) * 3 - 2, 3
        elif match["h"]:
            start, months = int(match["h"]) * 6 - 5, 6
        elif match["m"]:
            start, months = int(match["m"]), 1
        else:
            start, months = 1, 12
        end = start + months - 1
        return cls(dt.date(year, start, 1), dt.date(year, end, calendar.monthrange(year, end)[1]))

    @property
    def before(self) -> dt.date:
        """The last day before the period: the day of its opening stock."""
        return self.first - dt.timedelta(days=1)

    @property
    def after(self) -> dt.date:
        """The first day after the period: the excluded upper bound."""
        return self.last + dt.timedelta(days=1)

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    def year_before(self) -> Span:
        """The same period of the previous year; 29 February falls back to the 28th, month ends stay month ends."""
        return Span(_year_back(self.first), _year_back(self.last, end=True))

    @property
    def code(self) -> str:
        """The shortest form that ``parse`` reads back."""
        y = self.first.year
        candidates = [f"{y}", *(f"{y}-H{h}" for h in (1, 2)), *(f"{y}-Q{q}" for q in range(1, 5))]
        candidates += [f"{y}-{m:02d}" for m in range(1, 13)]
        for text in candidates:
            if Span.parse(text) == self:
                return text
        if self.is_day:
            return self.first.isoformat()
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    def __str__(self) -> str:
        from .dates import format_date

        code = self.code
        if re.fullmatch(r"\d{4}", code):
            return f"năm {code}"
        if "-H" in code:
            return f"6 tháng {'đầu' if code.endswith('1') else 'cuối'} năm {code[:4]}"
        if "-Q" in code:
            return f"quý {['I', 'II', 'III', 'IV'][int(code[-1]) - 1]} năm {code[:4]}"
        if re.fullmatch(r"\d{4}-\d{2}", code):
            return f"tháng {code[5:]}/{code[:4]}"
        if self.is_day:
            return f"ngày {format_date(self.first)}"
        return f"từ {format_date(self.first)} đến {format_date(self.last)}"


def _year_back(day: dt.date, *, end: bool = False) -> dt.date:
    year = day.year - 1
    last = calendar.monthrange(year, day.month)[1]
    month_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, day.month, last if end and month_end else min(day.day, last))
