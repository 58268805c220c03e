"""By what figures are broken down: the SQL of the key, and how keys are read and ordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from canbo.facts.party.choices import BadgeForm, CardForm
from canbo.facts.staffing.choices import PositionGroup
from canbo.foundation.kernel.text import text_key

from ..rules import AGE_BANDS, age_band

UNKNOWN = "Chưa ghi"
SEXES = {"nam": "Nam", "nu": "Nữ"}
FORMS: dict[str, str] = {str(value): str(label) for value, label in (*CardForm.choices, *BadgeForm.choices)}
FORMS |= {str(CardForm.FIRST): "phát lần đầu"}
"""How a card or a badge was given; rewards and discipline are written in the words of their catalogues."""
POSITION_GROUPS = {str(value): str(label) for value, label in PositionGroup.choices}
BANDS = tuple(age_band(*band) for band in AGE_BANDS)
AGE = "date_part('year', age(e.day::timestamp, r.born_on::timestamp))::int"

# Which direct subordinate a unit lay under on a day, or the unit itself: the ancestor one step below the unit asked.
BRANCH = (
    "JOIN organisation_unitpath branch ON branch.descendant_id = e.unit_id"
    " AND branch.depth = GREATEST(p.depth - 1, 0)"
    " AND branch.valid_from <= e.tree_day AND e.tree_day < branch.valid_to"
)


# Periods of joining the Party that the forms ask for, by the last day of each.
_JOINED = (("truoc-1945", "1945-08-18"), ("1945-1954", "1954-07-20"), ("1954-1975", "1975-04-30"))
JOINED = {
    "truoc-1945": "Trước 19/8/1945",
    "1945-1954": "Từ 19/8/1945 đến 20/7/1954",
    "1954-1975": "Từ 21/7/1954 đến 30/4/1975",
    "tu-1975": "Từ 01/5/1975 đến nay",
}


@dataclass(frozen=True)
class Grouping:
    """One way of breaking a figure down.

    Args:
        key: SQL of the key, over the row ``e``, the dossier ``r`` and, for units, ``branch`` beside the path ``p``.
        join: an extra join the key needs.
        label: how a key reads; units are labelled from the tree instead.
        fixed: keys always listed, in this order.
    """

    name: str
    title: str
    key: str
    join: str = ""
    label: Callable[[str], str] = str
    fixed: tuple[str, ...] = ()

    def order(self, keys: Sequence[str]) -> list[str]:
        """Keys as they are listed: the fixed ones first, numbers by size, words by the Vietnamese alphabet."""
        found = [key for key in keys if key not in self.fixed]
        found.sort(key=lambda key: (key == "", not key.isdigit(), int(key) if key.isdigit() else 0, text_key(key)))
        return [*self.fixed, *found]


def _band_key() -> str:
    # Comparing the day of birth is several times faster over a province than computing every age.
    cases = " ".join(
        f"WHEN r.born_on <= e.day - interval '{low} years' THEN '{age_band(low, high)}'"
        for low, high in reversed(AGE_BANDS)
    )
    return f"CASE WHEN r.born_on IS NULL THEN '' {cases} ELSE 'duoi-18' END"


def _joined_key() -> str:
    day = "COALESCE(e.admitted_on, e.ceremony_on)"
    cases = " ".join(f"WHEN {day} <= DATE '{last}' THEN '{key}'" for key, last in _JOINED)
    return f"CASE WHEN {day} IS NULL THEN '' {cases} ELSE 'tu-1975' END"


def _word(name: str, title: str, column: str) -> Grouping:
    return Grouping(name, title, f"COALESCE({column}, '')", label=lambda key: key or UNKNOWN)


GROUPINGS: dict[str, Grouping] = {
    grouping.name: grouping
    for grouping in (
        Grouping("unit", "đơn vị trực thuộc", "branch.ancestor_id::text", join=BRANCH),
        Grouping("sex", "giới tính", "COALESCE(r.sex, '')", label=lambda k: SEXES.get(k, UNKNOWN), fixed=tuple(SEXES)),
        _word("ethnic_group", "dân tộc", "r.ethnic_group"),
        Grouping(
            "religion",
            "tôn giáo",
            "COALESCE(NULLIF(r.religion, ''), 'Không')",
            label=str,
        ),
        Grouping(
            "age_band",
            "nhóm tuổi",
            _band_key(),
            label=lambda k: {"": UNKNOWN, "duoi-18": "Dưới 18 tuổi", "61+": "Trên 60 tuổi"}.get(
                k, f"Từ {k.replace('-', ' đến ')} tuổi"
            ),
            fixed=BANDS,
        ),
        Grouping(
            "joined",
            "thời gian kết nạp vào Đảng",
            _joined_key(),
            label=lambda k: JOINED.get(k, UNKNOWN),
            fixed=tuple(JOINED),
        ),
        _word("act", "hành vi", "array_to_string(e.acts, ', ')"),
        _word("level", "trình độ", "e.level"),
        _word("mode", "hình thức học", "e.mode"),
        Grouping("badge", "loại Huy hiệu", "e.years::text", label=lambda key: f"{key} năm tuổi Đảng"),
        Grouping("staff_group", "nhóm biên chế", "e.staff_group", label=lambda key: key or "Chưa rõ nhóm"),
        Grouping("form", "hình thức", "COALESCE(e.form, '')", label=lambda key: FORMS.get(key, key) or UNKNOWN),
        _word("authority", "cơ quan quyết định", "e.authority"),
        _word("grade", "mức xếp loại", "e.grade"),
        _word("basis", "căn cứ xếp loại", "e.basis"),
        _word("kind", "loại hình tổ chức", "e.kind"),
        _word("area", "khu vực", "e.area"),
        _word("base_type", "loại hình cơ sở", "e.base_type"),
        _word("managed_by", "diện quản lý", "e.managed_by"),
        _word("rank", "ngạch", "r.rank"),
        Grouping(
            "position_group",
            "nhóm vị trí việc làm",
            "e.position_group",
            label=lambda key: POSITION_GROUPS.get(key, key),
            fixed=tuple(POSITION_GROUPS),
        ),
        _word("political_theory", "trình độ lý luận chính trị", "r.political_theory"),
        _word("qualification", "trình độ chuyên môn", "r.qualification"),
        _word("general_education", "trình độ giáo dục phổ thông", "r.general_education"),
        _word("occupation", "nghề nghiệp", "r.occupation"),
    )
}
