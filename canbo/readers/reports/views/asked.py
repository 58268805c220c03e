"""What the address of a page asks for, and the page that says why it cannot be answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.day import viewing_day

from .. import scope
from ..choices import READ

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def asked(request: Request) -> tuple[str, str]:
    """Unit and period of the address; the reader's own first unit and the year of the viewing day without them."""
    data = request.POST if request.method == "POST" else request.GET
    unit, period = data.get("don_vi", "").strip(), data.get("ky", "").strip()
    if not unit:
        units = scope.starting_points(request.actor, READ, viewing_day(request), limit=1)
        unit = units[0].code if units else ""
    return unit, period or str(viewing_day(request).year)


def choice(request: Request, unit: str, period: str) -> dict[str, object]:
    return {"unit": unit, "period": period, "units": scope.starting_points(request.actor, READ, viewing_day(request))}


def refusals(request: Request, refused: Refused, unit: str, period: str, title: str) -> HttpResponse:
    context = {"refusals": refused.violations, "title": title, **choice(request, unit, period)}
    return render(request, "reports/refused.html", context, status=422)


def file(content: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
