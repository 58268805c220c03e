"""Committees (TC13, DH) and job positions (BM12 to BM14)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import committees, staffing
from .base import Indicator, Measure, Part, share

_PEOPLE = ("unit", "kind", "sex", "ethnic_group", "age_band", "qualification", "political_theory")
_WHO = (
    "Người giữ chức vụ cấp ủy (Bí thư, Phó Bí thư, Ủy viên Ban Thường vụ, Ủy viên Ban Chấp hành và tên tương đương trong "
    "danh mục) ở chính tổ chức đảng đó trong ngày cuối kỳ; một người ở cấp ủy hai cấp tính ở mỗi cấp một lần"
)


def _seats(code: str, title: str, where: str, added: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        unit="lượt người",
        kind=Kind.STOCK,
        population=committees.SEATS,
        where=where,
        groupings=_PEOPLE,
        definition=f"{_WHO}{added}.",
        certainty="?",
        detail="e.title",
    )


def _part(code: str, title: str, of: str, certainty: str = "news") -> Indicator:
    return Indicator(
        code=code,
        title=title,
        unit="%",
        kind=Kind.RATIO,
        definition=f"{title} trên tổng số cấp ủy viên trong ngày cuối kỳ.",
        parts=(Part(of), Part("TC13")),
        formula=share,
        groupings=("unit", "kind"),
        certainty=certainty,  # type: ignore[arg-type]
    )


COMMITTEES: tuple[Indicator, ...] = (
    _seats("TC13", "Cấp ủy viên các cấp", "", ""),
    _seats("TC13A", "Cấp ủy viên là nữ", "r.sex = 'nu'", ", là nữ"),
    _seats(
        "TC13B", "Cấp ủy viên trẻ", "r.born_on > %(young_after)s::date", ", dưới tuổi trẻ của bộ quy tắc ngày cuối kỳ"
    ),
    _seats(
        "TC13C",
        "Cấp ủy viên người dân tộc thiểu số",
        "COALESCE(r.ethnic_group, '') NOT IN ('', 'Kinh')",
        ", dân tộc khác Kinh",
    ),
    _seats("TC13D", "Ủy viên Ban Thường vụ các cấp", "e.standing", ", ở Ban Thường vụ"),
    Indicator(
        code="TC13E",
        title="Tổ chức đảng có cấp ủy",
        unit="tổ chức",
        kind=Kind.STOCK,
        population=committees.COMMITTEES,
        groupings=("unit", "kind"),
        definition="Tổ chức đảng có ít nhất một người giữ chức vụ cấp ủy trong ngày cuối kỳ.",
        certainty="?",
        detail="e.members || ' người'",
    ),
    Indicator(
        code="TC14",
        title="Cấp ủy viên bổ sung trong kỳ",
        unit="lượt người",
        kind=Kind.FLOW,
        population=committees.SEATED,
        groupings=("unit", "kind", "act", "sex"),
        definition="Người bắt đầu ở cấp ủy trong kỳ, hôm trước chưa ở cấp ủy ấy; kể cả người trúng cử ở đại hội.",
        certainty="?",
        detail="array_to_string(e.acts, ', ') || ': ' || e.title",
    ),
    _part("DH05", "Tỷ lệ cấp ủy viên nữ", "TC13A"),
    _part("DH06", "Tỷ lệ cấp ủy viên trẻ", "TC13B"),
    _part("CB11", "Tỷ lệ cấp ủy viên người dân tộc thiểu số", "TC13C", "?"),
)

_LISTED = ("unit", "position_group")
_NAMED = "e.code || ' ' || e.name"

POSITIONS: tuple[Indicator, ...] = (
    Indicator(
        code="BM12",
        title="Vị trí việc làm được phê duyệt",
        unit="vị trí",
        kind=Kind.STOCK,
        population=committees.POSITIONS,
        groupings=_LISTED,
        definition="Vị trí việc làm trong danh mục có hiệu lực trong ngày cuối kỳ.",
        detail=_NAMED,
    ),
    Indicator(
        code="BM12A",
        title="Số lượng người theo vị trí việc làm",
        unit="người",
        kind=Kind.STOCK,
        population=committees.POSITIONS,
        measure=Measure("sum", "e.headcount"),
        groupings=_LISTED,
        definition="Tổng số lượng người được duyệt của các vị trí việc làm có hiệu lực trong ngày cuối kỳ.",
        certainty="?",
        detail=f"{_NAMED} || ': ' || e.headcount",
    ),
    Indicator(
        code="BM12B",
        title="Vị trí việc làm còn khuyết",
        unit="vị trí",
        kind=Kind.STOCK,
        population=committees.POSITIONS,
        where="e.held < e.headcount",
        groupings=_LISTED,
        definition="Vị trí việc làm có số người đã bố trí ít hơn số lượng được duyệt trong ngày cuối kỳ.",
        certainty="?",
        detail=f"{_NAMED} || ': ' || e.held || '/' || e.headcount",
    ),
    Indicator(
        code="BM13A",
        title="Vị trí việc làm có bản mô tả và khung năng lực",
        unit="vị trí",
        kind=Kind.STOCK,
        population=committees.POSITIONS,
        where="e.described",
        groupings=_LISTED,
        definition="Vị trí việc làm có bản mô tả đang có hiệu lực trong ngày cuối kỳ.",
        detail=_NAMED,
    ),
    Indicator(
        code="BM13",
        title="Tỷ lệ vị trí có bản mô tả và khung năng lực",
        unit="%",
        kind=Kind.RATIO,
        definition="Vị trí có bản mô tả đang có hiệu lực trên tổng số vị trí được phê duyệt trong ngày cuối kỳ.",
        parts=(Part("BM13A"), Part("BM12")),
        formula=share,
        groupings=_LISTED,
    ),
    Indicator(
        code="BM14",
        title="Người có mặt theo ngạch",
        unit="người",
        kind=Kind.STOCK,
        population=staffing.HOLDERS,
        where="e.staff AND COALESCE(r.rank, '') <> ''",
        measure=Measure("persons"),
        groupings=("unit", "rank", "sex", "age_band"),
        definition="Người có chức vụ chính ở cơ quan, đơn vị trong ngày cuối kỳ và hồ sơ ngày ấy có ghi ngạch.",
        certainty="?",
        detail="r.rank",
    ),
)
