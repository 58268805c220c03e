"""What stands around the text of a report: who issues it under which code, where and who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

# A Party organisation and the committee that heads it, by how its name begins.
_COMMITTEES = (
    ("Đảng bộ tỉnh ", "Tỉnh ủy ", "BTCTU"),
    ("Đảng bộ thành phố ", "Thành ủy ", "BTCTU"),
    ("Đảng bộ huyện ", "Huyện ủy ", "BTCHU"),
    ("Đảng bộ quận ", "Quận ủy ", "BTCQU"),
    ("Đảng bộ thị xã ", "Thị ủy ", "BTCTU"),
    ("Đảng bộ ", "Đảng ủy ", "BTC"),
)
_COMMUNES = ("xã", "phường", "đặc khu")
_BOARDS_OF_COMMUNES = dt.date(2025, 7, 1)  # since then a communal committee has a board of its own (ban xây dựng Đảng)


@dataclass(frozen=True)
class Head:
    """What stands around the text: who issues, when, under which number, who signs."""

    dated: dt.date
    issuer: str = "Ban Tổ chức"
    superior: str = ""
    issuer_code: str = "BTC"
    number: str = ""
    place: str = ""
    position: str = "Trưởng ban"
    signer: str = ""
    link_to: str = ""

    def remembered(self) -> dict[str, str]:
        """What the next report of the unit begins with; number, date and address belong to this one alone."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("dated", "number", "link_to")}


def default_head(unit_name: str, unit_kind: str, on: dt.date, last: Mapping[str, str] | None = None) -> Head:
    """The head that follows from the unit, with whatever its last issue wrote instead.

    Args:
        unit_name, unit_kind: as they stand in the period of the report.
        on: the date on the paper.
        last: ``Head.remembered`` of the last issue.
    """
    superior, code, rest = unit_name, "BTC", ""
    for begins, committee, known in _COMMITTEES:
        if unit_name.startswith(begins):
            rest = unit_name.removeprefix(begins)
            superior, code = committee + rest, known
            break
    if unit_kind == "đảng bộ tỉnh":
        code = "BTCTU"
    head = Head(dated=on, superior=superior, issuer_code=code, place=rest)
    kind, _, name = rest.partition(" ")
    if kind in _COMMUNES:
        head = replace(head, place=name)
        if on >= _BOARDS_OF_COMMUNES:
            head = replace(head, issuer="Ban Xây dựng Đảng", issuer_code="BXDĐ")
    known_fields = {f.name for f in fields(Head)}
    kept: dict[str, Any] = {name: text for name, text in (last or {}).items() if name in known_fields and text}
    return replace(head, **kept)
