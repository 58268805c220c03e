"""What a column and a sheet of the workbook are, and how a cell becomes a value.

A reader of cells works on distinct values: a column of 200.000 cells holds few different dates or names, so each text is
understood once and looked up afterwards.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property

from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.text import clean, fold


@dataclass(frozen=True)
class Bad:
    """A cell that could not be understood."""

    message: str
    fix: str


Reader = Callable[[object], object]


@dataclass(frozen=True)
class Column:
    """A column of the workbook.

    Args:
        header: official header, without the asterisk.
        field: name in the cleaned table.
        read: turns a non-empty cell into a value or a ``Bad``.
        required: marked ``*`` in the contract.
        aliases: older headers that mean the same column.
        choices: what the drop-down list of the template offers.
        example: what the example row of the template shows.
        help: one sentence of guidance.
    """

    header: str
    field: str
    read: Reader
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    example: str = ""
    help: str = ""


@dataclass(frozen=True)
class SheetSpec:
    """A sheet of the workbook: its name, its columns, its key."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    help: str = ""
    aliases: tuple[str, ...] = field(default=())

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """Columns by normalised header, aliases included."""
        return {header_key(name): column for column in self.columns for name in (column.header, *column.aliases)}

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        return {column.field: column for column in self.columns}


def header_key(text: str) -> str:
    """Headers match without regard to case, spaces, normal form or a trailing asterisk."""
    return clean(text).rstrip("* ").casefold()


def as_text(cell: object) -> str:
    """A cell as text: whole numbers without a decimal point, dates as dd/mm/yyyy."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def text(limit: int) -> Reader:
    """Free text up to a length."""

    def read(cell: object) -> object:
        value = as_text(cell)
        if len(value) > limit:
            return Bad(f"dài {len(value)} ký tự, quá {limit}.", "Rút gọn nội dung.")
        return value

    return read


EXACT_DIGITS = 15
"""Excel keeps no more digits of a number; whatever follows is lost."""
SHORT = {9: 12, 10: 12, 11: 12, 13: 14}
"""Lengths that a numeric cell gives to a citizen number (12) or a unit code (14) that lost its leading zeros."""


def code(limit: int = 40) -> Reader:
    """An identifier: text, inner spaces removed; a numeric cell that must have lost digits is refused."""
    inner = text(limit)

    def read(cell: object) -> object:
        value = inner(cell)
        if not isinstance(value, str):
            return value
        value = value.replace(" ", "")
        if isinstance(cell, int | float):
            if len(value) > EXACT_DIGITS or not value.isdigit():
                return Bad(
                    f"{value} là ô dạng số, Excel đã làm tròn các chữ số cuối.",
                    "Đổi cột sang dạng Văn bản (Text) rồi ghi lại mã từ giấy tờ.",
                )
            if len(value) in SHORT:
                return Bad(
                    f"{value} là ô dạng số có {len(value)} chữ số, có thể đã mất số 0 ở đầu.",
                    f"Đổi cột sang dạng Văn bản (Text) và ghi đủ, có thể là {value.zfill(SHORT[len(value)])}.",
                )
        return value

    return read


def citizen_id(cell: object) -> object:
    """A 12-digit citizen number; one that lost its leading zeros is shown with them, never repaired in silence."""
    value = as_text(cell).replace(" ", "").replace(".", "")
    if value.isdigit() and len(value) == 12:
        return value
    if value.isdigit() and 9 < len(value) < 12 and not isinstance(cell, str):
        return Bad(
            f"{value} chỉ có {len(value)} chữ số, ô dạng số đã làm mất số 0 ở đầu.",
            f"Đổi cột sang dạng Văn bản (Text) và ghi {value.zfill(12)}.",
        )
    if value.isdigit():
        return Bad(
            f"{value} có {len(value)} chữ số, số định danh phải đủ 12 chữ số.",
            f"Ghi đủ 12 chữ số{f', có thể là {value.zfill(12)}' if len(value) == 11 else ''}.",
        )
    return Bad(f"{value} không phải là số định danh cá nhân.", "Ghi đủ 12 chữ số.")


def card_number(cell: object) -> object:
    """A card number, old or new; a numeric cell may have lost zeros and is refused unless its length is whole."""
    value = as_text(cell).replace(" ", "")
    if not isinstance(cell, str) and value.isdigit() and len(value) not in (8, 12):
        return Bad(
            f"{value} là ô dạng số, có thể đã mất số 0 ở đầu.",
            f"Đổi cột sang dạng Văn bản (Text) và ghi đủ số, ví dụ {value.zfill(8 if len(value) < 8 else 12)}.",
        )
    return value if len(value) <= 20 else Bad(f"{value} dài quá 20 ký tự.", "Kiểm tra lại số.")


def date(cell: object) -> object:
    """A date with its precision."""
    try:
        return parse_date(cell if not isinstance(cell, str) else clean(cell))
    except ValueError as error:
        return Bad(f"{error}.", "Sửa thành ngày có thật (31/12/1980) hoặc ghi 12/1980, 1980 nếu chỉ biết tháng, năm.")


def whole_day(cell: object) -> object:
    """A date known to the day."""
    value = date(cell)
    if not isinstance(value, Bad) and value.precision != "d":  # type: ignore[attr-defined]
        return Bad(f"{value} chưa đủ ngày, tháng, năm.", "Ghi đủ dd/mm/yyyy.")
    return value


def number(*, whole: bool = False, places: int = 2, most: int = 10**9) -> Reader:
    """A number written the Vietnamese way (1.234,5) or as an Excel number; never negative.

    Args:
        whole: only whole numbers.
        places: decimals that are kept; more are rounded, half up.
        most: the first number that is too large.
    """
    step = Decimal(1) if whole else Decimal(1).scaleb(-places)

    def read(cell: object) -> object:
        shown = as_text(cell)
        try:
            value = Decimal(str(cell)) if isinstance(cell, int | float) else Decimal(_plain_number(shown, whole))
        except InvalidOperation:
            return Bad(f"“{shown}” không phải là số.", "Ghi số, ví dụ 1.234 hoặc 2,34.")
        if not value.is_finite():
            return Bad(f"“{shown}” không phải là số.", "Ghi số, ví dụ 1.234 hoặc 2,34.")
        if whole and value != value.to_integral_value():
            return Bad(f"“{shown}” không phải là số nguyên.", "Ghi số nguyên.")
        if value < 0:
            return Bad(f"{shown} nhỏ hơn 0.", "Ghi số từ 0 trở lên.")
        if value >= most:
            return Bad(
                f"{shown} quá lớn, phải nhỏ hơn {format_number(most)}.", "Kiểm tra lại số và dấu chấm, dấu phẩy."
            )
        return value.quantize(step, rounding=ROUND_HALF_UP)

    return read


def _plain_number(written: str, whole: bool) -> str:
    """``1.234,5`` as ``1234.5``; a single point is a decimal one unless three digits follow it in a longer number."""
    text = written.replace(" ", "")
    if "," in text or text.count(".") > 1 or (whole and "." in text) or _THOUSANDS.match(text):
        return text.replace(".", "").replace(",", ".")
    return text


_THOUSANDS = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")


def flag(cell: object) -> object:
    """``x`` for yes, empty for no."""
    value = fold(as_text(cell))
    if value in {"x", "co", "1", "dung", "v", "true"}:
        return True
    if value in {"", "khong", "0", "sai", "false"}:
        return False
    return Bad(f"“{as_text(cell)}” không hiểu được.", "Ghi x nếu đúng, để trống nếu không.")


def choice(options: Mapping[str, object] | Iterable[str], what: str) -> Reader:
    """One of a list, recognised without regard to case and diacritics.

    Args:
        options: words, or a mapping from every accepted word to the value it means.
        what: name of the list, for the message.
    """
    pairs = options if isinstance(options, Mapping) else {word: word for word in options}
    exact = {clean(word).casefold(): value for word, value in pairs.items()}
    folded = {fold(word): value for word, value in pairs.items()}

    def read(cell: object) -> object:
        value = as_text(cell)
        if (found := exact.get(value.casefold())) is not None:
            return found
        if (found := folded.get(fold(value))) is not None:
            return found
        words = list(dict.fromkeys(pairs))
        shown = ", ".join(words[:12]) + (" …" if len(words) > 12 else "")
        return Bad(f"“{value}” không có trong danh mục {what}.", f"Chọn một trong: {shown}.")

    return read
