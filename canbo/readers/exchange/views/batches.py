"""What loads did, and taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Empty, list_page

from .. import actions, queries
from ..choices import LOAD
from ..forms import UndoForm
from ..tables import BatchTable

SMALL = 3000
"""Loads of fewer rows are taken back while the reader waits."""


def index(request: Request) -> HttpResponseBase:
    """Loads the reader may look at."""
    request.actor.require(LOAD)
    return list_page(
        request,
        key="batches",
        title="Các đợt nạp",
        noun="đợt",
        rows=queries.batches(request.actor),
        table=BatchTable,
        search=lambda rows, text: rows.filter(source__icontains=text),
        search_hint="Tìm theo tên tệp",
        empty=Empty(
            "Chưa có đợt nạp nào", "Mỗi lần nạp tệp là một đợt; ở đây xem đợt ấy đã ghi gì và hoàn tác khi cần."
        ),
    )


def detail(request: Request, pk: int) -> HttpResponse:
    """What one load did; takes it back."""
    batch = queries.batch_by_id(request.actor, pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if sum(count.get("rows", 0) for count in batch.counts.values()) > SMALL:
            job = submit(
                request.actor, kind="exchange.undo", title=f"Hoàn tác đợt nạp {batch}", batch=batch.pk, reason=reason
            )
            return redirect("job", job.pk)
        try:
            actions.undo_batch(request.actor, batch=batch, on=today(), reason=reason)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã hoàn tác đợt nạp này.")
            return redirect("batch", pk)
    page = {"batch": batch, "form": form, "effects": queries.effects(batch)}
    return render(request, "exchange/batch.html", page)
