"""How what stands in old units moves: seen and changed unit by unit, kind by kind, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from .. import actions
from ..choices import PREPARE, Rule
from ..models import Restructuring
from ..queries.listed import label_of, listed, picked
from ..queries.seeing import Leaving, holding, leaving, names_for, plan_seen
from ..rules import Move, Plan
from .common import find, frame, paged, told


def index(request: Request, pk: int) -> HttpResponse:
    """Every unit that something leaves, and how it goes."""
    case = find(request, pk)
    plan = plan_seen(request.actor, case)
    rule, text = request.GET.get("cach", ""), request.GET.get("q", "").strip()
    rows = [row for row in leaving(plan) if not rule or any(move.rule == rule for move in row.moves)]
    page = paged(request, holding(rows, text, "name", "code"))
    names = names_for(plan, [move.target for row in page.object_list for move in row.moves], case.on)
    context = {
        "plan": plan, "page": page, "rules": Rule.choices, "rule": rule, "text": text, "names": names,
        **frame(request, case, "restructuring_ways"),
    }  # fmt: skip
    return render(request, "restructuring/ways.html", context)


@dataclass(frozen=True)
class Line:
    """One kind of row that leaves a unit, with what may be chosen for it."""

    move: Move
    given: bool


def unit(request: Request, pk: int, code: str) -> HttpResponse:
    """One unit: a way for each kind, and the list of those who are divided by a list."""
    case = find(request, pk)
    plan = plan_seen(request.actor, case)
    found = _leaving(plan, code)
    targets = _targets(plan, found)
    names = names_for(plan, targets, case.on)
    lists = [move for move in found.moves if move.rule == Rule.LIST]
    kind = request.GET.get("loai", "") or (lists[0].kind if lists else "")
    context: dict[str, Any] = {
        "unit": found,
        "lines": [
            Line(move, (code, move.kind) in plan.ways and plan.ways[code, move.kind].given) for move in found.moves
        ],
        "rules": Rule.choices,
        "targets": [(target, names.get(target, target)) for target in targets],
        "names": names,
        "lists": lists,
        "kind": kind,
        **frame(request, case, "restructuring_ways"),
    }
    if any(move.kind == kind for move in lists):
        text = request.GET.get("q", "").strip()
        rows = listed(request.actor, case, _unit(request, case, code), kind)
        left = sum(not row.target for row in rows)
        page = paged(request, holding(rows, text, "name", "code", "about"), 100)
        context |= {"page": page, "text": text, "left": left, "label": label_of(kind)}
    return render(request, "restructuring/unit_ways.html", context)


@require_POST
def set_ways(request: Request, pk: int, code: str) -> HttpResponse:
    """Chooses the ways of one unit; only what differs is written."""
    case = find(request, pk, PREPARE)
    found = _leaving(plan_seen(request.actor, case), code)
    wanted = [
        (move, request.POST.get(f"cach-{move.kind}", move.rule), request.POST.get(f"den-{move.kind}", move.target))
        for move in found.moves
    ]
    changed = [(move, rule, target) for move, rule, target in wanted if (rule, target) != (move.rule, move.target)]

    def act() -> None:
        if not changed:
            raise Refused(Violation("RESTRUCTURE-WAY-SAME", "Không có cách chuyển nào được đổi."))
        for move, rule, target in changed:
            actions.set_way(request.actor, case=case, unit=code, kind=move.kind, rule=rule, target=target)

    return told(request, act, f"Đã đổi cách chuyển của {len(changed)} loại.", "restructuring_unit_ways", pk, code)


@require_POST
def set_places(request: Request, pk: int, code: str) -> HttpResponse:
    """Sends marked or pasted rows of a list to one of the new units."""
    case = find(request, pk, PREPARE)
    kind, target = request.POST.get("loai", ""), request.POST.get("den", "").strip()
    found = _leaving(plan_seen(request.actor, case), code)
    moving = kind in {move.kind for move in found.moves}
    there = listed(request.actor, case, _unit(request, case, code), kind) if moving else []
    known = {row.row for row in there}
    rows = [int(text) for text in request.POST.getlist("chon") if text.isascii() and text.isdecimal()]
    pasted, unclear = picked(there, request.POST.get("dan", ""))
    rows = [row for row in dict.fromkeys([*rows, *pasted]) if row in known]
    if unclear:
        shown = "; ".join(unclear[:10])
        messages.warning(request, f"{len(unclear)} dòng dán vào không rõ là ai, để lại: {shown}")

    def act() -> None:
        if not rows:
            raise Refused(Violation("RESTRUCTURE-PLACE-NOBODY", "Chưa đánh dấu hoặc dán dòng nào."))
        actions.set_places(request.actor, case=case, kind=kind, rows=rows, target=target)

    done = f"Đã xếp {len(rows)} dòng." if target else f"Đã bỏ xếp {len(rows)} dòng."
    answer = told(request, act, done, "restructuring_unit_ways", pk, code)
    answer["Location"] = f"{reverse('restructuring_unit_ways', args=[pk, code])}?loai={kind}#danh-sach"
    return answer


def _leaving(plan: Plan, code: str) -> Leaving:
    found = next((row for row in leaving(plan) if row.code == code), None)
    if found is None:
        raise OutOfScope("đơn vị cũ trong phương án")
    return found


def _targets(plan: Plan, found: Leaving) -> list[str]:
    """Units that may receive: those the plan leads to, and whatever is chosen now."""
    closing = next((row for row in plan.closings if row.code == found.code), None)
    linked = [link.new for link in plan.links if link.old == found.code]
    named = [*(closing.targets if closing else ()), *linked, *(move.target for move in found.moves)]
    stays = [] if closing else [found.code]
    return list(dict.fromkeys(code for code in [*named, *stays] if code))


def _unit(request: Request, case: Restructuring, code: str) -> Unit:
    return unit_by_code(request.actor, code, case.on)
