"""Pages of indicators, reports, issues and statistical forms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.violation import NotPermitted, Refused
from canbo.foundation.ui.day import viewing_day

from . import actions, drafting, paper, queries, scope, screens, statistics
from .choices import ISSUE, READ, WRITE
from .document import from_json
from .indicators.groupings import GROUPINGS
from .shapes import shapes

PAGE = 50
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def _asked(request: Request) -> tuple[str, str]:
    """Unit and period of the address; the reader's own first unit and the year of the viewing day without them."""
    data = request.POST if request.method == "POST" else request.GET
    unit, period = data.get("don_vi", "").strip(), data.get("ky", "").strip()
    if not unit:
        units = scope.starting_points(request.actor, READ, viewing_day(request), limit=1)
        unit = units[0].code if units else ""
    return unit, period or str(viewing_day(request).year)


def _choice(request: Request, unit: str, period: str) -> dict[str, object]:
    return {"unit": unit, "period": period, "units": scope.starting_points(request.actor, READ, viewing_day(request))}


def _refusals(request: Request, refused: Refused, unit: str, period: str, title: str) -> HttpResponse:
    context = {"refusals": refused.violations, "title": title, **_choice(request, unit, period)}
    return render(request, "reports/refused.html", context, status=422)


def indicators(request: Request) -> HttpResponse:
    """The catalogue, with the values of one unit and period."""
    unit, period = _asked(request)
    entries = queries.catalogue()
    try:
        values = queries.values(request.actor, [e.code for e in entries], unit, period) if unit else {}
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Chỉ tiêu")
    rows = [(entry, values.get(entry.code), screens.address(entry.code, unit, period)) for entry in entries]
    return render(request, "reports/indicators.html", {"rows": rows, **_choice(request, unit, period)})


def indicator(request: Request, code: str) -> HttpResponse:
    """One figure: what it is, plan, the year before, the line over the years, its parts and its rows."""
    unit, period = _asked(request)
    by = [name for name in [request.GET.get("theo", "")] if name]
    name, _, key = request.GET.get("nhom", "").partition("=")
    group = {name: key} if name else {}
    page = max(1, int(request.GET["trang"]) if request.GET.get("trang", "").isdigit() else 1)
    try:
        one, span = queries.indicator(code), queries.span(period)
        figure = queries.value(request.actor, code, unit, span, by)
        past = queries.series(request.actor, code, unit, screens.years_around(span))
        try:
            rows = queries.rows(request.actor, code, unit, span, group, limit=PAGE + 1, offset=(page - 1) * PAGE)
            closed = False
        except NotPermitted:
            rows, closed = [], True
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Chỉ tiêu")
    context = {
        "one": one,
        "figure": figure,
        "span": span,
        "chart": screens.line(one, past),
        "groups": [(g, screens.address(one.code, unit, period, f"{by[0]}={g.key}")) for g in figure.groups],
        "groupings": [(g, GROUPINGS[g].title) for g in one.groupings],
        "by": by[0] if by else "",
        "group": GROUPINGS[name].label(key) if name in GROUPINGS and name != "unit" else key,
        "rows": rows[:PAGE],
        "page": page,
        "more": len(rows) > PAGE,
        "closed": closed,
        **_choice(request, unit, period),
    }
    return render(request, "reports/indicator.html", context)


def reports(request: Request) -> HttpResponse:
    """Which reports and forms there are, and what was issued."""
    unit, period = _asked(request)
    context = {
        "kinds": shapes().values(),
        "forms": statistics.shapes().values(),
        "issues": [(one, shapes()[one.kind].title) for one in drafting.recent_issues(request.actor)],
        **_choice(request, unit, period),
    }
    return render(request, "reports/reports.html", context)


def report(request: Request, kind: str) -> HttpResponse:
    """A report as it reads today, with the places for the writer's words."""
    unit, period = _asked(request)
    try:
        document = drafting.document(request.actor, kind, unit, period)
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Báo cáo")
    context = {
        "document": document,
        "span": queries.span(period),
        "parts": screens.shown(document),
        "issues": drafting.issues(request.actor, kind, unit, period),
        "may_write": request.actor.may(WRITE),
        "may_issue": request.actor.may(ISSUE),
        "editing": request.GET.get("soan", ""),
        "today": today(),
        "query": urlencode({"don_vi": unit, "ky": period}),
        **_choice(request, unit, period),
    }
    return render(request, "reports/report.html", context)


@require_POST
def write_words(request: Request, kind: str) -> HttpResponse:
    """Keeps the words at one place and returns to it."""
    unit, period = _asked(request)
    where = request.POST.get("cho", "")
    try:
        actions.write_words(
            request.actor, kind=kind, unit=unit, period=period, place=where, text=request.POST.get("loi", "")
        )
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Báo cáo")
    return redirect(f"{reverse('report', args=[kind])}?{urlencode({'don_vi': unit, 'ky': period})}#{where}")


@require_POST
def issue_report(request: Request, kind: str) -> HttpResponse:
    """Issues a report as it stands now."""
    unit, period = _asked(request)
    try:
        dated = parse_date(request.POST.get("ngay") or today()).first
        made = actions.issue(
            request.actor,
            kind=kind,
            unit=unit,
            period=period,
            dated=dated,
            issued_at=now(),
            number=request.POST.get("so", "").strip(),
        )
    except ValueError as error:
        refused = queries.refused("REPORT-DATED", str(error), field="ngay")
        return _refusals(request, refused, unit, period, "Báo cáo")
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Báo cáo")
    messages.success(
        request, "Đã phát hành báo cáo. Bản này được giữ nguyên; số liệu sửa về sau sẽ hiện thành chênh lệch."
    )
    return redirect("issue", made.pk)


def report_file(request: Request, kind: str, ending: str) -> HttpResponse:
    """The draft as a file."""
    unit, period = _asked(request)
    try:
        document = drafting.document(request.actor, kind, unit, period)
        content = paper.written(f"x.{ending}", document, paper.default_head(document, today()))
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Báo cáo")
    return _file(content, f"{kind}-{document.unit}-{document.period}", ending)


def issue(request: Request, pk: int) -> HttpResponse:
    """An issued report as it was, with what the records say otherwise today."""
    frozen = drafting.issue(request.actor, pk)
    document = from_json(frozen.content)
    differences = drafting.differences(request.actor, frozen)
    changed = frozenset(one.id for one in differences)
    context = {
        "issue": frozen,
        "document": document,
        "parts": screens.shown(document, changed),
        "differences": differences,
        "query": urlencode({"don_vi": document.unit, "ky": document.period}),
    }
    return render(request, "reports/issue.html", context)


def issue_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """A file of an issue: docx and pdf byte for byte as issued."""
    frozen = drafting.issue(request.actor, pk)
    kept = {"docx": frozen.docx, "pdf": frozen.pdf}.get(ending)
    document = from_json(frozen.content)
    try:
        content = bytes(kept) if kept else paper.written(f"x.{ending}", document, paper.Head(dated=frozen.dated))
    except Refused as refused:
        return _refusals(request, refused, document.unit, document.period, "Báo cáo")
    return _file(content, f"{frozen.kind}-{document.unit}-{document.period}-{frozen.pk}", ending)


def form(request: Request, code: str) -> HttpResponse:
    """A statistical form filled in, with its checks."""
    unit, period = _asked(request)
    try:
        filled = statistics.form(request.actor, code, unit, period)
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Biểu thống kê")
    context = {
        "form": filled,
        "span": queries.span(period),
        "query": urlencode({"don_vi": unit, "ky": period}),
        **_choice(request, unit, period),
    }
    return render(request, "reports/form.html", context)


def form_file(request: Request, code: str, ending: str) -> HttpResponse:
    """A statistical form as a file."""
    unit, period = _asked(request)
    try:
        document = statistics.form(request.actor, code, unit, period).as_document()
        content = paper.written(f"x.{ending}", document, paper.default_head(document, today()))
    except Refused as refused:
        return _refusals(request, refused, unit, period, "Biểu thống kê")
    return _file(content, f"bieu-{document.kind}-{document.unit}-{document.period}", ending)


def _file(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
