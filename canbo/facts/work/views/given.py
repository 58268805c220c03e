"""What one gave to others, and giving more: once, to many, again and again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Bulk, Empty, list_page

from .. import actions, queries
from ..choices import ASSIGN
from ..forms.giving import EACH, AssignForm, SeriesForm
from ..tables import SeriesTable, ShareFilter, ShareTable, search_series, search_shares

PEOPLE = 300
DECIDE = ("nghiem-thu", "tra-lai", "xac-nhan", "nguyen-nhan", "gia-han", "chuyen-ky", "giao-lai", "rut")
ICONS = {"nghiem-thu": "check", "tra-lai": "undo", "rut": "trash", "gia-han": "clock", "giao-lai": "plus"}


def index(request: Request) -> HttpResponseBase:
    """The work of one's people: filters, marks, keys."""
    from .deciding import DECISIONS

    request.actor.require(ASSIGN)
    day = today()
    give = [
        Action("Giao việc", reverse("work_assign"), "plus"),
        Action("Lặp lại", reverse("work_series"), "clock", True),
    ]
    bulk = [
        Bulk(
            DECISIONS[what].label, reverse("work_decide", args=[what]), ICONS.get(what, "check"), DECISIONS[what].danger
        )
        for what in DECIDE
    ]
    return list_page(
        request,
        key="work_given",
        title="Giao việc",
        noun="việc",
        rows=queries.led(request.actor, day),
        table=ShareTable,
        filters=ShareFilter,
        search=search_shares,
        search_hint="Tìm nhiệm vụ, người làm",
        actions=give,
        bulk=bulk,
        count_up_to=10_000,
        template="work/given.html",
        context={"counts": queries.waiting_counts(request.actor, day)},
        empty=Empty(
            "Chưa giao việc nào", "Ở đây hiện việc của người thuộc quyền: đang làm, chờ nghiệm thu, chậm.", give
        ),
    )


def assign(request: Request) -> HttpResponse:
    """Gives a task: to one person, to many, in parts, over weeks."""
    day = today()
    unit, units = _unit(request)
    if unit is None:
        return render(request, "work/nobody.html", {})
    form = AssignForm(
        request.POST or None,
        products=list(queries.products_for(unit, day)),
        people=list(queries.colleagues(request.actor, day, unit=unit)[:PEOPLE]),
        initial={"quantity": 1, "source_text": request.GET.get("van_ban", ""), **_initial(request)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            count = _give(request, unit, form)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Đã giao {count} nhiệm vụ.")
            return redirect("work_given")
    rows = [(str(box.data["value"]), box) for box in form["persons"]]
    typed = {key: request.POST.get(f"phan-{key}", "") for key, _ in rows}
    context = {"form": form, "unit": unit, "units": units, "people": [(b, k, typed[k]) for k, b in rows]}
    return render(request, "work/assign.html", context)


def _initial(request: Request) -> dict[str, Any]:
    source = request.GET.get("nguon", "")
    return {"source": source} if source else {}


def _give(request: Request, unit: Unit, form: AssignForm) -> int:
    values = form.cleaned_data
    names = (
        "title",
        "product",
        "quantity",
        "content",
        "responsibility",
        "authority",
        "output",
        "source",
        "source_text",
    )
    terms = actions.Terms(due_on=values["due_on"], **{name: values[name] for name in names})
    if values["divide"] == EACH and not values["over"]:
        return len(actions.assign_each(request.actor, unit=unit, terms=terms, persons=values["persons"], at=now()))
    if values["divide"] == EACH:
        total = terms.quantity * len(values["persons"])
        terms = actions.Terms(**{**terms.__dict__, "quantity": total})
        values["quantity"] = total
    parts = [actions.Part(*part) for part in form.parts(request.POST, today())]
    actions.assign(request.actor, unit=unit, terms=terms, parts=parts, at=now())
    return 1


def series(request: Request) -> HttpResponseBase:
    """Work that comes again by itself."""
    request.actor.require(ASSIGN)
    new = [Action("Thêm nhiệm vụ lặp lại", reverse("work_series_new"), "plus")]
    return list_page(
        request,
        key="work_series",
        title="Nhiệm vụ lặp lại",
        noun="nhiệm vụ",
        rows=queries.series(request.actor, today()),
        table=SeriesTable,
        search=search_series,
        actions=new,
        bulk=[Bulk("Thôi lặp lại", reverse("work_series_end"), "stop", danger=True)],
        empty=Empty("Chưa có nhiệm vụ lặp lại", "Việc hằng tuần, hằng tháng tự giao lại mỗi kỳ, không phải nhập.", new),
    )


def series_new(request: Request) -> HttpResponse:
    """A new repeating task."""
    day = today()
    unit, units = _unit(request)
    if unit is None:
        return render(request, "work/nobody.html", {})
    form = SeriesForm(
        request.POST or None,
        products=list(queries.products_for(unit, day)),
        people=list(queries.colleagues(request.actor, day, unit=unit)[:PEOPLE]),
        initial={"quantity": 1, "due_day": 25},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.repeat(request.actor, unit=unit, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã ghi nhiệm vụ lặp lại; kỳ này được giao ngay.")
            return redirect("work_series")
    return render(request, "work/series_new.html", {"form": form, "unit": unit, "units": units})


@require_POST
def series_end(request: Request) -> HttpResponse:
    """Stops the marked repeating tasks."""
    request.actor.require(ASSIGN)
    keys = [int(pk) for pk in request.POST.getlist("chon") if pk.isdecimal()]
    count = 0
    for row in queries.series(request.actor, today()).filter(pk__in=keys):
        try:
            actions.end_series(request.actor, series=row, on=today(), reason="Thôi lặp lại")
            count += 1
        except Refused as refused:
            for violation in refused.violations:
                messages.error(request, f"{row}: {violation}")
    if count:
        messages.success(request, f"{count} nhiệm vụ thôi lặp lại. Việc đã giao vẫn giữ.")
    return redirect("work_series")


def _unit(request: Request) -> tuple[Unit | None, list[Unit]]:
    """The unit in which work is given, chosen above the form, and those one may choose."""
    request.actor.require(ASSIGN)
    units = queries.own_units(request.actor, today())
    wanted = request.POST.get("don_vi") or request.GET.get("don_vi", "")
    if not wanted:
        return (units[0] if units else None), units
    chosen = queries.unit_to_assign(request.actor, wanted, today())
    if chosen is None:
        raise OutOfScope("đơn vị")
    return chosen, units if chosen in units else [chosen, *units]
