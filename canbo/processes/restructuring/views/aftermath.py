"""After carrying out: those who still wait for a place, and what old units hand over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.facts.organisation.models import Unit
from canbo.facts.people.queries import matching
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Bulk, Empty, list_page

from .. import actions, queries
from ..choices import PREPARE, READ, Asset
from ..forms import HandForm, PlaceForm
from ..models import Restructuring
from ..queries.listed import ended_units, for_waiting
from ..queries.naming import unit_meant
from ..tables import EveryWaitingTable, WaitingFilter, WaitingTable
from .common import find, frame, over, paged, told

HANDED = 20
"""Old units of a page of the checklist."""


def waiting(request: Request, pk: int) -> HttpResponseBase:
    """The work list of a case, until it is empty."""
    case = find(request, pk)
    bulk = [Bulk("Bố trí về đơn vị …", reverse("restructuring_place", args=[pk]), "check")]
    return list_page(
        request,
        key="restructuring_waiting",
        title="Chờ bố trí",
        noun="dòng",
        rows=queries.waiting(request.actor, case),
        table=WaitingTable,
        filters=WaitingFilter,
        search=lambda rows, text: matching(rows, text, "person__"),
        search_hint="Tìm theo tên người",
        prepare=for_waiting,
        bulk=bulk if over(request.actor, PREPARE, case) else [],
        template="restructuring/waiting.html",
        context=frame(request, case, "restructuring_waiting"),
        empty=Empty("Không còn ai chờ bố trí", "Mọi người, mọi số liệu của đơn vị cũ đã có nơi đến."),
    )


def everywhere(request: Request) -> HttpResponseBase:
    """Everybody who waits, of all the cases the reader sees."""
    request.actor.require(READ)
    return list_page(
        request,
        key="restructuring_waiting_all",
        title="Chờ bố trí sau sắp xếp",
        noun="dòng",
        rows=queries.waiting(request.actor),
        table=EveryWaitingTable,
        filters=WaitingFilter,
        search=lambda rows, text: matching(rows, text, "person__"),
        search_hint="Tìm theo tên người",
        prepare=for_waiting,
        empty=Empty("Không còn ai chờ bố trí", "Ở đây hiện những người chưa có nơi bố trí sau sắp xếp tổ chức."),
    )


@require_POST
def place(request: Request, pk: int) -> HttpResponse:
    """Asks where the marked rows go, then places them."""
    case = find(request, pk, PREPARE)
    marked = [int(text) for text in request.POST.getlist("chon") if text.isascii() and text.isdecimal()]
    rows = list(queries.waiting(request.actor, case).filter(pk__in=marked).order_by("old", "pk"))
    if not rows:
        messages.error(request, "Chưa đánh dấu dòng nào. Đánh dấu người ở danh sách rồi bấm lại.")
        return redirect("restructuring_waiting", pk)
    form = PlaceForm(request.POST if "unit" in request.POST else None, initial={"on": max(case.on, today())})
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        try:
            unit = unit_meant(request.actor, form.cleaned_data["unit"], on)
            count = actions.place(
                request.actor, case=case, rows=[row.pk for row in rows], unit=unit, on=on, today=today()
            )
        except Refused as refused:
            attach(form, refused)
        else:
            return told(request, lambda: None, f"Đã bố trí {count} dòng về {unit}.", "restructuring_waiting", pk)
    for_waiting(rows)
    context = {"form": form, "rows": rows, **frame(request, case, "restructuring_waiting")}
    return render(request, "restructuring/place.html", context)


def handing(request: Request, pk: int) -> HttpResponse:
    """Old units against what each hands over; ticks what was handed over."""
    case = find(request, pk, PREPARE if request.method == "POST" else READ)
    if case.batch_id is None:
        raise OutOfScope("việc bàn giao")
    text = request.GET.get("q", "").strip()
    units = ended_units(request.actor, case)
    page = paged(request, units.filter(search_text__contains=fold(text)) if text else units, HANDED)
    done = {
        (row.unit_id, row.asset): row
        for row in queries.hand_overs(request.actor, case).filter(unit__in=list(page.object_list))
    }
    form = HandForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        return _tick(request, case, list(page.object_list), set(done), form)
    whole = units.count() * len(Asset.values)
    context = {
        "page": page, "text": text, "assets": Asset.choices, "form": form, "whole": whole,
        "handed": queries.hand_overs(request.actor, case).count(),
        "rows": [(unit, [(asset, done.get((unit.pk, asset))) for asset in Asset.values]) for unit in page.object_list],
        **frame(request, case, "restructuring_handing"),
    }  # fmt: skip
    return render(request, "restructuring/handing.html", context)


def _tick(
    request: Request, case: Restructuring, units: list[Unit], done: set[tuple[int, str]], form: HandForm
) -> HttpResponse:
    """Writes what was ticked or unticked on this page, and nothing else."""
    ticked = set(request.POST.getlist("xong"))
    wanted = {(unit.pk, asset): f"{unit.pk}-{asset}" in ticked for unit in units for asset in Asset.values}
    by_id = {unit.pk: unit for unit in units}
    changed = [(key, tick) for key, tick in wanted.items() if tick != (key in done)]

    def act() -> None:
        for (pk, asset), tick in changed:
            actions.hand_over(
                request.actor, case=case, unit=by_id[pk], asset=asset, on=form.cleaned_data["on"],
                note=form.cleaned_data["note"], done=tick,
            )  # fmt: skip

    return told(request, act, f"Đã ghi {len(changed)} việc bàn giao.", "restructuring_handing", case.pk)
