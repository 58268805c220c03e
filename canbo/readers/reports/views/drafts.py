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
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.violation import Refused

from .. import actions, drafting, paper, queries, screens, statistics
from ..choices import ISSUE, WRITE
from ..shapes import shapes
from .asked import asked, choice, file, refusals


def reports(request: Request) -> HttpResponse:
    """Which reports and forms there are, and what was issued."""
    unit, period = asked(request)
    context = {
        "kinds": shapes().values(),
        "forms": statistics.shapes().values(),
        "issues": [(one, shapes()[one.kind].title) for one in drafting.recent_issues(request.actor)],
        **choice(request, unit, period),
    }
    return render(request, "reports/reports.html", context)


def report(request: Request, kind: str) -> HttpResponse:
    """A report as it reads today, with the places for the writer's words."""
    unit, period = asked(request)
    try:
        document = drafting.document(request.actor, kind, unit, period)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
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
        **choice(request, unit, period),
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
        return refusals(request, refused, unit, period, "Báo cáo")
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
        content = paper.written(f"x.{ending}", document, paper.default_head(document, today()))
    except Refused as refused:
        return refusals(request, refused, unit, period, "Báo cáo")
    return file(content, f"{kind}-{document.unit}-{document.period}", ending)
