"""What is typed about job positions: the list as a grid, who is placed, the description."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from canbo.foundation import rulebooks
from canbo.foundation.ui.fields import VietnameseDateField

from .queries.positions import GROUPS, RANKS
from .rules.positions import FIELDS

MOST_ROWS = 400
COMPETENCIES = "staffing.positions.competencies"
COMPETENCY_GROUPS = (("", ""), ("chung", "Chung"), ("chuyen_mon", "Chuyên môn"), ("quan_ly", "Quản lý"))
TASKS = ("task", "work", "criterion")
ABILITIES = ("group", "name", "level")
RELATIONS = ("managed_by", "manages", "inside", "outside")
REQUIREMENTS = ("education", "theory", "training", "experience", "qualities", "other")
TEXTS = ("purpose", *RELATIONS, "powers", *REQUIREMENTS)


def _words(path: str, day: dt.date) -> list[str]:
    return [row.label for row in rulebooks.current().catalogue(path, on=day)]


def word_lists(day: dt.date) -> dict[str, list[str]]:
    """What the cells of the grids offer, by the id of the list in the page."""
    return {"ds-ngach": _words(RANKS, day), "ds-nang-luc": _words(COMPETENCIES, day)}


def _text(label: str, *, css: str = "", most: int = 300, **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"autocomplete": "off", "class": css, **attrs})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


def _lines(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))


def _grid(
    fields: Mapping[str, forms.Field], prefix: str, rows: Sequence[Mapping[str, Any]], least: int
) -> forms.BaseFormSet:
    """A grid filled with rows, with a few blank ones below."""
    row_form = type("RowForm", (forms.Form,), dict(fields))
    total = min(MOST_ROWS, max(len(rows) + 2, least))
    data = {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows[:MOST_ROWS]):
        data |= {f"{prefix}-{index}-{name}": str(row[name]) for name in fields if row.get(name) not in (None, "")}
    return forms.formset_factory(row_form, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)(data, prefix=prefix)


def position_grid(rows: Sequence[Mapping[str, Any]], day: dt.date) -> forms.BaseFormSet:
    """The list of positions as a grid; cells hold what was typed, sound or not."""
    groups = [("", ""), *((label, label) for label in _words(GROUPS, day))]
    known = {label for label, _ in groups}
    typed = {str(row.get("group", "")) for row in rows} - known
    fields = {
        "code": _text("Mã", css="short"),
        "name": _text("Tên vị trí", css="subject"),
        "group": forms.ChoiceField(
            label="Nhóm", required=False, choices=[*groups, *((word, word) for word in sorted(typed))]
        ),
        "min_rank": _text("Ngạch tối thiểu", css="rank", list="ds-ngach"),
        "max_rank": _text("Ngạch cao nhất (nếu có)", css="rank", list="ds-ngach"),
        "headcount": _text("Số lượng", inputmode="numeric", css="short"),
        "legal_basis": _text("Căn cứ (nếu có)"),
    }
    return _grid(fields, "vt", rows, 6)


def placement_grid(rows: Sequence[Mapping[str, Any]], positions: Sequence[tuple[str, str]]) -> forms.BaseFormSet:
    """Who is to be placed where."""
    fields = {
        "person": _text("Người (mã hồ sơ)", css="subject", list="goi-y-person"),
        "position": forms.ChoiceField(label="Vị trí", required=False, choices=[("", ""), *positions]),
        "concurrent": forms.BooleanField(label="Kiêm nhiệm", required=False),
    }
    return _grid(fields, "bt", rows, 4)


def task_grid(rows: Sequence[Mapping[str, Any]]) -> forms.BaseFormSet:
    """Tasks, the work they consist of, and when it is done."""
    fields = {
        "task": _lines("Nhiệm vụ, mảng công việc"),
        "work": _lines("Công việc cụ thể"),
        "criterion": _lines("Tiêu chí hoàn thành"),
    }
    return _grid(fields, "nv", rows, 4)


def ability_grid(rows: Sequence[Mapping[str, Any]], levels: int) -> forms.BaseFormSet:
    """Competencies, each of a group and at a level."""
    numbers = [("", ""), *((str(n), str(n)) for n in range(1, levels + 1))]
    fields = {
        "group": forms.ChoiceField(label="Nhóm", required=False, choices=COMPETENCY_GROUPS),
        "name": _text("Năng lực", list="ds-nang-luc", css="subject"),
        "level": forms.ChoiceField(label="Cấp độ", required=False, choices=numbers),
    }
    return _grid(fields, "nl", rows, 4)


def rows_typed(data: Mapping[str, str], prefix: str, names: Sequence[str]) -> list[dict[str, str]]:
    """The lines of a grid as they were typed; lines left empty stay out."""
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", "0")), MOST_ROWS)
    except ValueError:
        total = 0
    rows = [{name: data.get(f"{prefix}-{n}-{name}", "").strip() for name in names} for n in range(total)]
    return [row for row in rows if any(row.values())]


def positions_typed(data: Mapping[str, str]) -> list[dict[str, str]]:
    """The lines of a list of positions."""
    return rows_typed(data, "vt", FIELDS)


class DescriptionForm(forms.Form):
    """The texts of a description; its tasks and competencies are grids."""

    purpose = forms.CharField(
        label="Mục tiêu vị trí việc làm", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    managed_by = forms.CharField(label="Được quản lý trực tiếp bởi", required=False, max_length=300)
    manages = forms.CharField(label="Quản lý trực tiếp", required=False, max_length=500)
    inside = forms.CharField(
        label="Quan hệ bên trong", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    outside = forms.CharField(
        label="Quan hệ bên ngoài", required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    powers = forms.CharField(
        label="Phạm vi quyền hạn",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Mỗi quyền hạn một dòng.",
    )
    education = forms.CharField(label="Trình độ đào tạo", required=False, max_length=500)
    theory = forms.CharField(label="Lý luận chính trị", required=False, max_length=300)
    training = forms.CharField(label="Bồi dưỡng, chứng chỉ", required=False, max_length=500)
    experience = forms.CharField(
        label="Kinh nghiệm", required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )
    qualities = forms.CharField(
        label="Phẩm chất cá nhân", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    other = forms.CharField(label="Yêu cầu khác", required=False, max_length=1000)
    on = VietnameseDateField(label="Áp dụng từ ngày", required=False)


def content_typed(data: Mapping[str, str]) -> dict[str, Any]:
    """A description as it was typed."""
    found: dict[str, Any] = {name: data.get(name, "").strip()[:4000] for name in TEXTS}
    found["tasks"] = rows_typed(data, "nv", TASKS)
    found["competencies"] = rows_typed(data, "nl", ABILITIES)
    return found
