"""Bringing a file: check, faults, load."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.queries import job_by_id
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.files import TYPES
from canbo.foundation.ui.forms import attach, tell
from canbo.foundation.ui.job_pages import progress
from canbo.foundation.ui.lists import Empty, list_page

from .. import actions, queries
from ..choices import BROKEN, CHECKED, CHECKING, EXPORT, LOAD, LOADING
from ..faults import Fault, UnreadableFile
from ..forms import UploadForm
from ..marking import write_faults
from ..models import Upload
from ..reading import read_workbook
from ..tables import WORDS, FaultFilter, FaultTable, UnfoldedTable, UploadTable
from ..workbook_template import write_template


def index(request: Request) -> HttpResponseBase:
    """Takes a file; shows the files brought before."""
    if not request.actor.may(LOAD):
        request.actor.require(EXPORT)
        return redirect("export")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = actions.bring(request.actor, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            return redirect("import_result", upload.pk)
    return list_page(
        request,
        key="uploads",
        title="Nạp dữ liệu",
        noun="tệp",
        rows=queries.uploads(request.actor),
        table=UploadTable,
        search=lambda rows, text: rows.filter(name__icontains=text),
        search_hint="Tìm theo tên tệp",
        template="exchange/import.html",
        context={"form": form},
        empty=Empty(
            "Chưa nạp tệp nào", "Tải tệp mẫu, điền, rồi thả vào khung bên trên. Máy kiểm tra trước, chưa ghi gì."
        ),
    )


@never_cache
def result(request: Request, pk: int) -> HttpResponseBase:
    """What became of a file: progress, then counts and faults."""
    upload = queries.upload_by_id(request.actor, pk)
    job = _job(request, upload)
    if request.GET.get("phan") == "tien-do":
        if job is None:
            raise OutOfScope("việc chạy nền")
        return progress(request, job, back=request.path)
    page: dict[str, Any] = {
        "upload": upload, "job": job, "words": WORDS[upload.state], "poll": f"{request.path}?phan=tien-do",
        "busy": upload.state in (CHECKING, LOADING) and job is not None and not job.ended,
        "kept": queries.path_of(upload) is not None, "total": _totals(upload), "faulty": upload.total("faults"),
        "loadable": upload.state == CHECKED and bool(upload.total("new") + upload.total("changed")),
        "broken": upload.state == BROKEN,
    }  # fmt: skip
    unfolded = any(request.GET.get(name) for name in ("loai", "xuat"))
    return list_page(
        request,
        key="import_faults",
        title=upload.name,
        noun="dòng lỗi",
        rows=queries.faults(upload, unfolded=unfolded),
        table=UnfoldedTable if unfolded else FaultTable,
        filters=FaultFilter,
        search=lambda rows, text: rows.filter(message__icontains=text),
        search_hint="Tìm trong các lỗi",
        template="exchange/result.html",
        context=page,
        empty=Empty("Không có lỗi nào"),
    )


def _job(request: Request, upload: Upload) -> Job | None:
    if upload.job_id is None:
        return None
    try:
        return job_by_id(request.actor, upload.job_id)
    except OutOfScope:  # ended jobs are removed after a while
        return None


def _totals(upload: Upload) -> list[dict[str, Any]]:
    """Counts of the sheets that hold anything; empty ones would push the faults off the screen."""
    rows = [
        {"name": name, **count} for name, count in upload.counts.items() if count.get("rows") or count.get("faults")
    ]
    if len(rows) > 1:
        rows.append({"name": "Cộng", **{k: upload.total(k) for k in ("rows", "new", "changed", "same", "faults")}})
    return rows


@require_POST
def load(request: Request, pk: int) -> HttpResponse:
    """Starts the load of a checked file."""
    upload = queries.upload_by_id(request.actor, pk)
    clean_only = request.POST.get("dong_sach") == "1"
    return _told(request, upload, lambda: actions.start_load(request.actor, upload=upload, accept_clean=clean_only))


@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Starts the check of a file once more."""
    upload = queries.upload_by_id(request.actor, pk)
    return _told(request, upload, lambda: actions.start_check(request.actor, upload=upload))


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Drops a file."""
    upload = queries.upload_by_id(request.actor, pk)
    return _told(request, upload, lambda: actions.drop_upload(request.actor, upload=upload), "Đã bỏ tệp, chưa ghi gì.")


def _told(request: Request, upload: Upload, act: Any, done: str = "") -> HttpResponseRedirect:
    try:
        act()
    except Refused as refused:
        tell(request, refused)
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(reverse("import_result", args=[upload.pk]))


def marked(request: Request, pk: int) -> HttpResponseBase:
    """The faulty rows with their faults marked, to take home and correct."""
    upload = queries.upload_by_id(request.actor, pk)
    path = queries.path_of(upload)
    if path is None:
        raise OutOfScope("tệp nạp")
    try:
        book, _ = read_workbook(path)
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("import_result", pk)
    found = [Fault(f.sheet, f.row, f.column, f.value, f.message, f.fix) for f in queries.faults(upload, unfolded=True)]
    stem = Path(upload.name).stem
    return _workbook(lambda target: write_faults(target, book, found), f"{stem} - loi.xlsx")


def template(request: Request) -> HttpResponseBase:
    """The empty workbook."""
    request.actor.require(LOAD)
    return _workbook(write_template, "mau-nap-du-lieu.xlsx")


def _workbook(write: Any, name: str) -> HttpResponse:
    """A small workbook, written to a folder that vanishes with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tep.xlsx"
        write(path)
        response = HttpResponse(path.read_bytes(), content_type=TYPES["xlsx"])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response
