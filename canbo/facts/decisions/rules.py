"""What a decision must satisfy to be entered in the ledger.

Numbering follows the guidance on Party papers (HD 36-HD/VPTW): one running series per type of document within the
term of the committee; State papers begin again every calendar year. Gaps are normal, since papers that are state
secrets share the series and are not kept here.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.papers.symbol import Symbol, symbol_key

NUMBERING = "HD 36-HD/VPTW"
EARLIEST = dt.date(1930, 2, 3)
TERM_DOUBT = 183  # days: congresses of one round are held within about half a year
_SECRET = re.compile(r"(?<!\w)(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")
_NOT_SECRET = {"", "khong", "khong mat", "thuong"}


@dataclass(frozen=True)
class Heading:
    """What the head of a decision says."""

    number: str
    issued_on: dt.date | None
    issuer: str
    doc_type: str = "Quyết định"
    abstract: str = ""
    effective_on: dt.date | None = None
    signer: str = ""
    signer_post: str = ""
    on_behalf: str = ""

    @property
    def in_effect_on(self) -> dt.date:
        """The day its items take effect: the day it names, else the day on the paper."""
        day = self.effective_on or self.issued_on
        if day is None:
            raise ValueError("a decision without a day")
        return day


def number_key(number: str) -> str:
    """One form of a number and symbol for comparison, however it was typed."""
    return symbol_key(number)[:60]


def issuer_key(issuer: str) -> str:
    """One form of an issuer's name for comparison."""
    return fold(issuer)


def is_party_symbol(number: str) -> bool:
    """Whether the number is written the Party's way (``127-QĐ/TW``), not the State's (``15/QĐ-SNV``)."""
    try:
        return Symbol.parse(number).system == "party"
    except ValueError:
        return False


def series(number: str, issued_on: dt.date, terms: Sequence[dt.date] = ()) -> tuple[dt.date, dt.date]:
    """The period within which a number may be used once: first day, and the first day of the next period.

    Args:
        terms: first days of the terms of the issuing committee. Without them, or before the first of them, a Party
            number too is compared within the calendar year, so that nothing is refused on a guess.
    """
    known = sorted(terms)
    at = bisect_right(known, issued_on)
    if is_party_symbol(number) and at:
        return known[at - 1], known[at] if at < len(known) else dt.date.max
    return dt.date(issued_on.year, 1, 1), dt.date(issued_on.year + 1, 1, 1)


@dataclass(frozen=True)
class Numbering:
    """What the rulebooks say of numbers on a day.

    Args:
        terms: first days of the committee's terms.
        unsure: those of them that are only settings: the congress was held some months before or after.
        source: the article on numbering.
    """

    terms: tuple[dt.date, ...] = ()
    unsure: frozenset[dt.date] = frozenset()
    source: str = NUMBERING

    def doubtful(self, *days: dt.date) -> bool:
        """Whether one of the days lies so near to a day that is only set, that the term it belongs to is not known."""
        return any(abs((day - first).days) <= TERM_DOUBT for day in days for first in self.unsure)


BY_YEAR = Numbering()


def number_faults(new: Heading, others: Iterable[Heading], numbering: Numbering = BY_YEAR) -> list[Violation]:
    """Refuses a number already used by the issuer for the same type of document in the same series.

    Near to the first day of a term that nobody verified, a Party number used twice is only remarked upon.
    """
    if new.issued_on is None:
        return []
    first, until = series(new.number, new.issued_on, numbering.terms)
    key, issuer, kind = number_key(new.number), issuer_key(new.issuer), fold(new.doc_type)
    party = is_party_symbol(new.number)
    faults = []
    for other in others:
        if other.issued_on is None or (number_key(other.number), issuer_key(other.issuer)) != (key, issuer):
            continue
        if fold(other.doc_type) == kind and first <= other.issued_on < until:
            period = "nhiệm kỳ" if party and first in numbering.terms else f"năm {new.issued_on.year}"
            apart = party and other.issued_on != new.issued_on
            doubt = apart and numbering.doubtful(new.issued_on, other.issued_on)
            fix = "Kiểm tra lại số, ngày và cơ quan ban hành trên văn bản."
            if doubt:
                fix += " Ngày bắt đầu nhiệm kỳ đang là thiết lập; ghi ngày thật ở bộ quy tắc của tỉnh."
            faults.append(
                Violation(
                    "DECISION-NUMBER",
                    f"Số {clean(new.number)} đã dùng cho {clean(other.doc_type).lower()} ngày "
                    f"{format_date(other.issued_on)} của {clean(other.issuer)} trong cùng {period}.",
                    field="number",
                    source=numbering.source,
                    fix=fix,
                    blocking=not doubt,
                )
            )
    return faults


def heading_faults(new: Heading, secrecy: str = "") -> list[Violation]:
    """What is missing or wrong in the head of a decision; remarks do not block."""
    faults = []
    for name, label in (("number", "số ký hiệu"), ("issuer", "cơ quan ban hành"), ("doc_type", "loại văn bản")):
        if not clean(getattr(new, name)):
            faults.append(Violation("DECISION-MISSING", f"Thiếu {label}.", field=name))
    if fold(secrecy) not in _NOT_SECRET or any(_SECRET.search(text) for text in (new.number, new.abstract)):
        faults.append(
            Violation(
                "DECISION-SECRET",
                "Không nhận văn bản có nội dung bí mật nhà nước (mật, tối mật, tuyệt mật).",
                field="abstract",
                source="Luật Bảo vệ bí mật nhà nước",
                fix="Lưu văn bản mật theo chế độ riêng; ở đây chỉ ghi phần không mật.",
            )
        )
    if new.issued_on is None:
        faults.append(Violation("DECISION-MISSING", "Thiếu ngày ban hành.", field="issued_on"))
        return faults
    if new.issued_on < EARLIEST:
        faults.append(Violation("DECISION-DATE", f"Ngày ban hành trước {format_date(EARLIEST)}.", field="issued_on"))
    if new.effective_on and new.effective_on < new.issued_on:
        faults.append(
            Violation(
                "DECISION-EFFECT-EARLY",
                f"Ngày hiệu lực {format_date(new.effective_on)} trước ngày ban hành {format_date(new.issued_on)}.",
                field="effective_on",
                blocking=False,
            )
        )
    return faults
