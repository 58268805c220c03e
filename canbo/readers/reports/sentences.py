"""Sentences of a report: figure, unit, share of the plan, change, of which, the best and the worst units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from canbo.foundation.kernel.numbers import Number, format_number, percent

from .document import Fig, Run, Sentences
from .indicators import CATALOGUE
from .rules import Compared, Figure, Group
from .shapes import HOLE

_RANKED = 3


@dataclass(frozen=True)
class Speech:
    """What can be said of the figures of one report.

    Args:
        whole: figures by code.
        parted: the same broken down, by grouping and code.
        named: puts the names of unit and period into a text.
    """

    whole: Mapping[str, Figure]
    parted: Mapping[str, Mapping[str, Figure]]
    named: Callable[[str], str]

    def sentences(self, part: Mapping[str, Any]) -> Sentences | None:
        """The paragraph of a part; none when its ``show`` figure is zero or nothing of it can be said."""
        show = part.get("show")
        if show and not self.whole[show].value:
            return None
        runs: list[Run] = [run for clause in part.get("clauses", ()) for run in self._clause(clause) or ()]
        if "enumerate" in part:
            runs += self._enumeration(part)
        if "among" in part:
            runs += self._among(part["among"], self.whole[part["of"]], part.get("lead", ", trong đó: "))
        if "listing" in part:
            runs += self._among(part["listing"], None, part.get("lead", ""))
        if "ranked" in part:
            runs += self._ranking(self.parted[part["by"]][part["ranked"]])
        if not any(isinstance(run, Fig) for run in runs):
            return None
        first = runs[0]
        if isinstance(first, str):
            runs[0] = self.named(first[:1].upper() + first[1:])
        return Sentences(part["id"], (*runs, "."))

    def _clause(self, clause: str) -> list[Run] | None:
        """A clause with its figures; None when one of them does not exist (no plan, no year before)."""
        runs: list[Run] = []
        end = 0
        for hole in HOLE.finditer(clause):
            runs.append(self.named(clause[end : hole.start()]))
            end = hole.end()
            made = _aspect(self.whole[hole[1]], hole[2] or "value")
            if made is None:
                return None
            runs += made
        return [run for run in (*runs, self.named(clause[end:])) if run != ""]

    def _enumeration(self, part: Mapping[str, Any]) -> list[Run]:
        """``, gồm: 30 năm tuổi Đảng 120; 40 năm tuổi Đảng 80``."""
        figure = self.parted[part["by"]][part["enumerate"]]
        runs: list[Run] = []
        for group in figure.groups:
            made = fig(figure.code, group, "value", f"{part['by']}={group.key}")
            if made is not None and group.value:
                runs += ["; " if runs else part.get("lead", ", gồm: "), f"{group.label} ", made]
        return runs

    def _among(self, named: list[list[str]], base: Figure | None, lead: str) -> list[Run]:
        """``, trong đó: nữ 25 (49,0%), dân tộc thiểu số 9 (17,6%)``; zeros are passed over."""
        runs: list[Run] = []
        for word, code in named:
            figure = self.whole[code]
            made = fig(code, figure, "value") if figure.value else None
            if made is None:
                continue
            runs += [", " if runs else lead, f"{word} ", made]
            share = percent(figure.value, base.value) if base else None
            if share is not None:
                runs += [" (", Fig(code, "share", f"{format_number(share, 1)}%", share), ")"]
        return runs

    def _ranking(self, figure: Figure) -> list[Run]:
        """How many subordinates reached their plan, which are ahead and which are behind."""
        planned = [(ratio, group) for group in figure.groups if (ratio := group.plan_ratio) is not None]
        if len({ratio for ratio, _ in planned}) < 2:
            return []
        reached = sum(1 for ratio, _ in planned if ratio >= 100)
        # The sort keeps the Vietnamese order of names among equals.
        falling = [group for _, group in sorted(planned, key=lambda pair: -pair[0])]
        count = min(_RANKED, len(falling) // 2)
        best, worst = falling[:count], falling[::-1][:count]
        done = Fig(figure.code, "reached", format_number(reached), reached)
        runs: list[Run] = [done, f"/{len(planned)} đơn vị được giao chỉ tiêu đã đạt và vượt"]
        for lead, groups in (("; đạt cao nhất: ", best), ("; đạt thấp nhất: ", worst)):
            for number, group in enumerate(groups):
                runs += [", " if number else lead, *_one(figure.code, group)]
        return runs


def _one(code: str, group: Group) -> list[Run]:
    """``Đảng bộ xã Hưng Nhân 9 (128,6%)``."""
    value = fig(code, group, "value", f"unit={group.key}")
    ratio = fig(code, group, "plan_ratio", f"unit={group.key}")
    return [f"{group.label} ", value or "0", " (", ratio or "", ")"]


def _aspect(figure: Figure, aspect: str) -> list[Run] | None:
    if aspect == "change_words":
        return _change(figure)
    if aspect == "some":
        if not figure.value:
            return None
        aspect = "value"
    made = fig(figure.code, figure, aspect)
    return None if made is None else [made]


def fig(code: str, compared: Compared, aspect: str, group: str = "") -> Fig | None:
    """One aspect of a figure as it is printed; None where there is none."""
    number: Number | None = getattr(compared, aspect)
    if number is None:
        return None
    percentage = aspect == "plan_ratio" or CATALOGUE[code].unit == "%"
    text = format_number(number, 1 if percentage else None)
    if aspect == "change" and number > 0:
        text = f"+{text}"
    return Fig(code, aspect, f"{text}%" if percentage and aspect != "change" else text, number, group)


def _change(figure: Figure) -> list[Run] | None:
    """``tăng 120 đảng viên so với cùng kỳ``, ``giảm 3,1 điểm % so với cùng kỳ`` or ``bằng cùng kỳ``."""
    if figure.change is None:
        return None
    if not figure.change:
        return ["bằng cùng kỳ"]
    unit = CATALOGUE[figure.code].unit
    size = Fig(figure.code, "change", format_number(abs(figure.change)), figure.change)
    direction = "tăng " if figure.change > 0 else "giảm "
    return [direction, size, f" {'điểm %' if unit == '%' else unit} so với cùng kỳ"]
