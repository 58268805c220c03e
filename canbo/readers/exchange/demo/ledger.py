"""Papers that the invented facts rest on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from .days import dates


@dataclass(slots=True)
class Paper:
    """A decision or another numbered paper; it gets its number when the ledger is closed."""

    symbol: str
    """What follows the number: ``-QĐ/HU`` of a Party body, ``/QĐ-UBND`` of the State."""
    issuer: str
    on: int
    abstract: str
    kind: str = "Quyết định"
    number: str = ""
    effective: int | None = None
    signer: tuple[str, str, str] | None = None
    """Name, post and body in whose name the paper is signed."""


class Ledger:
    """Collects papers and numbers them by day.

    A row of the workbook names a decision by its number alone; numbers of one symbol are therefore never used
    twice, whatever the issuer and the year.
    """

    def __init__(self) -> None:
        self._papers: list[Paper] = []
        self._known: dict[Hashable, Paper] = {}
        self._last: dict[str, int] = {}

    def add(self, paper: Paper) -> Paper:
        self._papers.append(paper)
        return paper

    def once(self, key: Hashable, paper: Paper) -> Paper:
        """The paper known under a key; the given one if there is none yet."""
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.add(paper)
        return found

    def known(self, key: Hashable) -> Paper | None:
        return self._known.get(key)

    def close(self) -> dict[str, list[object]]:
        """Numbers the papers added since the last time and returns the columns of their sheet."""
        papers = sorted(self._papers, key=lambda paper: (paper.on, paper.issuer, paper.abstract))
        for paper in papers:
            number = self._last[paper.symbol] = self._last.get(paper.symbol, 0) + 1
            paper.number = f"{number}{paper.symbol}"
        self._papers = []
        signers = [paper.signer or (None, None, None) for paper in papers]
        return {
            "Số ký hiệu": [paper.number for paper in papers],
            "Ngày ban hành": dates(paper.on for paper in papers),
            "Cơ quan ban hành": [paper.issuer for paper in papers],
            "Loại văn bản": [paper.kind for paper in papers],
            "Trích yếu": [paper.abstract for paper in papers],
            "Ngày hiệu lực": dates(paper.effective or paper.on for paper in papers),
            "Người ký": [signer[0] for signer in signers],
            "Chức vụ người ký": [signer[1] for signer in signers],
            "Thay mặt": [signer[2] for signer in signers],
        }


def numbers(papers: Iterable[Paper | None]) -> list[object]:
    """The column ``Số quyết định`` of rows resting on these papers, until ``numbered`` puts the numbers in."""
    return list(papers)


def numbered(columns: dict[str, list[object]]) -> dict[str, list[object]]:
    """The same columns with numbers in the place of papers; the ledger must be closed."""
    return {
        header: [cell.number if isinstance(cell, Paper) else cell for cell in cells]
        if header.startswith("Số quyết định")
        else cells
        for header, cells in columns.items()
    }
