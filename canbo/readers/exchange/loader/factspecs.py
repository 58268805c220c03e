"""How the sheets of facts lie in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from canbo.facts.party.actions import CARRIED
from canbo.facts.staffing.rules import title_key
from canbo.foundation.kernel.dates import PartialDate


@dataclass(frozen=True)
class Part:
    """A field of a sheet and the columns it fills.

    Args:
        field: name in the cleaned table.
        columns: database columns.
        split: turns a value (None where the cell is empty) into one value per column.
    """

    field: str
    columns: tuple[str, ...]
    split: Callable[[Any], tuple]


def words(field: str) -> Part:
    return Part(field, (field,), lambda v: (v or "",))


def plain(field: str) -> Part:
    return Part(field, (field,), lambda v: (v,))


def yes_no(field: str) -> Part:
    return Part(field, (field,), lambda v: (bool(v),))


def partial_date(field: str, precision: str, empty: str = "d") -> Part:
    def split(value: PartialDate | None) -> tuple:
        return (value.first, value.precision) if value else (None, empty)

    return Part(field, (field, precision), split)


@dataclass(frozen=True)
class FactSpec:
    """One sheet of facts.

    Args:
        sheet: name of the sheet.
        table: database table.
        subjects: which references a row has: ``person``, ``unit``, or ``either``.
        key: parts that identify a row beside its subjects; ``since`` (dated) or ``on`` (event) may be among them.
        content: the other parts.
        dated: in force for a period, else a fact of one day.
        fillable: columns that may be completed later.
        carried: fields where an empty cell says nothing, instead of "there is none".
        overlap: columns among which a person or unit has one row at a time; None where overlaps are allowed.
        closing_act: whether a row names the act that ended it.
        whose: what a row is called in messages.
    """

    sheet: str
    table: str
    subjects: tuple[str, ...]
    key: tuple[Part, ...]
    content: tuple[Part, ...]
    dated: bool = True
    fillable: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    overlap: tuple[str, ...] | None = None
    closing_act: bool = False
    whose: str = "dữ kiện"

    @property
    def key_columns(self) -> tuple[str, ...]:
        return tuple(c for part in self.key for c in part.columns)

    @property
    def content_columns(self) -> tuple[str, ...]:
        return tuple(c for part in self.content for c in part.columns)


FACTS = (
    FactSpec(
        "Chức vụ",
        "staffing_assignment",
        ("person", "unit"),
        key=(Part("title", ("title_key",), lambda v: (title_key(v),)),),
        content=(
            plain("title"),
            Part("acts", ("acts",), lambda v: (list(v),)),
            yes_no("concurrent"),
            partial_date("term_until", "term_precision"),
            words("managed_by"),
            words("staff_group"),
        ),
        fillable=frozenset({"staff_group"}),
        carried=frozenset({"staff_group"}),
        overlap=("person_id", "unit_id", "title_key"),
        closing_act=True,
        whose="chức vụ",
    ),
    FactSpec(
        "Đảng viên",
        "party_membership",
        ("person", "unit"),
        key=(),
        content=(
            plain("entry"),
            partial_date("admitted_on", "admitted_precision", ""),
            partial_date("ceremony_on", "ceremony_precision", ""),
            partial_date("official_on", "official_precision", ""),
            words("card_number"),
            words("file_number"),
        ),
        fillable=frozenset(CARRIED),
        carried=frozenset({"admitted_on", "ceremony_on", "official_on", "card_number", "file_number"}),
        overlap=("person_id",),
        closing_act=True,
        whose="sinh hoạt đảng",
    ),
    FactSpec(
        "Thẻ đảng",
        "party_card",
        ("person",),
        key=(),
        content=(plain("form"), words("number")),
        dated=False,
        fillable=frozenset({"number"}),
        whose="thẻ",
    ),
    FactSpec(
        "Huy hiệu Đảng",
        "party_badge",
        ("person",),
        key=(plain("years"),),
        content=(
            Part("on", ("on", "on_precision"), lambda v: (v.first, v.precision)),
            Part("form", ("form",), lambda v: (v or "thuong",)),
            words("number"),
        ),
        dated=False,
        fillable=frozenset({"number"}),
        whose="huy hiệu",
    ),
    FactSpec(
        "Đào tạo",
        "training_enrolment",
        ("person",),
        key=(plain("course"),),
        content=(
            plain("level"),
            words("mode"),
            words("place"),
            words("result"),
            partial_date("ended_on", "ended_precision"),
        ),
        dated=False,
        fillable=frozenset({"mode", "place", "result", "ended_on"}),
        whose="khóa học",
    ),
    FactSpec(
        "Xếp loại",
        "people_grade",
        ("either",),
        key=(plain("period"), plain("basis")),
        content=(plain("points"), plain("grade")),
        dated=False,
        whose="kết quả xếp loại",
    ),
    FactSpec(
        "Khen thưởng",
        "people_award",
        ("either",),
        key=(plain("form"),),
        content=(words("authority"), words("reason")),
        dated=False,
        whose="khen thưởng",
    ),
    FactSpec(
        "Kỷ luật",
        "people_discipline",
        ("person",),
        key=(plain("form"),),
        content=(words("authority"), words("content")),
        whose="kỷ luật",
    ),
    FactSpec(
        "Biên chế",
        "staffing_staffquota",
        ("unit",),
        key=(plain("staff_group"), yes_no("baseline")),
        content=(plain("assigned"),),
        overlap=("unit_id", "staff_group", "baseline"),
        whose="biên chế",
    ),
    FactSpec(
        "Tổng biên chế giao",
        "staffing_quotatotal",
        ("unit",),
        key=(plain("staff_group"),),
        content=(plain("assigned"),),
        overlap=("unit_id", "staff_group"),
        whose="tổng biên chế giao",
    ),
    FactSpec(
        "Chỉ tiêu",
        "organisation_target",
        ("unit",),
        key=(plain("indicator"), plain("period"), words("breakdown")),
        content=(plain("value"),),
        overlap=("unit_id", "indicator", "period", "breakdown"),
        whose="chỉ tiêu",
    ),
    FactSpec(
        "Vị trí việc làm",
        "staffing_jobposition",
        ("unit",),
        key=(plain("code"),),
        content=(
            Part("name", ("name", "name_key"), lambda v: (v, title_key(v))),
            plain("group"),
            words("min_rank"),
            words("max_rank"),
            plain("headcount"),
            words("legal_basis"),
        ),
        overlap=("unit_id", "code"),
        whose="vị trí",
    ),
    FactSpec(
        "Bố trí vị trí việc làm",
        "staffing_placement",
        ("person", "unit"),
        key=(plain("position_code"),),
        content=(yes_no("concurrent"),),
        overlap=("person_id", "unit_id", "position_code"),
        whose="bố trí",
    ),
)
