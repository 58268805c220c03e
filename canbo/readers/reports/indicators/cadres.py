"""Acts on cadres (CB)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import events, staffing
from ..populations.staffing import RELIEVING, sql_list
from .base import PEOPLE, Indicator, Measure

_GROUPINGS = (*PEOPLE, "act", "managed_by")
_DETAIL = "array_to_string(e.acts, ', ') || ': ' || e.title"


def _act(code: str, title: str, acts: tuple[str, ...], **more: object) -> Indicator:
    words = " hoặc ".join(acts)
    settings: dict[str, object] = {"population": staffing.OPENED, "measure": Measure("persons")} | more
    return Indicator(
        code=code,
        title=title,
        unit="người",
        kind=Kind.FLOW,
        where=f"e.acts && {sql_list(acts)}",
        groupings=_GROUPINGS,
        definition=f"Người có quyết định {words} có hiệu lực trong kỳ. Hai hành vi của một quyết định với một người "
        "và một chức vụ là một trường hợp của hành vi ghép, tính một lần.",
        detail=_DETAIL,
        **settings,  # type: ignore[arg-type]
    )


CADRES: tuple[Indicator, ...] = (
    Indicator(
        code="CB01",
        title="Cán bộ có ghi diện quản lý",
        unit="người",
        kind=Kind.STOCK,
        population=staffing.HOLDERS,
        where="e.managed_by <> ''",
        measure=Measure("persons"),
        groupings=(*PEOPLE, "managed_by"),
        definition="Người đang giữ chức vụ có ghi diện quản lý trong ngày cuối kỳ.",
        certainty="?",
        detail="e.title",
    ),
    _act("CB02", "Bổ nhiệm", ("bổ nhiệm", "bổ nhiệm kiêm nhiệm")),
    _act(
        "CB03",
        "Bổ nhiệm lại, kéo dài thời gian giữ chức vụ",
        ("bổ nhiệm lại", "kéo dài thời gian giữ chức vụ"),
        certainty="?",
    ),
    _act(
        "CB04",
        "Giới thiệu ứng cử, bầu, phê chuẩn",
        ("giới thiệu ứng cử", "giới thiệu tái cử", "bầu cử", "chuẩn y", "phê chuẩn"),
        certainty="?",
    ),
    _act("CB05", "Điều động", ("điều động",)),
    _act("CB06", "Luân chuyển", ("luân chuyển",)),
    _act("CB07", "Biệt phái", ("biệt phái",), certainty="?"),
    _act("CB08", "Miễn nhiệm, từ chức, cho thôi giữ chức vụ", RELIEVING, population=staffing.CLOSED, certainty="?"),
    Indicator(
        code="CB12",
        title="Cán bộ hết thời hạn giữ chức vụ",
        unit="lượt người",
        kind=Kind.FLOW,
        population=staffing.TERMS,
        groupings=("unit", "sex", "managed_by"),
        definition="Chức vụ đang giữ có thời hạn kết thúc trong kỳ.",
        certainty="?",
        detail="e.title",
    ),
    Indicator(
        code="CB17",
        title="Cán bộ, đảng viên bị kỷ luật",
        unit="lượt người",
        kind=Kind.FLOW,
        population=events.DISCIPLINE,
        groupings=("unit", "sex", "form", "authority"),
        definition="Kỷ luật bắt đầu có hiệu lực trong kỳ.",
        certainty="?",
        detail="e.form",
    ),
    _act("CB18", "Tuyển dụng, tiếp nhận", ("tuyển dụng", "tiếp nhận"), certainty="?"),
    _act("CB19", "Chỉ định, chuẩn y", ("chỉ định", "chuẩn y"), source="Báo cáo tổng kết năm của các tỉnh, thành ủy"),
    _act(
        "CB20",
        "Phân công, phân công lại nhiệm vụ",
        ("phân công",),
        source="Báo cáo tổng kết năm của các tỉnh, thành ủy",
    ),
    Indicator(
        code="CB21",
        title="Trường hợp quyết định về cán bộ",
        unit="trường hợp",
        kind=Kind.FLOW,
        population=staffing.DECIDED,
        groupings=_GROUPINGS,
        definition="Mọi trường hợp bắt đầu giữ chức vụ, và thôi giữ chức vụ theo quyết định miễn nhiệm, từ chức, "
        "cho thôi giữ chức vụ, có hiệu lực trong kỳ; hai hành vi của một quyết định với một người và một chức vụ "
        "là một trường hợp.",
        source="Báo cáo tổng kết năm của các tỉnh, thành ủy",
        detail=_DETAIL,
    ),
)
