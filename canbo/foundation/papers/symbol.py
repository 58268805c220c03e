"""Number and symbol of a document: ``15-QĐ/TU`` in the Party, ``15/QĐ-SNV`` in the State.

Import files hold many older and careless spellings; all of them lead to the same value and the same key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from canbo.foundation.kernel.text import clean

from .blocks import System
from .codes import KNOWN_CODES

_DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\uff0d", "-") | {"\u00d0": "Đ", "\u00f0": "đ"}
)
_LABEL = re.compile(r"^s[ốo](?:\s*[:.]\s*|\s+|(?=\d))", re.IGNORECASE)
_DAY = re.compile(r"\s*[,;]?\s*\bngày\b.*$", re.IGNORECASE)
_JOIN = re.compile(r"\s*([-/])\s*")
_BLANK = re.compile(r"^[.…_\s]+")
_WORD = r"[^\W\d_][^\W_]*(?:-[^\W_]+)*"
_PARTY = re.compile(rf"^(?P<n>\d{{1,5}}(?:[a-zđ](?=-))?)?-?(?P<t>[^\W\d_]+)/(?P<i>{_WORD})$", re.IGNORECASE)
_STATE = re.compile(rf"^(?P<n>\d{{1,6}}[a-zđ]?)?/(?:(?P<y>(?:19|20)\d\d)/)?(?P<rest>{_WORD})$", re.IGNORECASE)
_UNNUMBERED = re.compile(rf"^(?P<t>[^\W\d_]+)-(?P<i>{_WORD})$", re.IGNORECASE)
_PARTY_ISSUER = re.compile(r"^(?:.*(?:TW|TU|HU|QU|ĐU|ĐUK|ĐUX)|TW.*|ĐU.*|CB.*|ĐH)$")
_NO_STROKE = {"QD": "QĐ", "ND": "NĐ", "CD": "CĐ", "GDD": "GĐĐ", "QDNS": "QĐNS"}
_ISSUERS = {"TTG": "TTg", "THU": "ThU", "DU": "ĐU", "DUK": "ĐUK", "HDND": "HĐND"}


@dataclass(frozen=True)
class Symbol:
    """A parsed number and symbol.

    Args:
        number: digits with an optional letter, without leading zeros; empty while not numbered.
        type_code: ``QĐ``, ``BC`` …; empty for the State's official letters and for laws.
        issuer_code: ``TU``, ``BTCTU``, ``UBND-VX`` …
        system: ``party`` or ``state``.
        year: only in symbols that print it, as ``30/2020/NĐ-CP``.
    """

    number: str
    type_code: str
    issuer_code: str
    system: System
    year: int | None = None

    @classmethod
    def parse(cls, text: str) -> Symbol:
        """Reads any usual way of writing a number and symbol.

        Raises:
            ValueError: with a Vietnamese message, when it is none.
        """
        body = _tidy(text)
        if match := _PARTY.match(body):
            return _make(match["n"], match["t"], match["i"], "party")
        if match := _STATE.match(body):
            head, _, tail = match["rest"].partition("-")
            known = KNOWN_CODES.values()
            typed = bool(tail) and _type(head) in known
            kind, issuer = (head, tail) if typed else ("", match["rest"])
            return _make(match["n"], kind, issuer, "state", int(match["y"]) if match["y"] else None)
        if (match := _UNNUMBERED.match(body)) and _type(match["t"]) in KNOWN_CODES:
            return _make("", match["t"], match["i"], "state")
        raise ValueError(f"“{clean(text)}” không phải là số và ký hiệu văn bản (ví dụ 15-QĐ/TU, 15/QĐ-SNV)")

    def __str__(self) -> str:
        number = self.number.zfill(2) if self.number.isdigit() else self.number
        if self.year:
            tail = f"{self.type_code}-{self.issuer_code}" if self.type_code else self.issuer_code
            return f"{number}/{self.year}/{tail}"
        if not self.type_code:
            return f"{number}/{self.issuer_code}"
        if self.system == "party":
            return f"{number}-{self.type_code}/{self.issuer_code}"
        return f"{number}/{self.type_code}-{self.issuer_code}"

    @property
    def key(self) -> str:
        """The same for every spelling of one symbol: capitals, no leading zeros, the Party's order."""
        number, kind, issuer = self.number.upper(), self.type_code.upper(), self.issuer_code.upper()
        if self.year:
            return f"{number}/{self.year}/{kind}-{issuer}" if kind else f"{number}/{self.year}/{issuer}"
        return f"{number}-{kind}/{issuer}" if kind else f"{number}/{issuer}"


def _tidy(text: str) -> str:
    body = clean(text).translate(_DASHES)
    body = _DAY.sub("", _LABEL.sub("", body))
    return _JOIN.sub(r"\1", _BLANK.sub("", body)).strip(" .,;")


def _type(code: str) -> str:
    upper = code.upper()
    return KNOWN_CODES.get(_NO_STROKE.get(upper, upper), upper)


def _issuer(code: str) -> str:
    upper = code.upper().replace("TƯ", "TW")
    return _ISSUERS.get(upper, upper)


def _make(number: str | None, kind: str, issuer: str, system: System, year: int | None = None) -> Symbol:
    digits = (number or "").lstrip("0").lower() or ("0" if number else "")
    code = _issuer(issuer)
    if system == "state" and year is None and _PARTY_ISSUER.match(code.upper()):
        system = "party"  # written the State's way in an old file
    elif system == "party" and code.upper() in {"TTG", "CP", "UBND", "HĐND"}:
        system = "state"
    return Symbol(digits, _type(kind) if kind else "", code, system, year)


@lru_cache(maxsize=65536)
def symbol_key(text: str) -> str:
    """Key for comparing symbols as written; a text that is no symbol gives its own capitals without spaces."""
    try:
        return Symbol.parse(text).key
    except ValueError:
        return re.sub(r"\s+", "", _tidy(text).upper().replace("TƯ", "TW"))
