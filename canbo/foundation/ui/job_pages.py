"""Pages of background work: what I gave, how far it is, stopping it. They stand here because lists are drawn here."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs import actions, queries
from canbo.foundation.jobs.choices import CANCELLED, DONE, FAILED, RUNNING, STATES, WAITING
from canbo.foundation.jobs.models import Job

from .columns import Column, DateColumn, PercentColumn, StateColumn
from .lists import Empty, Table, list_page

WORDS = {
    WAITING: ("đang chờ", "wait"),
    RUNNING: ("đang chạy", "info"),
    DONE: ("xong", "good"),
    FAILED: ("hỏng", "bad"),
    CANCELLED: ("đã dừng", "quiet"),
}


class _Moment(DateColumn):
    def render(self, value: Any, record: Any) -> str:
        from .templatetags.canbo import gio

        return gio(value)


class JobTable(Table):
    """Background work, newest first."""

    title = Column("Việc", card=1)
    state = StateColumn("Trạng thái", words=WORDS, card=3)
    percent = PercentColumn("Phần đã xong", orderable=False, card=2)
    submitted_at = _Moment("Giao lúc")
    finished_at = _Moment("Xong lúc")
    order = ("-submitted_at",)

    def row_url(self, record: Any) -> str:
        return reverse("job", args=[record.pk])


class JobFilter(django_filters.FilterSet):
    """Narrowing by state."""

    trang_thai = django_filters.ChoiceFilter(
        field_name="state", label="Trạng thái", choices=STATES, widget=forms.Select, empty_label="tất cả"
    )

    class Meta:
        model = Job
        fields: list[str] = []


def index(request: Request) -> HttpResponseBase:
    """The work I gave to the background."""
    return list_page(
        request,
        key="jobs",
        title="Việc chạy nền",
        noun="việc",
        rows=queries.jobs(request.actor),
        table=JobTable,
        filters=JobFilter,
        search=lambda rows, text: rows.filter(title__icontains=text),
        search_hint="Tìm theo tên việc",
        empty=Empty(
            "Chưa có việc nào",
            "Nạp tệp, xuất tệp lớn và lập báo cáo chạy ở đây; bạn có thể rời trang, việc vẫn chạy tiếp.",
        ),
    )


@never_cache
def detail(request: Request, pk: int) -> HttpResponse:
    """One job; while it runs, the progress alone for whoever polls it."""
    job = queries.job_by_id(request.actor, pk)
    if request.headers.get("HX-Request") and request.GET.get("phan") == "tien-do":
        return progress(request, job, back=request.path)
    page: dict[str, Any] = {"job": job, "poll": f"{request.path}?phan=tien-do", "words": WORDS[job.state]}
    return render(request, "ui/job.html", page)


def progress(request: Request, job: Job, *, back: str) -> HttpResponse:
    """The progress of a job as a fragment; once it ended, tells the page to open ``back`` afresh.

    Any page may show the progress of a job: it includes ``ui/parts/job_progress.html`` with ``job`` and ``poll``,
    an address that answers with this.
    """
    page: dict[str, Any] = {"job": job, "poll": request.get_full_path(), "done": back if job.ended else ""}
    return render(request, "ui/parts/job_progress.html", page)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Asks a job to stop."""
    job = actions.cancel(request.actor, job=queries.job_by_id(request.actor, pk))
    if job.stopping:
        messages.info(request, "Đã xin dừng. Việc dừng ở bước kế tiếp và không ghi gì.")
    elif job.state == CANCELLED:
        messages.info(request, "Đã dừng, chưa ghi gì.")
    else:
        messages.info(request, "Việc đã kết thúc trước khi dừng.")
    return HttpResponseRedirect(reverse("job", args=[pk]))
