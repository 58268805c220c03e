"""Lists of a unit."""

from __future__ import annotations

from dataclasses import dataclass

from canbo.foundation.papers.blocks import System

from .basics import HEAD, MAKER, Hand, Office, Points, Scale


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A person or body in a list, with what everybody gave her."""

    name: str
    post: str = ""
    unit: str = ""
    group: str = ""
    common: Points = None
    result: Points = None
    total: Points = None
    own: str = ""
    proposed: str = ""
    grade: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CapLine:
    """How many top grades a group of similar posts may have, has, and who stands at the boundary."""

    group: str
    base: int
    limit: int
    used: int
    boundary: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnitList:
    """The summary of a unit for a period (danh sách tổng hợp)."""

    office: Office
    unit: str
    period: str
    scale: Scale
    rows: tuple[Listed, ...]
    caps: tuple[CapLine, ...] = ()
    not_graded: tuple[tuple[str, str, str], ...] = ()
    collectives: bool = False
    system: System = "state"
    maker: Hand = MAKER
    head: Hand = HEAD
