"""Forms as papers without a number of their own."""

from __future__ import annotations

import datetime as dt

from canbo.foundation.papers.blocks import Block, Paper, Signing, System

from .shapes import Office


def form(
    office: Office,
    system: System,
    title: str,
    abstract: str,
    body: tuple[Block, ...],
    signings: tuple[Signing, ...],
    *,
    number: str = "",
    dated: dt.date | None = None,
    landscape: bool = False,
) -> Paper:
    """A form without a number of its own; ``number`` is that of the form itself."""
    return Paper(
        system=system,
        profile_on=office.on,
        issuer=office.issuer,
        superior=office.superior,
        doc_type=title,
        abstract=abstract,
        body=body,
        signings=signings,
        form=number,
        numbered=False,
        place=office.place if dated else "",
        dated=dated,
        landscape=landscape,
    )
