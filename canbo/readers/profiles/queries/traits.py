"""A dossier as values that can say since when they hold and what they were before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from canbo.facts.people.models import PersonRecord
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number

from .origin import Origin, origin_of


@dataclass(frozen=True)
class Before:
    """A value of an earlier time, and its last day."""

    text: str
    last_day: dt.date | None
    origin: Origin


@dataclass(frozen=True)
class Trait:
    """One value of the dossier on a day."""

    key: str
    label: str
    text: str
    origin: Origin | None
    before: Sequence[Before] = ()
    fill: str = ""

    @property
    def is_missing(self) -> bool:
        return not self.text


@dataclass(frozen=True)
class Line:
    """Which column of the record a trait shows, and how the workbook names it."""

    key: str
    label: str
    column: str
    show: Callable[[PersonRecord], str]
    needed: bool = False
    sensitive: bool = False


def _field(name: str) -> Callable[[PersonRecord], str]:
    return lambda record: str(getattr(record, name) or "")


def _date(name: str, precision: str = "") -> Callable[[PersonRecord], str]:
    return lambda record: format_date(getattr(record, name), getattr(record, precision) if precision else "d")


def _salary(record: PersonRecord) -> str:
    parts = [record.salary_step and f"bậc {record.salary_step}"]
    if record.salary_coefficient is not None:
        parts.append(f"hệ số {format_number(record.salary_coefficient, 2)}")
    return ", ".join(str(part) for part in parts if part)


IDENTITY = (
    Line("full_name", "Họ và tên khai sinh", "Họ và tên khai sinh", _field("full_name"), needed=True),
    Line("other_names", "Tên gọi khác", "Tên gọi khác", _field("other_names")),
    Line("sex", "Giới tính", "Giới tính", lambda record: record.get_sex_display(), needed=True),
    Line("born_on", "Ngày sinh", "Ngày sinh", _date("born_on", "born_precision"), needed=True),
    Line("ethnic_group", "Dân tộc", "Dân tộc", _field("ethnic_group"), needed=True),
    Line("religion", "Tôn giáo", "Tôn giáo", _field("religion"), sensitive=True),
    Line("home_town", "Quê quán", "Quê quán", _field("home_town"), needed=True),
    Line("residence", "Nơi thường trú", "Nơi thường trú", _field("residence"), needed=True),
    Line("occupation", "Nghề nghiệp hiện nay", "Nghề nghiệp hiện nay", _field("occupation")),
    Line("died_on", "Ngày mất", "Ngày mất", _date("died_on")),
)
SCHOOLING = (
    Line("general_education", "Giáo dục phổ thông", "Trình độ giáo dục phổ thông", _field("general_education"),
         needed=True),
    Line("qualification", "Chuyên môn cao nhất", "Trình độ chuyên môn cao nhất", _field("qualification"), needed=True),
    Line("major", "Chuyên ngành", "Chuyên ngành", _field("major")),
    Line("political_theory", "Lý luận chính trị", "Lý luận chính trị", _field("political_theory"), needed=True),
    Line("state_management", "Quản lý nhà nước", "Quản lý nhà nước", _field("state_management")),
    Line("foreign_language", "Ngoại ngữ", "Ngoại ngữ", _field("foreign_language")),
    Line("informatics", "Tin học", "Tin học", _field("informatics")),
)  # fmt: skip
SERVICE = (
    Line("recruited_on", "Ngày tuyển dụng", "Ngày tuyển dụng", _date("recruited_on", "recruited_precision")),
    Line("rank", "Ngạch", "Ngạch", _field("rank")),
    Line("salary", "Bậc, hệ số lương", "Hệ số lương", _salary),
)


def traits(
    lines: Sequence[Line], versions: Sequence[PersonRecord], day: dt.date, *, sensitive: bool, all_needed: bool = True
) -> list[Trait]:
    """The traits of a day: those that hold something, and those that should.

    Args:
        lines: which ones.
        versions: every standing version of the dossier, the oldest first.
        sensitive: whether restricted ones are shown.
        all_needed: whether needed ones are named even when nothing is known.
    """
    begun = [v for v in versions if v.in_force.lower is None or v.in_force.lower <= day]
    found = []
    for line in lines:
        if line.sensitive and not sensitive:
            continue
        trait = _trait(line, begun)
        if not trait.is_missing or (line.needed and all_needed):
            found.append(trait)
    return found


def _trait(line: Line, versions: Sequence[PersonRecord]) -> Trait:
    runs: list[list[Any]] = []  # value, the first and the last version that say it
    for version in versions:
        text = line.show(version)
        if runs and runs[-1][0] == text:
            runs[-1][2] = version
        else:
            runs.append([text, version, version])
    if not runs:
        return Trait(line.key, line.label, "", None, fill=line.column)
    text, first, _ = runs[-1]
    before = [Before(t or "chưa ghi", last.last_day, origin_of(start)) for t, start, last in reversed(runs[:-1])]
    return Trait(line.key, line.label, text, origin_of(first), before, line.column)
