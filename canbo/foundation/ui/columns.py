"""Columns of a list: what a cell shows, what the workbook gets, what a phone keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2.utils import Accessor

from canbo.foundation.kernel.dates import DAY, format_date
from canbo.foundation.kernel.numbers import Number, format_number, format_percent

from .templatetags.canbo import BLANK, state


class Column(tables.Column):
    """Text. In the workbook always text, so that identifiers keep their leading zeros.

    Args:
        card: place on a phone's card: 1 the heading, 2 the line below it, 3 the mark at the right.
        shown: False for a column that is offered in the chooser but hidden at first.
        nowrap: keeps the cell on one line.
    """

    kind = "text"
    css = ""

    def __init__(self, *args: Any, card: int = 0, shown: bool = True, nowrap: bool = False, **kwargs: Any):
        kwargs.setdefault("default", BLANK)
        super().__init__(*args, **kwargs)
        self.card, self.shown, self.nowrap = card, shown, nowrap

    def value(self, **kwargs: Any) -> Any:
        """What the workbook gets: the stored value, not its drawing."""
        return kwargs["value"]


class NumberColumn(Column):
    """A number, right-aligned, ``1.234,5``; a number in the workbook too."""

    kind = "number"
    css = "num"

    def __init__(self, *args: Any, decimals: int | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.decimals = decimals

    def render(self, value: Number) -> str:
        return format_number(value, self.decimals)


class PercentColumn(NumberColumn):
    """A number given in per cent, ``125,6%``."""

    def render(self, value: Number) -> str:
        return format_percent(value)


class DateColumn(Column):
    """A date known to the day, the month or the year; ``precision`` names the field that says which."""

    kind = "date"
    css = "num date"

    def __init__(self, *args: Any, precision: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.precision = precision

    def _precision(self, record: Any) -> str:
        return Accessor(self.precision).resolve(record, quiet=True) or DAY if self.precision else DAY

    def render(self, value: Any, record: Any) -> str:
        return value if isinstance(value, str) else format_date(_day(value), self._precision(record))

    def value(self, **kwargs: Any) -> Any:
        """A real date, or text when only the month or the year is known."""
        value, precision = kwargs["value"], self._precision(kwargs["record"])
        if not isinstance(value, dt.date):
            return value
        return _day(value) if precision == DAY else format_date(_day(value), precision)


class StateColumn(Column):
    """A word with its colour: ``words`` maps a stored value to its text and kind."""

    def __init__(self, *args: Any, words: Mapping[Any, tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.words = words

    def render(self, value: Any) -> SafeString:
        text, kind = self.words.get(value, (str(value), "quiet"))
        return state(text, kind)

    def value(self, **kwargs: Any) -> Any:
        value = kwargs["value"]
        return self.words.get(value, (value, ""))[0]


class LinkColumn(Column):
    """Text leading elsewhere than the row; ``url`` is a function of the record."""

    def __init__(self, *args: Any, url: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.url = url

    def render(self, value: Any, record: Any) -> SafeString | str:
        target = self.url(record)
        return format_html('<a href="{}">{}</a>', target, value) if target else str(value)


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


__all__ = ["Column", "DateColumn", "LinkColumn", "NumberColumn", "PercentColumn", "StateColumn"]
