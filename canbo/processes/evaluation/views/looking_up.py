"""Suggestions while a person, a unit or a decision is typed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from canbo.facts.decisions import queries as decisions
from canbo.facts.organisation import queries as organisation
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date

from ..choices import READ

MOST = 12


def lookup(request: Request) -> HttpResponse:
    """Up to twelve rows whose name or number begins or holds what is typed, in the reader's scope."""
    request.actor.require(READ)
    kind, text = request.GET.get("loai", ""), request.GET.get("q", "").strip()[:100]
    rows: list[dict[str, str]] = []
    if len(text) < 2:
        return JsonResponse({"rows": rows})
    if kind == "unit":
        units = organisation.search(request.actor, text, today(), limit=MOST)
        rows = [{"value": unit.code, "label": unit.name} for unit in units]
    elif kind == "person":
        found = decisions.suggestions(request.actor, "person", text, today(), limit=MOST)
        rows = [{"value": one.code, "label": f"{one.name}, {one.place}" if one.place else one.name} for one in found]
    elif kind == "decision":
        known = decisions.search(request.actor, text, today(), limit=MOST)
        rows = [{"value": f"{d.number} ngày {format_date(d.issued_on)}", "label": d.abstract[:90]} for d in known]
    return JsonResponse({"rows": rows})
