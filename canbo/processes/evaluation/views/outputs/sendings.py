"""Files for the national database: what is due, making one, fetching it, saying that it was sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach, tell

from ...actions import sendings as actions
from ...choices import MANAGE, READ
from ...queries.cycles import cycle_by_id
from ...queries.outputs import sendings as queries
from ...rules.filing import TYPES
from .asked import PAGE, page_asked, unit_asked
from .entering import DropForm, SentForm
from .handing import file as uncached


def index(request: Request) -> HttpResponse:
    """What is due, and the files made."""
    request.actor.require(READ)
    page = Paginator(queries.sendings(request.actor), PAGE).get_page(page_asked(request))
    pending = [(one, one.overdue(today())) for one in queries.pending(request.actor)]
    context = {"page": page, "pending": pending, "may_manage": request.actor.may(MANAGE)}
    return render(request, "evaluation/outputs/sendings.html", context)


@require_POST
def make(request: Request, pk: int) -> HttpResponse:
    """A file of what is in no file yet."""
    cycle = cycle_by_id(request.actor, pk, today())
    under = unit_asked(request, cycle) or cycle.unit
    try:
        sending = actions.make_sending(request.actor, cycle=cycle, under=under, at=now())
    except Refused as refused:
        tell(request, refused)
        return redirect("evaluation_sendings")
    return redirect("evaluation_sending", sending.pk)


def detail(request: Request, pk: int) -> HttpResponse:
    """One file: fetch it, say that it was sent, drop it."""
    sending = queries.sending_by_id(request.actor, pk)
    sent, drop = SentForm(initial={"on": today(), "to": ""}), DropForm()
    if request.method == "POST":
        if "bo" in request.POST:
            drop = DropForm(request.POST)
            if drop.is_valid():
                try:
                    actions.drop_sending(request.actor, sending=sending, reason=drop.cleaned_data["reason"])
                except Refused as refused:
                    attach(drop, refused)
                else:
                    messages.success(request, "Đã bỏ tệp. Các kết quả trong tệp sẽ nằm ở tệp lập sau.")
                    return redirect("evaluation_sendings")
        else:
            sent = SentForm(request.POST)
            if sent.is_valid():
                try:
                    actions.record_sent(request.actor, sending=sending, **sent.cleaned_data)
                except Refused as refused:
                    attach(sent, refused)
                else:
                    messages.success(request, "Đã ghi là đã gửi.")
                    return redirect("evaluation_sending", pk)
    context = {"sending": sending, "sent": sent, "drop": drop, "may_manage": request.actor.may(MANAGE)}
    return render(request, "evaluation/outputs/sending.html", context)


def file(request: Request, pk: int) -> HttpResponse:
    """The file itself, always the same bytes."""
    request.actor.require(MANAGE)
    sending = queries.sending_by_id(request.actor, pk)
    content = actions.content(sending)
    actions.take_out(
        request.actor, what="tệp gửi cơ sở dữ liệu quốc gia", cycle=sending.cycle, unit=sending.unit, rows=sending.rows
    )
    name = f"ket-qua-{sending.cycle.period}-{sending.unit.code}-{sending.pk}"
    return uncached(content, name, sending.form, TYPES[sending.form])
