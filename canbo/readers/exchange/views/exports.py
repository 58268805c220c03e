"""Taking data out: always in the background, since a province takes a minute."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.jobs.queries import job_by_id
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation
from canbo.foundation.ui.day import viewing_day
from canbo.foundation.ui.files import TYPES
from canbo.foundation.ui.forms import attach

from .. import queries
from ..choices import EXPORT
from ..forms import ExportForm


def index(request: Request) -> HttpResponse:
    """Asks what to take out and gives it to the background."""
    request.actor.require(EXPORT)
    day = viewing_day(request)
    form = ExportForm(request.POST or None, initial={"on": None if day == today() else day})
    if request.method == "POST" and form.is_valid():
        under, on = form.cleaned_data["under"].strip(), form.cleaned_data["on"]
        try:
            title = _title(request, under) + (f", ngày {format_date(on)}" if on else "")
        except OutOfScope:
            fault = Violation("EXPORT-UNIT", f"Không có đơn vị mã {under} trong phạm vi của bạn.", "under")
            attach(form, Refused(fault))
        else:
            job = submit(
                request.actor, kind="exchange.export", title=title, under=under, on=on.isoformat() if on else None
            )
            return redirect("job", job.pk)
    return render(request, "exchange/export.html", {"form": form, "before": queries.exports(request.actor)})


def _title(request: Request, under: str) -> str:
    return f"Xuất dữ liệu {unit_by_code(request.actor, under, today()).name}" if under else "Xuất dữ liệu"


def file(request: Request, pk: int) -> HttpResponseBase:
    """The workbook that a job of the reader wrote."""
    job = job_by_id(request.actor, pk)
    request.actor.require(EXPORT)
    path = queries.exported_file(job)
    if path is None:
        messages.warning(request, "Tệp này đã được xóa khỏi máy chủ. Xuất lại nếu còn cần.")
        return redirect("export")
    name = f"canbo {job.title.removeprefix('Xuất dữ liệu').strip(' ,') or 'toàn bộ'}.xlsx".replace("/", ".")
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES["xlsx"])
    response["Cache-Control"] = "no-store"
    return response
