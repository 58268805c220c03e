"""A unit's page, and the tree of units."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.ui.context import in_panel

from ..queries import tree as trees
from ..queries import unit as units

DEEPEST = 20


def page(request: Request, code: str) -> HttpResponse:
    """The unit with a code on the viewing day."""
    found = units.unit_page(request.actor, code, today(), request.day)
    panel = in_panel(request)
    inside = urlencode({"don_vi": found.unit.code})
    context = {
        "page": found,
        "unit": found.unit,
        "panel": panel,
        "reads": [code for code in ("party.read", "staffing.read") if request.actor.may(code)],
        "members_url": f"{reverse('party_list')}?{inside}",
        "staff_url": f"{reverse('assignments_list')}?{inside}",
        "units_url": f"{reverse('units_list')}?{inside}",
        "due": units.due_here(found, request.actor, today()) if found.version else [],
        "decisions": [] if panel else units.decisions_about(found),
    }
    return render(request, "profiles/unit.html", context)


def tree(request: Request) -> HttpResponse:
    """The tree of the viewing day; ``mo`` names the units that are open, ``nhanh`` asks for one branch alone."""
    code = request.GET.get("nhanh", "")
    if code:
        level = request.GET.get("cap", "1")
        depth = min(int(level), DEEPEST) if level.isdecimal() else 1
        rows = trees.branch(request.actor, code, request.day, depth)
        return render(request, "profiles/tree_rows.html", {"rows": rows, "opened": []})
    opened = request.GET.getlist("mo")
    rows = trees.branches(request.actor, request.day, opened)
    return render(request, "profiles/tree.html", {"rows": rows, "opened": opened})
