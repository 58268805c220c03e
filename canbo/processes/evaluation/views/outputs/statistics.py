"""Statistics of results, with the signs of formality, and the rows behind each number."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request

from ...actions.sendings import take_out
from ...choices import READ
from ...queries import outputs
from ...queries.outputs import Chosen, statistics
from ...queries.outputs.behind import NO_GRADE, behind
from ...queries.outputs.capping import at_cap
from ...queries.outputs.figures import Counts, PeriodFigures
from ...queries.outputs.signs import bodies
from ...rules import formality
from . import drawing
from .asked import PAGE, address, page_asked, statistics_asked
from .handing import workbook

Cells = list[tuple[int, str]]


def index(request: Request) -> HttpResponse:
    """Grades by group, unit and period; tracks compared; grades beside discipline; signs of formality."""
    request.actor.require(READ)
    chosen = statistics_asked(request)
    known = outputs.choices(request.actor)
    if chosen is None:
        return render(request, "evaluation/outputs/statistics.html", {"chosen": None, "known": known})
    counts = statistics.whole(chosen)
    periods = statistics.series(chosen)
    parts = statistics.by_unit(chosen)
    signs = _signs(chosen, periods)
    context: dict[str, Any] = {
        "chosen": chosen,
        "known": known,
        "counts": counts,
        "charts": [
            chart
            for chart in (
                drawing.grades(chosen, counts),
                drawing.means(chosen, periods),
                drawing.best_share(chosen, periods),
                drawing.units(chosen, parts),
            )
            if chart is not None
        ],
        "groups": [(one, _cells(chosen, one, nhom=one.key)) for one in statistics.by_group(chosen)],
        "parts": [(one, _below(chosen, one), _cells(chosen, one, **drawing.part(one))) for one in parts],
        "reasons": statistics.not_graded_reasons(chosen),
        "tracks": _tracks(chosen, known),
        "regraded": statistics.regraded(chosen),
        "regraded_url": address("evaluation_behind", chosen, thay=1),
        "disciplined": _disciplined(chosen),
        "signs": [(sign, _bodies(chosen, sign)) for sign in signs],
        "signs_chart": drawing.formality(chosen, signs),
    }
    return render(request, "evaluation/outputs/statistics.html", context)


def rows(request: Request) -> HttpResponse:
    """The sheets a number counted; as a workbook with ``xuat=xlsx``."""
    request.actor.require(READ)
    chosen = statistics_asked(request)
    if chosen is None:
        return render(request, "evaluation/outputs/statistics.html", {"chosen": None, "known": []})
    found = behind(chosen, request.GET.dict())
    if request.GET.get("xuat") == "xlsx":
        lines = outputs.lines(found)
        take_out(request.actor, what="dòng thống kê", cycle=chosen.cycle, unit=chosen.unit, rows=len(lines))
        return workbook("Các dòng đánh giá", HEADERS, (_row(chosen, line) for line in lines))
    page = Paginator(found, PAGE).get_page(page_asked(request))
    context = {
        "chosen": chosen,
        "page": page,
        "lines": outputs.lines(page.object_list),
        "grades": dict(chosen.grades),
        "asked": _asked(chosen, request),
        "back": address("evaluation_statistics", chosen),
    }
    return render(request, "evaluation/outputs/behind.html", context)


HEADERS = (
    ("Họ và tên, tên tập thể", "text"),
    ("Đơn vị", "text"),
    ("Chức vụ, chức danh", "text"),
    ("Điểm chung", "number"),
    ("Điểm kết quả", "number"),
    ("Tổng điểm", "number"),
    ("Tự xếp loại", "text"),
    ("Đề xuất", "text"),
    ("Mức xếp loại", "text"),
    ("Lý do", "text"),
)


def _row(chosen: Chosen, line: outputs.Line) -> tuple[Any, ...]:
    words = dict(chosen.grades)
    said = (words.get(key, key) for key in (line.sheet.self_grade, line.proposed, line.grade))
    return (line.name, line.sheet.unit.name, line.sheet.title, line.common, line.points, line.total, *said, line.reason)


def _signs(chosen: Chosen, periods: list[PeriodFigures]) -> list[formality.Sign]:
    limits = formality.thresholds(chosen.last, chosen.book.unit_codes)
    found = list(formality.signs(bodies(chosen, at_cap(chosen)), limits))
    found.append(formality.no_failure([(one.period, one.graded, one.lowest) for one in periods], limits))
    return found


def _bodies(chosen: Chosen, sign: formality.Sign) -> list[tuple[formality.Body, int | None, str]]:
    """Bodies with the number that shows the sign and the address of its rows."""
    made = []
    for body in sign.bodies:
        number = getattr(body, sign.key, None)
        more = {"dau_hieu": sign.key, "co_quan": body.key or ""}
        if sign.key == formality.IDENTICAL:
            more["diem"] = body.total.replace(".", "").replace(",", ".")
        shown = number if isinstance(number, int) and not isinstance(number, bool) else None
        made.append((body, shown, address("evaluation_behind", chosen, **more)))
    return made


def _cells(chosen: Chosen, counts: Counts, **more: str) -> Cells:
    keys = [key for key, _ in chosen.grades]
    cells = [(counts.of(key), address("evaluation_behind", chosen, muc=key, **more)) for key in keys]
    waiting = counts.total - counts.graded
    return [*cells, (waiting, address("evaluation_behind", chosen, muc=NO_GRADE, **more))]


def _below(chosen: Chosen, counts: Counts) -> str:
    """The statistics of one of the units; empty for the chosen one itself."""
    if counts.own:
        return ""
    return address("evaluation_statistics", chosen).partition("&don_vi")[0] + f"&don_vi={counts.key}"


def _tracks(chosen: Chosen, known: list[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """For each other rulebook of the period: a table of grades here by grades there."""
    titles = {rulebook: title for rulebook, title, _ in known}
    found: dict[str, dict[tuple[str, str], int]] = {}
    for other, here, there, number in statistics.tracks(chosen):
        found.setdefault(other, {})[here, there] = number
    made = []
    for other, cells in found.items():
        columns = sorted({there for _, there in cells})
        same = sum(number for (here, there), number in cells.items() if here == there)
        table = [
            (
                words,
                [
                    (
                        cells.get((key, there), 0),
                        address("evaluation_behind", chosen, muc=key, khac=other, muc_khac=there),
                    )
                    for there in columns
                ],
            )
            for key, words in chosen.grades
        ]
        made.append(
            {
                "title": titles.get(other, other),
                "columns": columns,
                "rows": table,
                "same": same,
                "all": sum(cells.values()),
            }
        )
    return made


def _disciplined(chosen: Chosen) -> list[tuple[str, int, str]]:
    found = statistics.disciplined(chosen)
    words = {**dict(chosen.grades), "": "Chưa xếp loại"}
    order = [key for key, _ in chosen.grades]
    keys = sorted(found, key=lambda key: order.index(key) if key in order else len(order))
    return [
        (words.get(key, key), found[key], address("evaluation_behind", chosen, muc=key or NO_GRADE, ky_luat=1))
        for key in keys
    ]


def _asked(chosen: Chosen, request: Request) -> str:
    """What the rows have in common, in words."""
    get, words = request.GET, dict(chosen.grades)
    parts = []
    if grade := get.get("muc", ""):
        parts.append("chưa xếp loại" if grade == NO_GRADE else words.get(grade, grade))
    if group := get.get("nhom", ""):
        known = chosen.book.groups.get(group)
        parts.append(known.title if known else group)
    if get.get("dau_hieu"):
        parts.append("dấu hiệu cần xem lại")
    if get.get("thay"):
        parts.append("được xếp loại lại")
    if get.get("ky_luat"):
        parts.append("bị kỷ luật trong kỳ")
    if get.get("khac"):
        parts.append(f"có kết quả theo bộ quy tắc khác: {get.get('muc_khac', '')}")
    return "; ".join(parts) or "tất cả"
