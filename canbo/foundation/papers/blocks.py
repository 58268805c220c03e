"""What a paper is made of: plain values, without a word on how they are laid out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

System = Literal["party", "state"]
Align = Literal["left", "center", "right", "justify"]
SigningForm = Literal["direct", "on_behalf", "for_head", "by_order", "by_mandate", "acting"]
OPEN = "không mật"


@dataclass(frozen=True)
class Text:
    """A run of text; ``verbatim`` keeps its spelling (names of people), whatever the spelling setting."""

    text: str
    bold: bool = False
    italic: bool = False
    verbatim: bool = False


@dataclass(frozen=True)
class Figure:
    """A number in a sentence or a cell, with the id under which its rows can be opened."""

    text: str
    link: str
    bold: bool = False
    italic: bool = False


Run = Text | Figure
Content = str | Run | tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A title inside the body, numbered by the writer (``I. KẾT QUẢ``); level 1 to 4."""

    text: str
    level: int = 1
    align: Align = "left"

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError("Đề mục chỉ có cấp 1 đến cấp 4")


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``align`` other than justify drops the first-line indent."""

    content: Content
    align: Align = "justify"


@dataclass(frozen=True)
class Items:
    """A list: each item begins with a dash, or with 1., 2., 3. when ``numbered``."""

    items: tuple[Content, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Args:
        header: text of its header cell.
        align: how its cells are aligned.
        width: its share of the table width, in any unit common to the columns.
        group: neighbours with the same group share one header cell above theirs.
    """

    header: str
    align: Align = "left"
    width: float = 1.0
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the header is repeated on every page and ``total`` is set in bold under the rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    total: tuple[Content, ...] | None = None
    caption: str = ""
    unit: str = ""
    size: float | None = None

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"Bảng có {len(self.columns)} cột nhưng một dòng có {len(row)} ô")


@dataclass(frozen=True)
class Picture:
    """A picture: PNG for Word, SVG for the PDF when there is one; ``alt`` says it in words."""

    png: bytes
    alt: str
    svg: str = ""
    width: float = 160.0  # mm
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("Hình phải có lời mô tả thay thế")


@dataclass(frozen=True)
class PageBreak:
    """The next block starts a new page."""


@dataclass(frozen=True)
class Fill:
    """Room to write by hand: a few words, then ``lines`` dotted lines over the whole width."""

    label: Content = ""
    lines: int = 1


@dataclass(frozen=True)
class Options:
    """Boxes to tick, side by side in ``across`` columns; each option is its words and whether it is ticked."""

    options: tuple[tuple[str, bool], ...]
    across: int = 2


Block = Heading | Paragraph | Items | Table | Picture | PageBreak | Fill | Options


@dataclass(frozen=True)
class Signing:
    """Who signs and in whose name.

    Args:
        form: how the signer is entitled; which forms exist depends on the system.
        body: the body or head signed for (``Ban Thường vụ``, ``Trưởng ban``); not used when signing directly.
        position: the signer's own position.
        signer: full name, printed as given.
        above: a line above all others, such as a day to fill in.
        note: a line in italics under the position: ``(Ký, ghi rõ họ tên)``.
    """

    form: SigningForm = "direct"
    body: str = ""
    position: str = ""
    signer: str = ""
    above: str = ""
    note: str = ""


@dataclass(frozen=True)
class Appendix:
    """A part after the signature, on pages of its own; numbered only when there are two or more."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One official document.

    Args:
        system: ``party`` or ``state``.
        profile_on: the day whose layout rules apply, normally the day of issue.
        issuer, superior: issuing body and the body above it, in any case; capitals come from the layout.
        doc_type: name of the type (``Báo cáo``, ``Công văn``).
        type_code, issuer_code: the two halves of the symbol (``BC``, ``BTCTU``).
        number, dated: empty until the records clerk fills them in.
        addressees: the lines after ``Kính gửi:``.
        legal_grounds: one sentence each, without its closing mark.
        typist: typist code and number of copies, at the end of the recipients.
        link_to: address of a figure with ``{id}`` in it; without it figures are plain text.
        secrecy: only ``không mật`` is accepted.
        form: name of the printed form (``Mẫu số 01``), at the upper right.
        numbered: False for a form that gets no number of its own.
        landscape: all pages on their side.
    """

    system: System
    profile_on: dt.date
    issuer: str
    doc_type: str
    issuer_code: str = ""
    superior: str = ""
    type_code: str = ""
    number: str = ""
    place: str = ""
    dated: dt.date | None = None
    abstract: str = ""
    addressees: tuple[str, ...] = ()
    legal_grounds: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signings: tuple[Signing, ...] = ()
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    urgency: str = ""
    draft: bool = False
    typist: str = ""
    contact: str = ""
    link_to: str = ""
    secrecy: str = OPEN
    form: str = ""
    numbered: bool = True
    landscape: bool = False
