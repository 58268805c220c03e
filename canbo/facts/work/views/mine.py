"""One's own work: the list, a task, ad hoc work, and everything one can say about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach

from .. import actions, queries
from ..choices import Source
from ..forms import own
from ..models import Share
from . import sheet


@dataclass(frozen=True)
class Say:
    """Something a person can say about her own work."""

    form: type[own.QuietForm]
    call: Callable[..., Share]
    done: str


SAYS = {
    "bao": Say(own.ReportForm, actions.report, "Đã ghi tiến độ."),
    "trinh": Say(own.SubmitForm, actions.submit, "Đã trình kết quả, chờ nghiệm thu."),
    "nguyen-nhan": Say(own.CauseForm, actions.ask_cause, "Đã báo nguyên nhân khách quan, chờ cấp trên xác nhận."),
    "gia-han": Say(own.ExtensionForm, actions.ask_extension, "Đã xin gia hạn, chờ cấp trên trả lời."),
    "tra-viec": Say(own.HandingForm, actions.ask_handing, "Đã xin trả lại việc, chờ cấp trên trả lời."),
}


def index(request: Request) -> HttpResponse:
    """What is to be done first."""
    day = today()
    found = queries.mine(request.actor, day)
    context = {"mine": found, "linked": request.actor.person_id is not None, "on": day}
    return render(request, "work/mine.html", context)


def share(request: Request, pk: int) -> HttpResponse:
    """One task as it is for one person, with its line of events and what it counts."""
    return sheet.page(request, queries.share_by_id(request.actor, pk))


@require_POST
def say(request: Request, pk: int, what: str) -> HttpResponse:
    """Says something about one's own work; a refusal shows the page again with what was typed."""
    row = queries.share_by_id(request.actor, pk)
    if what not in SAYS:
        raise OutOfScope("trang")
    kind = SAYS[what]
    form = kind.form(request.POST)
    if form.is_valid():
        try:
            kind.call(request.actor, share=row, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"{row.task.title}: {kind.done[0].lower()}{kind.done[1:]}")
            return redirect("work_mine" if request.POST.get("ve") == "viec" else reverse("work_share", args=[pk]))
    return sheet.page(request, row, {what: form})


def ad_hoc(request: Request) -> HttpResponse:
    """Notes ad hoc work in half a minute: usual products first, today's date, one tap."""
    day, person = today(), request.actor.person_id
    unit = queries.places([person], queries.ANYWHERE, day).get(person) if person is not None else None
    if person is None or unit is None:
        return render(request, "work/ad_hoc.html", {"form": None, "linked": person is not None})
    text = request.GET.get("q", "").strip()
    products = queries.to_choose(unit, person, day, text or request.POST.get("q", ""))
    form = own.AdHocForm(request.POST or None, products=products, day=day)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        terms = actions.Terms(
            values["title"],
            values["due_on"],
            values["product"],
            quantity=values["quantity"],
            source=Source.ARISING,
            source_text=values["source_text"],
        )
        try:
            row = actions.register(request.actor, terms=terms, at=now(), done="xong" in request.POST)
        except Refused as refused:
            attach(form, refused)
        else:
            end = "đã trình kết quả, chờ cấp trên xác nhận." if row.submitted_on else "chờ cấp trên xác nhận."
            messages.success(request, f"Đã ghi “{row.task.title}”, {end}")
            return redirect("work_mine")
    fragment = request.headers.get("HX-Target") == "san-pham"
    template = "work/product_choice.html" if fragment else "work/ad_hoc.html"
    context: dict[str, Any] = {"form": form, "linked": True, "text": text or request.POST.get("q", "")}
    response = render(request, template, context)
    response["Vary"] = "HX-Target"
    return response
