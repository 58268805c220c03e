"""Reports as they read today."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.files import download

from .. import actions, drafting, paper, queries, scope, screens, statistics
from ..choices import ISSUE, READ, WRITE
from ..document import Words
from ..forms import IssueForm, violations
from ..shapes import shapes
from .asked import asked, choice, refusals


def reports(request: Request) -> HttpResponse:
    """Which reports and forms there are, how far each is for the unit and period, and what was issued."""
    unit, period = asked(request)
    try:
        latest = drafting.latest(request.actor, unit, period) if unit else {}
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    context = {
        "kinds": [(one, *latest.get(one.kind, (None, None))) for one in shapes().values()],
        "forms": statistics.shapes().values(),
        "issues": [(one, shapes()[one.kind].title) for one in drafting.recent_issues(request.actor)],
        "query": urlencode({"don_vi": unit, "ky": period}),
        **choice(request, unit, period),
    }
    return render(request, "reports/reports.html", context)


def report_units(request: Request) -> HttpResponse:
    """Units by a piece of their name, each leading to the page that asked, or to the reports."""
    unit, period = asked(request)
    back = request.GET.get("ve", "")
    back = back if back.startswith(("/bao-cao/", "/chi-tieu/", "/bieu-thong-ke/", "/bien-che/")) else reverse("reports")
    text = request.GET.get("tim", "").strip()
    try:
        found = scope.find(request.actor, READ, text, queries.span(period)) if text else []
    except Refused as refused:
        return refusals(request, refused, unit, period, "Tìm đơn vị")
    links = [(one, f"{back}?{urlencode({'don_vi': one.code, 'ky': period})}") for one in found]
    template = "reports/found_units.html" if "HX-Request" in request.headers else "reports/unit_search.html"
    return render(request, template, {"links": links, "text": text, **choice(request, unit, period)})


def report(request: Request, kind: str) -> HttpResponse:
    """A report as it reads today, with the places for the writer's words."""
    unit, period = asked(request)
    try:
        document = drafting.document(request.actor, kind, unit, period)
        head = drafting.head(request.actor, document, today())
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    issues = list(drafting.issues(request.actor, kind, unit, period))
    context = {
        **choice(request, unit, period),
        "document": document,
        "head": head,
        "number": "",
        "issue": None,
        "span": queries.span(period),
        "parts": screens.shown(document),
        "issues": issues,
        "may_write": request.actor.may(WRITE),
        "may_issue": request.actor.may(ISSUE),
        "editing": request.GET.get("soan", ""),
        "missing": sum(1 for block in document.blocks if isinstance(block, Words) and not block.lines),
        "form": IssueForm(initial={"ngay": head.dated, **head.remembered()}),
        "query": urlencode({"don_vi": unit, "ky": period}),
    }
    return render(request, "reports/report.html", context)


@require_POST
def write_words(request: Request, kind: str) -> HttpResponse:
    """Keeps the words at one place and returns to it."""
    unit, period = asked(request)
    where = request.POST.get("cho", "")
    try:
        actions.write_words(
            request.actor, kind=kind, unit=unit, period=period, place=where, text=request.POST.get("loi", "")
        )
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    return redirect(f"{reverse('report', args=[kind])}?{urlencode({'don_vi': unit, 'ky': period})}#{where}")


@require_POST
def issue_report(request: Request, kind: str) -> HttpResponse:
    """Issues a report as it stands now."""
    unit, period = asked(request)
    form = IssueForm(request.POST)
    try:
        request.actor.require(ISSUE)
        usual = drafting.usual_head(request.actor, unit, period, today())
    except Refused as refused:
        return refusals(request, refused, unit, period, "Phát hành báo cáo")
    if not form.is_valid():
        wrong = [v for errors in form.errors.as_data().values() for error in errors for v in violations(error)]
        return refusals(request, Refused(wrong), unit, period, "Phát hành báo cáo")
    try:
        made = actions.issue(
            request.actor, kind=kind, unit=unit, period=period, issued_at=now(), **form.to_issue(usual)
        )
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    messages.success(
        request, "Đã phát hành báo cáo. Bản này được giữ nguyên; số liệu sửa về sau sẽ hiện thành chênh lệch."
    )
    return redirect("issue", made.pk)


def report_file(request: Request, kind: str, ending: str) -> HttpResponse:
    """The draft as a file."""
    unit, period = asked(request)
    try:
        document = drafting.document(request.actor, kind, unit, period)
        content = paper.written(f"x.{ending}", document, drafting.head(request.actor, document, today()))
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    return download(content, f"{kind}-{document.unit}-{document.period}", ending)
