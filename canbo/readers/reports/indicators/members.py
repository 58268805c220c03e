"""Members on a day and their changes (DV, DS)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import events
from ..populations import membership as population
from .base import PEOPLE, Indicator, Measure, Part, share
from .groupings import AGE

OTHER_THAN_KINH = "lower(r.ethnic_group) <> 'kinh'"
RELIGIOUS = "lower(COALESCE(NULLIF(r.religion, ''), 'không')) NOT IN ('không', 'không theo tôn giáo')"
PROBATION = "(e.official_on IS NULL OR e.official_on > e.day)"
MORE = (*PEOPLE, "joined", "occupation", "general_education", "qualification", "political_theory")
_CELL = (
    "CASE WHEN e.official_on IS NULL OR e.official_on > e.day THEN 'Đảng viên dự bị' ELSE 'Đảng viên chính thức' END"
)


def _stock(code: str, title: str, where: str, definition: str, **more: object) -> Indicator:
    settings: dict[str, object] = {"unit": "đảng viên", "groupings": MORE, "detail": _CELL} | more
    return Indicator(
        code=code,
        title=title,
        kind=Kind.STOCK,
        population=population.MEMBERS,
        where=where,
        definition=definition,
        **settings,  # type: ignore[arg-type]
    )


def _flow(code: str, title: str, where: str, definition: str, counted: object, **more: object) -> Indicator:
    settings: dict[str, object] = {"unit": "đảng viên", "groupings": PEOPLE, "population": counted} | more
    return Indicator(code=code, title=title, kind=Kind.FLOW, where=where, definition=definition, **settings)  # type: ignore[arg-type]


MEMBERS: tuple[Indicator, ...] = (
    _stock(
        "DV01",
        "Tổng số đảng viên",
        "",
        "Người có sinh hoạt đảng có hiệu lực trong ngày cuối kỳ, cả dự bị và chính thức.",
        cells=("1-BTCTW/D", "3-BTCTW/I", "4-BTCTW/I", "5-BTCTW/đảng viên"),
    ),
    _stock(
        "DV02",
        "Đảng viên dự bị",
        PROBATION,
        "Đảng viên chưa có ngày chính thức, hoặc ngày chính thức sau ngày cuối kỳ.",
    ),
    _stock("DV03", "Đảng viên nữ", "r.sex = 'nu'", "Đảng viên nữ trong ngày cuối kỳ.", cells=("3-BTCTW/Nữ",)),
    Indicator(
        code="DV04",
        title="Tỷ lệ đảng viên nữ",
        unit="%",
        kind=Kind.RATIO,
        definition="Đảng viên nữ trên tổng số đảng viên trong ngày cuối kỳ.",
        parts=(Part("DV03"), Part("DV01")),
        formula=share,
        groupings=("unit", "ethnic_group", "religion", "age_band"),
    ),
    _stock(
        "DV05",
        "Đảng viên là người dân tộc thiểu số",
        OTHER_THAN_KINH,
        "Đảng viên thuộc dân tộc khác dân tộc Kinh, theo hồ sơ trong ngày cuối kỳ.",
        cells=("4-BTCTW/I",),
    ),
    _stock(
        "DV06",
        "Đảng viên theo tôn giáo",
        RELIGIOUS,
        "Đảng viên có ghi tôn giáo trong hồ sơ. Chỉ tổng hợp; danh sách chỉ mở cho người được xem phần nhạy cảm.",
        sensitive=True,
        cells=("3-BTCTW/tôn giáo", "4-BTCTW/II"),
    ),
    _stock(
        "DV08",
        "Tuổi đời bình quân của đảng viên",
        "r.born_on IS NOT NULL",
        "Trung bình số tuổi tròn của đảng viên tính đến ngày cuối kỳ.",
        unit="tuổi",
        measure=Measure("mean", AGE),
        certainty="?",
        groupings=("unit", "sex", "ethnic_group"),
        cells=("3-BTCTW/tuổi bình quân",),
    ),
    _stock(
        "DV09",
        "Tuổi đảng bình quân",
        "COALESCE(e.admitted_on, e.ceremony_on) IS NOT NULL",
        "Trung bình số năm tròn từ ngày quyết định kết nạp (nếu không có thì ngày kết nạp) đến ngày cuối kỳ; "
        "chưa trừ thời gian gián đoạn.",
        unit="năm",
        measure=Measure(
            "mean",
            "date_part('year', age(e.day::timestamp, COALESCE(e.admitted_on, e.ceremony_on)::timestamp))::int",
        ),
        certainty="?",
        groupings=("unit", "sex"),
    ),
    _flow(
        "DV10",
        "Đảng viên chuyển sinh hoạt đến",
        "",
        "Người bắt đầu sinh hoạt do chuyển đến và ngày hôm trước không sinh hoạt ở nơi nào thuộc đơn vị. "
        "Chuyển giữa hai chi bộ cùng thuộc đơn vị không tính.",
        population.ARRIVALS,
        cells=("1-BTCTW/B2",),
    ),
    _flow(
        "DV11",
        "Đảng viên chuyển sinh hoạt đi",
        "",
        "Người kết thúc sinh hoạt do chuyển đi và ngày hôm sau không sinh hoạt ở nơi nào thuộc đơn vị; "
        "tính vào ngày sau ngày cuối cùng.",
        population.DEPARTURES,
        cells=("1-BTCTW/C5",),
    ),
    *(
        _flow(
            code,
            title,
            "",
            f"{title}: người sang tổ chức kế thừa khi tổ chức cũ kết thúc, và người ở chi bộ đổi cấp trên. Không phải "
            "chuyển sinh hoạt đảng; chuyển giữa hai tổ chức cùng thuộc đơn vị không tính.",
            counted,
            source="Quy ước của phần mềm, để số cuối kỳ bằng số đầu kỳ cộng tăng trừ giảm",
            certainty="?",
            cells=(cell,),
        )
        for code, title, counted, cell in (
            ("DV20", "Đảng viên tăng do sắp xếp tổ chức", population.REORGANISED_IN, "1-BTCTW/B4"),
            ("DV21", "Đảng viên giảm do sắp xếp tổ chức", population.REORGANISED_OUT, "1-BTCTW/C6"),
        )
    ),
    *(
        _flow(
            code,
            title,
            f"e.closing_act = '{act}'",
            f"{title}, tính vào ngày sau ngày sinh hoạt cuối cùng.",
            population.ENDINGS,
            cells=(cell,),
            certainty="?",
        )
        for code, title, act, cell in (
            ("DV12", "Đảng viên từ trần", "tu_tran", "1-BTCTW/C1"),
            ("DV13", "Đảng viên bị khai trừ", "khai_tru", "1-BTCTW/C2"),
            ("DV14", "Đảng viên bị xóa tên", "xoa_ten", "1-BTCTW/C3"),
            ("DV15", "Đảng viên xin ra khỏi Đảng", "ra_khoi_dang", "1-BTCTW/C4"),
        )
    ),
    _flow(
        "DV14A",
        "Đảng viên dự bị bị xóa tên",
        "e.closing_act = 'xoa_ten' AND (e.official_on IS NULL OR e.official_on >= e.day)",
        "Trong số bị xóa tên, người còn là đảng viên dự bị trong ngày sinh hoạt cuối cùng.",
        population.ENDINGS,
        cells=("1-BTCTW/C3a",),
        certainty="?",
    ),
    Indicator(
        code="DV16",
        title="Chênh lệch đối soát đảng viên",
        unit="đảng viên",
        kind=Kind.FLOW,
        population=population.RESIDUAL,
        measure=Measure("sum", "e.weight"),
        groupings=(),
        definition="Số cuối kỳ trừ (số đầu kỳ cộng tăng trừ giảm). Luôn tính và luôn hiện, không bù cho khớp; "
        "mỗi dòng là một người có mặt hoặc vắng mặt mà biến động đã ghi không giải thích được.",
        certainty="?",
        detail="CASE WHEN e.weight > 0 THEN 'Có mặt cuối kỳ mà không ghi việc đến' "
        "ELSE 'Vắng mặt cuối kỳ mà không ghi việc đi' END",
    ),
    _flow(
        "DV17",
        "Phát thẻ đảng viên",
        "",
        "Thẻ đã cấp trong kỳ: phát lần đầu, đổi, cấp lại; tính cho nơi người đó sinh hoạt trong ngày cấp, "
        "nếu không có thì nơi sinh hoạt gần nhất trước đó.",
        events.CARDS,
        unit="thẻ",
        groupings=(*PEOPLE, "form"),
        detail="e.number",
    ),
    _flow(
        "DV19",
        "Phục hồi đảng tịch",
        "e.entry = 'phuc_hoi'",
        "Người được phục hồi, tính vào ngày sinh hoạt trở lại.",
        population.BEGINNINGS,
        cells=("1-BTCTW/B3",),
        source="Biểu 1-BTCTW, mục B.3",
    ),
    _stock(
        "DS01A",
        "Đảng viên đã ghi số định danh cá nhân",
        "who.citizen_id IS NOT NULL",
        "Đảng viên trong ngày cuối kỳ có số định danh cá nhân trong hồ sơ.",
        groupings=("unit",),
    ),
    Indicator(
        code="DS01",
        title="Tỷ lệ đảng viên có số định danh cá nhân",
        unit="%",
        kind=Kind.RATIO,
        definition="Đảng viên đã ghi số định danh cá nhân trên tổng số đảng viên trong ngày cuối kỳ.",
        parts=(Part("DS01A"), Part("DV01")),
        formula=share,
    ),
)
