"""Staff quotas and presence (BM)."""

from __future__ import annotations

from ..choices import Kind
from ..populations import organisation, staffing
from .base import Indicator, Measure, Part, difference, reduction, share

_QUOTA = ("unit", "staff_group")

_GROUP = "CASE WHEN e.staff_group = '' THEN 'chưa rõ nhóm' ELSE e.staff_group END"
_IN = "NOT e.outside"
_PRESENT = "e.staff AND NOT lower(e.staff_group) = ANY(%(outside)s)"
_AGAINST = f"{_GROUP} || ': giao ' || e.assigned || ', có mặt ' || e.present"
_TRAITS = ("unit", "staff_group", "sex", "ethnic_group", "age_band", "qualification", "political_theory")


def _held(code: str, title: str, names: str, definition: str) -> Indicator:
    return Indicator(
        code=code,
        title=title,
        unit="người",
        kind=Kind.STOCK,
        population=staffing.HOLDERS,
        where=f"NOT e.concurrent AND lower(e.staff_group) = ANY(%({names})s)",
        measure=Measure("persons"),
        groupings=("unit", "sex", "ethnic_group", "age_band"),
        definition=definition,
        certainty="?",
        detail="e.title",
    )


STAFF: tuple[Indicator, ...] = (
    Indicator(
        code="BM01",
        title="Biên chế được giao",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.QUOTAS,
        where=_IN,
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Biên chế giao có hiệu lực trong ngày cuối kỳ của đơn vị và mọi đơn vị thuộc nó, không kể người hoạt động "
        "không chuyên trách. Mỗi dòng biên chế nói về chính đơn vị ghi trong dòng; phần tổng biên chế giao chưa phân bổ là "
        "một dòng của đơn vị được giao tổng, nên tổng không bị cộng hai lần.",
        certainty="text",
        detail="CASE WHEN e.unallocated THEN 'chưa phân bổ, ' ELSE '' END || e.staff_group || ': ' || e.assigned",
    ),
    Indicator(
        code="BM01A",
        title="Biên chế chưa phân bổ",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.QUOTAS,
        where=f"{_IN} AND e.unallocated",
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Phần của tổng biên chế giao chưa giao cho đơn vị nào trong ngày cuối kỳ; số âm là phân bổ vượt tổng.",
        certainty="?",
        detail="e.staff_group || ': ' || e.assigned",
    ),
    Indicator(
        code="BM02",
        title="Biên chế có mặt",
        unit="người",
        kind=Kind.STOCK,
        population=staffing.HOLDERS,
        where=_PRESENT,
        measure=Measure("persons"),
        groupings=_TRAITS,
        definition="Người có chức vụ chính (không kiêm nhiệm) ở cơ quan, đơn vị trong ngày cuối kỳ, mỗi người "
        "tính một lần. Chức vụ trong đảng bộ, chi bộ chỉ tính khi chính tổ chức đó được giao biên chế. Nhóm lấy theo dòng "
        "chức vụ, không ghi thì theo nhóm duy nhất được giao cho đơn vị; còn lại là chưa rõ nhóm.",
        detail=f"e.title || ' · ' || {_GROUP}",
    ),
    Indicator(
        code="BM03",
        title="Chênh lệch biên chế giao và có mặt",
        unit="biên chế",
        kind=Kind.RATIO,
        definition="Biên chế giao trừ biên chế có mặt.",
        parts=(Part("BM01"), Part("BM02")),
        formula=difference,
        groupings=_QUOTA,
        certainty="?",
    ),
    Indicator(
        code="BM03A",
        title="Biên chế chưa sử dụng",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.GAPS,
        measure=Measure("sum", "greatest(e.assigned - e.present, 0)"),
        groupings=_QUOTA,
        definition="Cộng số còn thiếu người của từng đơn vị, từng nhóm trong ngày cuối kỳ; nơi thừa không bù cho nơi thiếu. "
        "Đơn vị có người chưa rõ nhóm thì so chung cả đơn vị.",
        certainty="?",
        detail=_AGAINST,
    ),
    Indicator(
        code="BM03B",
        title="Số người vượt biên chế",
        unit="người",
        kind=Kind.STOCK,
        population=staffing.GAPS,
        measure=Measure("sum", "greatest(e.present - e.assigned, 0)"),
        groupings=_QUOTA,
        definition="Cộng số người nhiều hơn biên chế giao của từng đơn vị, từng nhóm trong ngày cuối kỳ.",
        certainty="?",
        detail=_AGAINST,
    ),
    Indicator(
        code="BM04",
        title="Tỷ lệ sử dụng biên chế",
        unit="%",
        kind=Kind.RATIO,
        definition="Biên chế có mặt trên biên chế giao, từng nhóm; không gộp các nhóm vào một tỷ lệ.",
        parts=(Part("BM02"), Part("BM01")),
        formula=share,
        groupings=_QUOTA,
        apart="staff_group",
        certainty="?",
    ),
    Indicator(
        code="BM05A",
        title="Biên chế tại mốc so sánh",
        unit="biên chế",
        kind=Kind.STOCK,
        population=staffing.BASELINES,
        where=_IN,
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Số ghi ở dòng mốc so sánh gần nhất của mỗi đơn vị và nhóm, tính đến ngày cuối kỳ. Mốc của đơn vị đã "
        "kết thúc tính vào đơn vị kế thừa; đơn vị chia cho nhiều nơi thì tính vào cấp trên cuối cùng của nó.",
        certainty="text",
        detail="e.staff_group || ': ' || e.assigned || ', mốc ' || to_char(e.since, 'DD/MM/YYYY')",
    ),
    Indicator(
        code="BM05",
        title="Tỷ lệ giảm biên chế so với mốc",
        unit="%",
        kind=Kind.RATIO,
        definition="Phần giảm của biên chế giao so với mốc so sánh, từng nhóm; không gộp các nhóm vào một tỷ lệ.",
        parts=(Part("BM05A"), Part("BM01")),
        formula=reduction,
        groupings=_QUOTA,
        apart="staff_group",
        certainty="text",
    ),
    Indicator(
        code="BM05B",
        title="Biên chế giao vào ngày đầu kỳ",
        unit="biên chế",
        kind=Kind.FLOW,
        population=staffing.FORMER,
        where=_IN,
        measure=Measure("sum", "e.assigned"),
        groupings=_QUOTA,
        definition="Biên chế giao trong ngày đầu kỳ, đặt vào tổ chức của ngày cuối kỳ: đơn vị đã kết thúc tính vào đơn vị kế "
        "thừa, đơn vị chia cho nhiều nơi tính vào cấp trên cuối cùng. Đơn vị có dòng mốc so sánh đúng ngày ấy thì lấy dòng mốc.",
        certainty="?",
        detail="e.staff_group || ': ' || e.assigned",
    ),
    Indicator(
        code="BM05C",
        title="Tỷ lệ giảm biên chế từ ngày đầu kỳ",
        unit="%",
        kind=Kind.RATIO,
        definition="Phần giảm của biên chế giao ngày cuối kỳ so với ngày đầu kỳ, từng nhóm; kỳ ghi từ ngày mốc đến ngày xem, "
        "ví dụ 2015-04-30..2021-12-31.",
        parts=(Part("BM05B"), Part("BM01")),
        formula=reduction,
        groupings=_QUOTA,
        apart="staff_group",
        certainty="?",
    ),
    _held(
        "BM15",
        "Lao động hợp đồng",
        "contract",
        "Người có chức vụ chính thuộc nhóm hợp đồng lao động trong ngày cuối kỳ.",
    ),
    _held(
        "BM17",
        "Người hoạt động không chuyên trách",
        "part_time",
        "Người có chức vụ chính thuộc nhóm không chuyên trách trong ngày cuối kỳ, ngoài tổng biên chế.",
    ),
    Indicator(
        code="BM09",
        title="Đầu mối trực thuộc",
        unit="đầu mối",
        kind=Kind.STOCK,
        population=organisation.UNITS,
        where="p.depth = 1",
        groupings=("kind",),
        definition="Đơn vị trực thuộc trực tiếp trong ngày cuối kỳ.",
        detail="e.kind",
    ),
)
