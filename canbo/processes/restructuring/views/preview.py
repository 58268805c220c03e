"""What a plan would do, in plain words and row by row; what should be looked at before anybody signs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today

from ..queries.seeing import FEW, holding, moved_of, names_for, parts_of, people_of, plan_seen
from .common import find, frame, paged

COLUMNS = ("name", "code", "old_name", "before", "parent", "targets", "sources", "message")


def preview(request: Request, pk: int) -> HttpResponse:
    """One part of the plan, page by page, below what all of it would do."""
    case = find(request, pk)
    plan = plan_seen(request.actor, case)
    parts = parts_of(plan)
    wanted = request.GET.get("phan", "")
    part = next((part for part in parts if part.key == wanted), None)
    part = part or next((part for part in parts if part.rows), parts[0])
    text = request.GET.get("q", "").strip()
    page = paged(request, holding(part.rows, text, *COLUMNS))
    codes = [
        code
        for row in page.object_list
        for code in (
            *getattr(row, "targets", ()), *getattr(row, "sources", ()), getattr(row, "parent", None),
            getattr(row, "old_parent", None), getattr(row, "target", None),
        )
    ]  # fmt: skip
    context = {
        "plan": plan, "parts": parts, "part": part, "page": page, "text": text, "moved": moved_of(plan),
        "names": names_for(plan, codes, case.on), **frame(request, case, "restructuring_preview"),
    }  # fmt: skip
    return render(request, "restructuring/preview.html", context)


def findings(request: Request, pk: int) -> HttpResponse:
    """Surplus posts, deputies over the number, people without a post, cells too small or too large …"""
    case = find(request, pk)
    plan = plan_seen(request.actor, case)
    sorts: dict[str, int] = {}
    for finding in plan.findings:
        sorts[finding.code] = sorts.get(finding.code, 0) + 1
    wanted = request.GET.get("loai", "")
    text = request.GET.get("q", "").strip()
    rows = [finding for finding in plan.findings if not wanted or finding.code == wanted]
    page = paged(request, holding(rows, text, "name", "unit", "message"))
    people = people_of(request.actor, page.object_list, today())
    shown = [
        (finding, [people[pk] for pk in finding.persons[:FEW] if pk in people], max(0, len(finding.persons) - FEW))
        for finding in page.object_list
    ]
    opened = {opening.code for opening in plan.openings}
    context = {
        "plan": plan, "page": page, "shown": shown, "sorts": sorts, "wanted": wanted, "text": text,
        "opened": opened, **frame(request, case, "restructuring_findings"),
    }  # fmt: skip
    return render(request, "restructuring/findings.html", context)
