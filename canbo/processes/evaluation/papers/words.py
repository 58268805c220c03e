"""How forms write numbers, days and long texts."""

from __future__ import annotations

from collections.abc import Iterator

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.papers.blocks import Block, Fill, Paragraph, Signing, Text
from canbo.foundation.papers.typography import dated_line

from .shapes import Hand, Points

DOTTED = "……"


def points(value: Points, empty: str = DOTTED) -> str:
    """Points with one decimal as papers print them; dots while they are not known."""
    return empty if value is None else format_number(value, 1)


def amount(value: Points | int) -> str:
    """A quantity, a coefficient or a maximum without needless decimals."""
    return format_number(value)


def line(label: str, value: str, lines: int = 1) -> Block:
    """``Họ và tên: …`` with what is known, else with a dotted line."""
    if not value.strip():
        return Fill(f"{label}:", lines)
    return Paragraph((Text(f"{label}: "), Text(value.strip(), verbatim=True)))


def text(value: str, lines: int) -> Iterator[Block]:
    """A long text, one paragraph a line, or that many dotted lines."""
    if not value.strip():
        yield Fill(lines=lines)
        return
    for part in value.strip().splitlines():
        if part.strip():
            yield Paragraph(Text(part.strip(), verbatim=True))


def labelled(label: str, value: str, lines: int) -> Iterator[Block]:
    """A label with a long text after it, or with dotted lines."""
    if not value.strip():
        yield Fill(label, lines)
        return
    first, *rest = [part.strip() for part in value.strip().splitlines() if part.strip()]
    yield Paragraph((Text(f"{label} "), Text(first, verbatim=True)))
    for part in rest:
        yield Paragraph(Text(part, verbatim=True))


def signed(hand: Hand) -> Signing:
    """The place of a signature on a form, with its day or dots for it."""
    return Signing(
        position=hand.position, signer=hand.name, above=_capital(dated_line("", hand.on)), note="(Ký, ghi rõ họ tên)"
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
