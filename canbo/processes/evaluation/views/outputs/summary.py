"""The summary of a unit in a cycle, and the papers and workbooks made of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.rulebooks import NoRuleInForce

from ...actions.sendings import take_out
from ...choices import MANAGE, READ, Step
from ...models import Cycle
from ...papers.whole import KINDS
from ...printing import FORMS, one_file
from ...queries import outputs
from ...queries.cycles import cycle_by_id, cycles, not_graded
from ...queries.outputs import income, lists, statistics
from ...queries.outputs.files import prints
from ...queries.outputs.places import is_party
from ...queries.outputs.sendings import pending
from . import drawing
from .asked import PAGE, address, page_asked, unit_asked
from .handing import file, workbook

PARTY_ONLY = ("chua-kiem-diem", "de-xuat")
SHOWN = 50
EXPORT = "exchange.export"


def index(request: Request) -> HttpResponse:
    """Cycles with what can be taken out of them, and what is due to the national database."""
    request.actor.require(READ)
    page = Paginator(cycles(request.actor, today()), PAGE).get_page(page_asked(request))
    context = {"page": page, "pending": pending(request.actor)[:10], "day": today(), "prints": prints(request.actor)}
    return render(request, "evaluation/outputs/index.html", context)


def summary(request: Request, pk: int) -> HttpResponse:
    """Rows, counts by grade, the cap, who is not graded and why, who is late, who is proposed for a reward."""
    cycle = cycle_by_id(request.actor, pk, today())
    unit = unit_asked(request, cycle)
    if request.GET.get("xuat") == "xlsx":
        return _workbook(request, cycle, unit)
    return _page(request, cycle, unit)


def paper(request: Request, pk: int, kind: str, ending: str) -> HttpResponse:
    """One of the papers of a unit, as Word or PDF."""
    cycle = cycle_by_id(request.actor, pk, today())
    if kind not in KINDS or ending not in ("docx", "pdf"):
        raise Http404
    unit = unit_asked(request, cycle) or cycle.unit
    try:
        made = KINDS[kind][1](request.actor, cycle, unit)
        content = one_file(made, ending)
    except Refused as refused:
        return _page(request, cycle, unit, refused.violations)
    except NoRuleInForce as missing:
        return _page(request, cycle, unit, [Violation("EVAL-PAPER-FORM", str(missing))])
    take_out(request.actor, what=KINDS[kind][0], cycle=cycle, unit=unit)
    return file(content, f"{kind}-{cycle.period}-{unit.code}", ending)


def supplement(request: Request, pk: int) -> HttpResponse:
    """The workbook for the income supplement: grade, coefficient, months."""
    request.actor.require(EXPORT)
    cycle = cycle_by_id(request.actor, pk, today())
    unit = unit_asked(request, cycle)
    try:
        known = income.rates(cycle)
    except NoRuleInForce as missing:
        return _page(request, cycle, unit, [Violation("EVAL-INCOME", str(missing), fix="Đặt hệ số ở bộ quy tắc.")])
    rows = [
        (one.code, one.name, one.unit, one.title, one.period, one.grade, one.coefficient, one.months, one.note)
        for one in income.supplements(request.actor, cycle, unit)
    ]
    take_out(request.actor, what="thu nhập tăng thêm", cycle=cycle, unit=unit, rows=len(rows))
    notes = [
        ("Kỳ", f"{cycle.rulebook_title}, {cycle.span}"),
        ("Phạm vi", (unit or cycle.unit).name),
        *((f"Hệ số {rate.grade}", f"{rate.coefficient:f} · {rate.source}{'' if rate.sure else ' · chưa kiểm chứng'}") for rate in known.values()),
    ]  # fmt: skip
    return workbook(f"Thu nhập tăng thêm {cycle.period}", INCOME_HEADERS, rows, notes=notes)


INCOME_HEADERS = (
    ("Mã hồ sơ", "text"),
    ("Họ và tên", "text"),
    ("Đơn vị", "text"),
    ("Chức vụ, chức danh", "text"),
    ("Kỳ", "text"),
    ("Mức xếp loại", "text"),
    ("Hệ số", "number"),
    ("Số tháng", "number"),
    ("Ghi chú", "text"),
)
HEADERS = (
    ("Họ và tên, tên tập thể", "text"),
    ("Đơn vị", "text"),
    ("Chức vụ, chức danh", "text"),
    ("Nhóm tương đồng", "text"),
    ("Điểm chung", "number"),
    ("Điểm kết quả", "number"),
    ("Tổng điểm", "number"),
    ("Mức theo điểm", "text"),
    ("Mức theo điều kiện", "text"),
    ("Tự xếp loại", "text"),
    ("Đề xuất", "text"),
    ("Quyết định", "text"),
    ("Tình trạng", "text"),
    ("Ghi chú", "text"),
)


def _workbook(request: Request, cycle: Cycle, unit: Unit | None) -> HttpResponse:
    found = outputs.lines(outputs.sheets(request.actor, cycle, unit).defer("explanation", "self_scores", "scores"))
    rows = [
        (
            line.name,
            line.sheet.unit.name,
            line.sheet.title,
            line.sheet.cap_group,
            line.common,
            line.points,
            line.total,
            line.by_points,
            line.by_conditions,
            line.sheet.self_grade,
            line.proposed,
            line.grade,
            line.sheet.get_state_display(),
            line.reason,
        )
        for line in found
    ]
    absent = [
        (row.person.name, row.unit.name, row.title, *[""] * 9, "Không xếp loại", row.reason)
        for row in not_graded(request.actor, cycle, today(), unit)
    ]
    take_out(request.actor, what="danh sách tổng hợp", cycle=cycle, unit=unit, rows=len(rows))
    notes = [("Kỳ", f"{cycle.rulebook_title}, {cycle.span}"), ("Phạm vi", (unit or cycle.unit).name)]
    return workbook(f"Tổng hợp {cycle.period}", HEADERS, [*rows, *absent], notes=notes)


def _page(request: Request, cycle: Cycle, unit: Unit | None, refusals: list[Violation] | None = None) -> HttpResponse:
    chosen = lists.of_cycle(request.actor, cycle, unit)
    page = Paginator(outputs.sheets(request.actor, cycle, unit), PAGE).get_page(page_asked(request))
    absent = Paginator(not_graded(request.actor, cycle, today(), unit), SHOWN).get_page(1)
    late = [
        (Step(step).label, rows.count(), outputs.lines(rows[:SHOWN]))
        for step, rows in outputs.late(request.actor, cycle, today(), unit).items()
    ]
    counts, best = statistics.whole(chosen), chosen.grades[0]
    party = is_party(cycle)
    context: dict[str, Any] = {
        "cycle": cycle,
        "unit_code": unit.code if unit else "",
        "unit_query": f"?don_vi={quote(unit.code)}" if unit else "",
        "scope": unit or cycle.unit,
        "page": page,
        "lines": outputs.lines(page.object_list),
        "counts": counts,
        "grades": [
            (words, counts.of(key), address("evaluation_behind", chosen, muc=key)) for key, words in chosen.grades
        ],
        "chart": drawing.grades(chosen, counts) if counts.total else None,
        "caps": lists.groups_under_cap(request.actor, cycle, unit),
        "absent": absent,
        "late": [one for one in late if one[1]],
        "rewards": (counts.of(best[0]), best[1], address("evaluation_behind", chosen, muc=best[0])),
        "statistics": address("evaluation_statistics", chosen),
        "papers": [(kind, title) for kind, (title, _) in KINDS.items() if party or kind not in PARTY_ONLY],
        "forms": FORMS.items(),
        "refusals": refusals or [],
        "may_export": request.actor.may(EXPORT),
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "evaluation/outputs/summary.html", context, status=422 if refusals else 200)
