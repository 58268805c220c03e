"""What a load will write, decided before anything is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass
class Inserts:
    """New rows of one table, by column."""

    table: str
    columns: dict[str, list]

    @property
    def size(self) -> int:
        return len(next(iter(self.columns.values()), []))


@dataclass(frozen=True)
class Close:
    """A fact ends: the day after its last day, by which decision and act."""

    table: str
    id: int
    upper: dt.date
    closed_by: int | None = None
    closing_act: str | None = None


@dataclass(frozen=True)
class Void:
    """A fact is set aside as wrongly recorded."""

    table: str
    id: int
    why: str


@dataclass(frozen=True)
class Fill:
    """Empty columns of a row are completed."""

    table: str
    id: int
    values: tuple[tuple[str, object], ...]


@dataclass
class Plan:
    """All writes of a load, in the order of the lists."""

    inserts: list[Inserts] = field(default_factory=list)
    closes: list[Close] = field(default_factory=list)
    voids: list[Void] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    people_changed: dict[int, dict[str, object]] = field(default_factory=dict)
    people_touched: set[int] = field(default_factory=set)
    new_people: dict[int, int] = field(default_factory=dict)
    units_changed: set[int] = field(default_factory=set)
    new_units: set[int] = field(default_factory=set)

    @property
    def empty(self) -> bool:
        return not (self.closes or self.voids or self.fills or self.people_changed or any(i.size for i in self.inserts))


@dataclass(frozen=True)
class Terms:
    """Under what terms a file is loaded.

    Args:
        today: the day of loading; changed content is in force from it.
        historical: facts without papers are accepted and marked as such.
        source: name of the file, for the reasons of replaced rows.
    """

    today: dt.date
    historical: bool
    source: str
