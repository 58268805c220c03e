"""Placing people on the positions of a body, many at once; ending or voiding a placement."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.facts.organisation.queries import require_over
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date, parse_date
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.forms import tell

from .. import actions, forms
from ..actions import PlacementLine
from ..choices import WRITE
from ..queries import positions as queries
from .lists import body_of

NAMES = ("person", "position", "concurrent")


def place(request: Request, code: str) -> HttpResponse:
    """A grid of people and positions; rows pasted from a spreadsheet are taken."""
    unit = body_of(request, code)
    found = queries.body_positions(unit, today())
    options = [(p.row.code, f"{p.row.code} · {p.row.name} ({len(p.holders)}/{p.row.headcount})") for p in found]
    rows = forms.rows_typed(request.POST, "bt", NAMES) if request.method == "POST" else []
    faults: list[Violation] = []
    on = request.POST.get("on", format_date(today()))
    if request.method == "POST":
        try:
            day = parse_date(on).first
            lines = [PlacementLine(r["person"], r["position"], bool(r["concurrent"])) for r in rows]
            placed = actions.place(request.actor, unit=unit, lines=lines, on=day)
        except ValueError as error:
            faults = [Violation("PLACEMENT-DAY", f"{error}.", "on", fix="Ghi ngày dd/mm/yyyy.")]
        except Refused as refused:
            faults = refused.violations
        else:
            messages.success(request, f"Đã bố trí {len(placed)} người từ ngày {format_date(day)}.")
            return redirect("position_body", unit.code)
    context = {
        "unit": unit,
        "positions": found,
        "grid": forms.placement_grid(rows, options),
        "refused": faults,
        "on": on,
        "waiting": queries.unplaced(unit, today()),
    }
    return render(request, "staffing/placing.html", context)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Ends a placement from a day on, or voids one recorded wrongly."""
    request.actor.require(WRITE)
    row = queries.placement_by_id(request.actor, pk)
    if row is None:
        raise Http404
    require_over(request.actor, WRITE, row.unit_id, today())
    try:
        if request.POST.get("lam") == "huy":
            actions.void_placement(request.actor, placement=row, on=today(), reason=request.POST.get("reason", ""))
            messages.success(request, f"Đã hủy hiệu lực việc bố trí {row.person}.")
        else:
            actions.displace(request.actor, placement=row, on=parse_date(request.POST.get("on", "")).first)
            messages.success(request, f"{row.person} thôi bố trí ở vị trí {row.position_code}.")
    except ValueError:
        messages.error(request, "Ngày thôi bố trí không đọc được. Ghi dd/mm/yyyy.")
    except Refused as refused:
        tell(request, refused)
    position = queries.position_at(row.unit_id, row.position_code, today())
    return redirect("position", position.pk) if position else redirect("position_body", row.unit.code)
