"""A decision as an official paper: which layout, how the symbol splits, what each article says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.papers.blocks import Block, Paper, Paragraph, Signing, SigningForm, System, Text
from canbo.foundation.papers.symbol import Symbol

from .queries import ItemLine
from .rules import Heading

BLANK = "…"
_STATE_ISSUERS = ("uy ban nhan dan", "hoi dong nhan dan", "so ", "bo ", "chu tich ")
_FORMS: dict[str, SigningForm] = {"tm": "on_behalf", "kt": "for_head", "tl": "by_order", "tuq": "by_mandate"}
_TYPES = {"quyet dinh": "QĐ", "nghi quyet": "NQ", "thong bao": "TB", "ket luan": "KL", "to trinh": "TTr"}


def system_of(heading: Heading) -> System:
    """Party or State: by the symbol, and by the issuer while there is none."""
    symbol = _symbol(heading.number)
    if symbol is not None:
        return symbol.system
    return "state" if fold(heading.issuer).startswith(_STATE_ISSUERS) else "party"


def paper_of(heading: Heading, lines: Sequence[ItemLine], day: dt.date) -> Paper:
    """The paper of a decision, with dots where the number and the day are not given yet.

    Args:
        day: whose layout rules apply while the decision has no day of its own.
    """
    symbol, system = _symbol(heading.number), system_of(heading)
    doc_type = clean(heading.doc_type) or "Quyết định"
    return Paper(
        system=system,
        profile_on=heading.issued_on or day,
        issuer=clean(heading.issuer) or BLANK,
        doc_type=doc_type,
        type_code=symbol.type_code if symbol else _TYPES.get(fold(doc_type), "QĐ"),
        issuer_code=symbol.issuer_code if symbol else BLANK,
        number=symbol.number if symbol else "",
        dated=heading.issued_on,
        abstract=clean(heading.abstract),
        body=tuple(_articles(heading, lines, system)),
        signings=(_signing(heading),),
        recipients=(f"Như Điều {len(lines) + 1}", "Lưu hồ sơ"),
    )


def sentence(line: ItemLine, system: System) -> str:
    """What an item decides, as an article of the paper says it."""
    told = dict(line.values)
    title, unit = told.pop("Chức vụ", ""), told.pop("Đơn vị", "")
    name = f"{'đồng chí' if system == 'party' else 'ông (bà)'} {line.subject}" if line.subject_type == "person" else ""
    what = f"{line.label[:1].upper()}{line.label[1:]} {name or line.subject}"
    if title:
        what += f", chức vụ {title}"
    if unit:
        what += f", {unit}" if title else f", đơn vị: {unit}"
    rest = [label.lower() if text == "có" else f"{label.lower()}: {text}" for label, text in told.items()]
    return "; ".join([what, *rest]) + "."


def _articles(heading: Heading, lines: Iterable[ItemLine], system: System) -> Iterable[Block]:
    number = 0
    for number, line in enumerate(lines, 1):
        yield Paragraph((Text(f"Điều {number}. ", bold=True), Text(sentence(line, system), verbatim=True)))
    since = "ngày ký"
    if heading.effective_on and heading.effective_on != heading.issued_on:
        since = f"ngày {format_date(heading.effective_on)}"
    yield Paragraph(
        (
            Text(f"Điều {number + 1}. ", bold=True),
            Text(
                f"{clean(heading.doc_type) or 'Quyết định'} này có hiệu lực kể từ {since}. "
                "Các cơ quan, đơn vị liên quan và cá nhân có tên nêu trên chịu trách nhiệm thi hành."
            ),
        )
    )


def _signing(heading: Heading) -> Signing:
    """``T/M Ban Thường vụ`` and the like, read from what the paper says above the signature."""
    behalf = clean(heading.on_behalf)
    first, _, rest = behalf.partition(" ")
    form = _FORMS.get(fold(first).replace("/", "").replace(".", ""))
    if form and rest:
        return Signing(form, rest, heading.signer_post, heading.signer)
    if behalf:
        return Signing("on_behalf", behalf, heading.signer_post, heading.signer)
    return Signing("direct", "", heading.signer_post, heading.signer)


def _symbol(number: str) -> Symbol | None:
    try:
        return Symbol.parse(number)
    except ValueError:
        return None
