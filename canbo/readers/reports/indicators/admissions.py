"""Admissions and full membership (KN)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import membership as population
from .base import PEOPLE, Indicator, Part, difference, share
from .members import OTHER_THAN_KINH, PROBATION, RELIGIOUS

_FIRST = "e.entry = 'ket_nap'"
_DETAIL = "'Kết nạp ngày ' || to_char(e.day, 'DD/MM/YYYY')"
_MORE = (*PEOPLE, "occupation", "general_education", "qualification")


def _admitted(code: str, title: str, where: str, definition: str, **more: object) -> Indicator:
    settings: dict[str, object] = {"groupings": _MORE, "detail": _DETAIL} | more
    return Indicator(
        code=code,
        title=title,
        unit="đảng viên",
        kind=Kind.FLOW,
        population=population.BEGINNINGS,
        where=where,
        definition=definition,
        **settings,  # type: ignore[arg-type]
    )


ADMISSIONS: tuple[Indicator, ...] = (
    _admitted(
        "KN01",
        "Kết nạp đảng viên",
        _FIRST,
        "Kết nạp lần đầu trong kỳ, tính theo ngày quyết định kết nạp, nếu không có thì theo ngày lễ kết nạp "
        "(đổi được ở thiết lập). Kết nạp lại không tính.",
        cells=("1-BTCTW/B1", "2-BTCTW/I"),
    ),
    Indicator(
        code="KN02",
        title="Tỷ lệ đạt chỉ tiêu kết nạp",
        unit="%",
        kind=Kind.RATIO,
        definition="Kết nạp trong kỳ trên chỉ tiêu giao của kỳ.",
        parts=(Part("KN01"), Part("KN01", plan=True)),
        formula=share,
    ),
    Indicator(
        code="KN03",
        title="Tỷ lệ kết nạp so với tổng số đảng viên đầu kỳ",
        unit="%",
        kind=Kind.RATIO,
        definition="Kết nạp trong kỳ trên tổng số đảng viên ngày liền trước kỳ.",
        parts=(Part("KN01"), Part("DV01", at="opening")),
        formula=share,
    ),
    Indicator(
        code="KN04",
        title="Kết nạp so với cùng kỳ năm trước",
        unit="đảng viên",
        kind=Kind.RATIO,
        definition="Kết nạp trong kỳ trừ kết nạp cùng kỳ năm trước.",
        parts=(Part("KN01"), Part("KN01", at="year_before")),
        formula=difference,
    ),
    _admitted(
        "KN05",
        "Kết nạp là nữ",
        f"{_FIRST} AND r.sex = 'nu'",
        "Trong số kết nạp, người là nữ.",
        cells=("2-BTCTW/Nữ",),
    ),
    _admitted(
        "KN06",
        "Kết nạp là người dân tộc thiểu số",
        f"{_FIRST} AND {OTHER_THAN_KINH}",
        "Trong số kết nạp, người thuộc dân tộc khác dân tộc Kinh.",
        cells=("2B-BTCTW/I",),
    ),
    _admitted(
        "KN07",
        "Kết nạp là người có đạo",
        f"{_FIRST} AND {RELIGIOUS}",
        "Trong số kết nạp, người có ghi tôn giáo. Danh sách chỉ mở cho người được xem phần nhạy cảm.",
        sensitive=True,
        cells=("2-BTCTW/tôn giáo", "2B-BTCTW/II"),
    ),
    Indicator(
        code="KN10",
        title="Chuyển đảng chính thức",
        unit="đảng viên",
        kind=Kind.FLOW,
        population=population.OFFICIAL,
        groupings=PEOPLE,
        definition="Đảng viên có ngày chính thức trong kỳ, tính cho nơi sinh hoạt trong ngày đó.",
        detail="'Chính thức từ ' || to_char(e.official_on, 'DD/MM/YYYY')",
    ),
    Indicator(
        code="KN11",
        title="Dự bị quá hạn chưa xét chuyển chính thức",
        unit="đảng viên",
        kind=Kind.STOCK,
        population=population.MEMBERS,
        where=f"{PROBATION} AND COALESCE(e.ceremony_on, e.admitted_on, e.since) + interval '12 months' < e.day",
        groupings=PEOPLE,
        definition="Đảng viên dự bị đã quá 12 tháng kể từ ngày kết nạp tính đến ngày cuối kỳ.",
        certainty="?",
        detail="'Kết nạp ngày ' || to_char(COALESCE(e.ceremony_on, e.admitted_on, e.since), 'DD/MM/YYYY')",
    ),
    _admitted(
        "KN16",
        "Kết nạp và kết nạp lại",
        "e.entry IN ('ket_nap', 'ket_nap_lai')",
        "Kết nạp lần đầu và kết nạp lại trong kỳ, như Biểu 2-BTCTW cộng chung.",
        cells=("1-BTCTW/B1", "2-BTCTW/I", "2B-BTCTW/I"),
        source="Biểu 2-BTCTW, mục I",
    ),
    _admitted(
        "KN15",
        "Kết nạp lại",
        "e.entry = 'ket_nap_lai'",
        "Kết nạp lại trong kỳ, tính riêng với kết nạp lần đầu.",
        cells=("2-BTCTW/kết nạp lại",),
        source="Biểu 2-BTCTW, mục I",
    ),
)
