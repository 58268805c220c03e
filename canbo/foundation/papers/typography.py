"""Spaces that must not break and the place of the tone mark."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal

Spelling = Literal["uỷ", "ủy", ""]
NBSP = "\u00a0"
DOTS = "…"

_TONED = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ", "o": "òóỏõọ", "u": "ùúủũụ"}
_BARE = {c: base for base, row in _TONED.items() for c in row}
_OPEN = "(?![^\\W\\d_])"
_LATE = re.compile(rf"([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]){_OPEN}|(?<![qQ])([uU])([ỳýỷỹỵỲÝỶỸỴ]){_OPEN}")
_EARLY = re.compile(rf"([òóỏõọÒÓỎÕỌ])([aeAE]){_OPEN}|([ùúủũụÙÚỦŨỤ])([yY]){_OPEN}")

# Neither Word's XML nor a JSON text may hold these; old files bring them in.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DATE = re.compile(r"(?i)\b(ngày) (\d{1,2}|…) (tháng) (\d{1,2}|…) (năm) (\d{4}|…)")
_ARTICLE = re.compile(
    r"\b([Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục|[Cc]hương|[Pp]hần|[Ll]ục|[Ss]ố|[Nn]ăm|[Tt]háng|[Nn]gày|[Qq]uý) (?=\d|[IVX]+\b)"
)
_POINT = re.compile(r"\b([Đđ]iểm) (?=[a-zđ]\b)")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:%|‰|đồng|triệu|tỷ|tỉ|nghìn|người|đồng chí|đảng viên|tuổi|điểm|ha|km|m²|mm|cm|m)(?![^\W\d_]))"
)


def _swap(letter: str, tone_of: str) -> str:
    """``letter`` with the tone that ``tone_of`` carries."""
    tone = _TONED[_BARE[tone_of.lower()]].index(tone_of.lower())
    toned = _TONED[letter.lower()][tone]
    return toned.upper() if letter.isupper() else toned


def _strip(letter: str) -> str:
    base = _BARE[letter.lower()]
    return base.upper() if letter.isupper() else base


def spell(text: str, spelling: Spelling) -> str:
    """Moves the tone of open oa, oe, uy: ``uỷ`` gives hoà, khoẻ, uỷ; ``ủy`` gives hòa, khỏe, ủy; ``""`` keeps it."""
    if spelling == "ủy":
        return _LATE.sub(lambda m: _swap(m[1] or m[3], m[2] or m[4]) + _strip(m[2] or m[4]), text)
    if spelling == "uỷ":
        return _EARLY.sub(lambda m: _strip(m[1] or m[3]) + _swap(m[2] or m[4], m[1] or m[3]), text)
    return text


def bind(text: str) -> str:
    """NFC, with non-breaking spaces inside dates, before the number of an article and before a unit."""
    text = _FORBIDDEN.sub("", unicodedata.normalize("NFC", text))
    text = _DATE.sub(lambda m: NBSP.join(m.groups()), text)
    text = _ARTICLE.sub(lambda m: m[1] + NBSP, text)
    text = _POINT.sub(lambda m: m[1] + NBSP, text)
    return _UNIT.sub(NBSP, text)


def prepare(text: str, spelling: Spelling = "") -> str:
    """Text as it goes on paper."""
    return bind(spell(unicodedata.normalize("NFC", text), spelling))


def dated_line(place: str, day: dt.date | None) -> str:
    """``Tỉnh Mẫu, ngày 05 tháng 02 năm 2026``; dots to fill in by hand when there is no day.

    Days below 10 and the months 1 and 2 carry a leading zero.
    """
    d, m, y = (
        (f"{day.day:02d}", f"{day.month:02d}" if day.month < 3 else str(day.month), f"{day.year}")
        if day
        else (DOTS,) * 3
    )
    words = NBSP.join(("ngày", d, "tháng", m, "năm", y))
    return f"{place}, {words}" if place else words
