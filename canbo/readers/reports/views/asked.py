"""What the address of a page asks for, and the page that says why it cannot be answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.day import viewing_day

from .. import scope, screens
from ..choices import READ


def asked(request: Request) -> tuple[str, str]:
    """Unit and period of the address; the reader's own first unit and the year of the viewing day without them."""
    data = request.POST if request.method == "POST" else request.GET
    unit, period = data.get("don_vi", "").strip(), data.get("ky", "").strip()
    if not unit:
        units = scope.starting_points(request.actor, READ, viewing_day(request), limit=1)
        unit = units[0].code if units else ""
    return unit, period or str(viewing_day(request).year)


def choice(request: Request, unit: str, period: str) -> dict[str, object]:
    """What the unit and period pickers show."""
    units = scope.starting_points(request.actor, READ, viewing_day(request), limit=30)
    try:
        span = Span.parse(period)
        chosen = _known(request, unit, span) if unit else None
        below = list(scope.subordinates(chosen.id, span).values())[:60] if chosen else []
    except ValueError:
        span, chosen, below = Span.parse(str(viewing_day(request).year)), None, []
    return {
        "unit": unit,
        "unit_name": chosen.name if chosen else unit,
        "period": period,
        "units": [one for one in units if one.code != unit],
        "below": below,
        "span": span,
        "periods": screens.periods(span.last.year, viewing_day(request).year),
    }


def _known(request: Request, unit: str, span: Span) -> scope.Place | None:
    """The unit of the address, when there is one that the actor may look at in that period."""
    try:
        return scope.place(request.actor, READ, unit, span)
    except (OutOfScope, Refused):
        return None


def refusals(request: Request, refused: Refused, unit: str, period: str, title: str) -> HttpResponse:
    context = {"refusals": refused.violations, "title": title, **choice(request, unit, period)}
    return render(request, "reports/refused.html", context, status=422)
