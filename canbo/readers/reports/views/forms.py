"""Statistical forms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.files import download

from .. import drafting, paper, queries, statistics
from .asked import asked, choice, refusals


def form(request: Request, code: str) -> HttpResponse:
    """A statistical form filled in, with its checks."""
    unit, period = asked(request)
    try:
        filled = statistics.form(request.actor, code, unit, period)
    except Refused as refused:
        return refusals(request, refused, unit, period, "Biểu thống kê")
    context = {
        "form": filled,
        "span": queries.span(period),
        "query": urlencode({"don_vi": unit, "ky": period}),
        **choice(request, unit, period),
    }
    return render(request, "reports/form.html", context)


def form_file(request: Request, code: str, ending: str) -> HttpResponse:
    """A statistical form as a file."""
    unit, period = asked(request)
    try:
        document = statistics.form(request.actor, code, unit, period).as_document()
        content = paper.written(f"x.{ending}", document, drafting.head(request.actor, document, today()))
    except Refused as refused:
        return refusals(request, refused, unit, period, "Biểu thống kê")
    return download(content, f"bieu-{document.kind}-{document.unit}-{document.period}", ending)
