"""Form fields that read what Vietnamese papers write: dates, numbers with a comma, codes with leading zeros."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from canbo.foundation.kernel.dates import DAY, PartialDate, format_date, parse_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Violation


def _refuse(code: str, message: str, fix: str) -> ValidationError:
    return ValidationError(f"{message} {fix}", code=code, params={"violation": Violation(code, message, fix=fix)})


class DateText(forms.TextInput):
    """A date typed as text; a keypad on a phone."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        base = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy", "data-date": ""}
        super().__init__({**base, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, dt.date):
            return format_date(value)
        return None if value in (None, "") else str(value)


class PartialDateField(forms.Field):
    """A date known to the day, the month or the year; gives a ``PartialDate`` or None."""

    widget = DateText
    default_help = "Ghi ngày/tháng/năm; chỉ biết tháng hoặc năm thì ghi 02/1980 hoặc 1980."

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("help_text", self.default_help)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return parse_date(value)
        except ValueError as error:
            fix = "Sửa thành ngày có thật, hoặc ghi 02/1980 nếu chỉ biết tháng."
            raise _refuse("DATE-UNREADABLE", f"{error}.", fix) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")


class VietnameseDateField(PartialDateField):
    """A date known to the day; gives a ``datetime.date`` or None."""

    default_help = ""

    def to_python(self, value: Any) -> dt.date | None:
        found = super().to_python(value)
        if found is None:
            return None
        if found.precision != DAY:
            raise _refuse(
                "DATE-NOT-A-DAY", f"{found} thiếu ngày hoặc tháng.", "Ghi đủ ngày/tháng/năm, ví dụ 01/07/2025."
            )
        day: dt.date = found.first
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (format_date(initial) if isinstance(initial, dt.date) else initial or "") != (data or "")


class NumberText(forms.TextInput):
    """A number typed as ``1.234,5``."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_number(value) if isinstance(value, int | float | Decimal) else value


class VietnameseNumberField(forms.Field):
    """A number written with a decimal comma; gives a ``Decimal`` or None."""

    widget = NumberText

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
        text = str(value).strip().replace(" ", "").replace("\u00a0", "")
        groups = text.lstrip("-").split(",")[0].split(".")
        grouped = len(groups) > 1 and all(len(g) == 3 for g in groups[1:])
        text = text.replace(".", "").replace(",", ".") if "," in text or grouped else text
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise _refuse("NUMBER-UNREADABLE", f"{value} không phải là số.", "Ghi như 1.234,5.") from None
        if not number.is_finite():
            raise _refuse("NUMBER-UNREADABLE", f"{value} không phải là số.", "Ghi như 1.234,5.")
        return number


class CodeField(forms.CharField):
    """An identifier of digits (số căn cước, số thẻ): kept as text, leading zeros stay.

    Args:
        length: number of digits it must have, None for any.
    """

    def __init__(self, *, length: int | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.length = length
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        text = clean(super().to_python(value) or "").replace(" ", "").replace(".", "")
        if text and not (text.isascii() and text.isdecimal()):
            raise _refuse("CODE-NOT-DIGITS", f"{text} có ký tự không phải chữ số.", "Chỉ ghi chữ số.")
        if text and self.length and len(text) != self.length:
            raise _refuse(
                "CODE-LENGTH", f"{text} có {len(text)} chữ số.", f"Ghi đủ {self.length} chữ số, kể cả số 0 ở đầu."
            )
        return text
