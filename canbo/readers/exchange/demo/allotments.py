"""Quotas of the sample province: baselines, yearly steps, totals that are handed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .days import dates, day
from .ledger import Ledger, Paper, numbers
from .offices import CIVIL, COMMUNE
from .reform import DAY

BASELINES = (day(2015, 4, 30), day(2021, 12, 31))
FIRST_YEAR = 2016
OLD_COMMUNE = 6
"""Officials of a commune before communes were joined two by two."""


@dataclass
class Row:
    """A quota, a baseline or a total of a unit and group."""

    unit: str
    group: str
    since: int
    until: int | None
    assigned: int
    paper: Paper
    baseline: bool = False


@dataclass
class Allotments:
    """The sheets ``Biên chế`` and ``Tổng biên chế giao`` while they are being made."""

    ledger: Ledger
    issuer: str
    until: dt.date

    def __post_init__(self) -> None:
        self.rows: list[Row] = []
        self.totals: list[Row] = []

    def paper(self, year: int) -> Paper:
        """The resolution that gives the quotas of a year."""
        text = f"Về việc giao biên chế năm {year}"
        paper = Paper("/NQ-HĐND", self.issuer, day(year - 1, 12, 10), text, "Nghị quyết", effective=day(year, 1, 1))
        return self.ledger.once(("quota", year), paper)

    def unit(self, unit: str, group: str, present: int, *, began: int = 0, ended: int | None = None) -> None:
        """Baselines and the steps down from them to one post more than there are people.

        Args:
            began, ended: first and last day of a unit that did not stand all the time.
        """
        most, least = present + 2 + present // 6, present + 1
        last = self.until.year
        for number, on in enumerate(BASELINES):
            if began <= on <= min(ended or on, self.until.toordinal()):
                text = f"Về biên chế có mặt ngày {dt.date.fromordinal(on):%d/%m/%Y}"
                paper = self.ledger.once(("quota", on), Paper("/NQ-HĐND", self.issuer, on, text, "Nghị quyết"))
                upto = BASELINES[1] - 1 if number == 0 else ended
                value = most if number == 0 else most - (most - least) // 2
                self.rows.append(Row(unit, group, on, upto, value, paper, baseline=True))
        for year in range(FIRST_YEAR, last + 1):
            first, final = max(day(year, 1, 1), began), min(day(year, 12, 31), ended or day(year, 12, 31))
            if first <= final:
                value = most - (most - least) * (year - FIRST_YEAR + 1) // max(1, last - FIRST_YEAR + 1)
                open_end = None if year == last and ended is None else final
                self.rows.append(Row(unit, group, first, open_end, value, self.paper(year)))

    def total(self, unit: str, below: Sequence[str], group: str, reserve: int) -> None:
        """What a unit may hand on in each year: what those below it got, and a reserve."""
        wanted = {unit, *below}
        for year in range(FIRST_YEAR, self.until.year + 1):
            on, final = day(year, 1, 1), day(year, 12, 31)
            rows = [r for r in self.rows if r.unit in wanted and r.group == group and not r.baseline]
            # units that begin within the year take over from those that end in it
            most = max(
                sum(r.assigned for r in rows if r.since <= at and (r.until is None or r.until >= at))
                for at in (on, final, DAY)
                if on <= at <= final
            )
            if most:
                upto = None if year == self.until.year else final
                self.totals.append(Row(unit, group, on, upto, most + reserve, self.paper(year)))

    def sheets(self) -> dict[str, dict[str, list[object]]]:
        """Both sheets, column by column."""
        found = {"Biên chế": _columns(self.rows)}
        found["Biên chế"]["Là mốc so sánh"] = ["x" if row.baseline else None for row in self.rows]
        return found | ({"Tổng biên chế giao": _columns(self.totals)} if self.totals else {})


def _columns(rows: Sequence[Row]) -> dict[str, list[object]]:
    return {
        "Mã đơn vị": [row.unit for row in rows],
        "Nhóm": [row.group for row in rows],
        "Từ ngày": dates(row.since for row in rows),
        "Đến ngày": dates(row.until for row in rows),
        "Giao": [row.assigned for row in rows],
        "Số quyết định": numbers(row.paper for row in rows),
    }


def allot(
    made: Allotments,
    root: str,
    present: Mapping[tuple[str, str], int],
    communes: Sequence[tuple[str, int, int | None]],
    handing: Mapping[str, Sequence[str]],
) -> dict[str, dict[str, list[object]]]:
    """The sheets of a province.

    Args:
        present: people of each unit and group.
        communes: every commune with its first and last day.
        handing: units that hand a total on to others.
    """
    lasting = {code for code, _, _ in communes}
    for (unit, group), count in sorted(present.items()):
        if unit not in lasting:
            made.unit(unit, group, count)
    for code, began, ended in communes:
        made.unit(code, COMMUNE, present.get((code, COMMUNE), OLD_COMMUNE), began=began, ended=ended)
    for unit, below in handing.items():
        for group in sorted({row.group for row in made.rows if row.unit in {unit, *below}}):
            made.total(unit, below, group, 1 if group == CIVIL else 0)
    everywhere = sorted({row.unit for row in made.rows if row.unit.startswith(root)})
    for group in sorted({row.group for row in made.rows if row.unit in set(everywhere)}):
        made.total(root, everywhere, group, 5 + len(handing))
    return made.sheets()
