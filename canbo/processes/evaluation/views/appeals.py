"""The register of appeals, their answers, and replacing a result found wrong later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, queries
from ..actions.sendings import take_out
from ..choices import DECIDE, MANAGE, READ
from ..forms.appeals import AnswerForm, FiledForm, ReplaceForm
from ..queries import appealing
from ..tables.appeals import (
    AppealFilter,
    AppealTable,
    ResultFilter,
    ResultTable,
    clock,
    name_of,
    search_appeals,
    search_results,
)
from .cycle import find


def index(request: Request) -> HttpResponseBase:
    """The register: those that wait first, with the days they have left."""
    request.actor.require(READ)
    return list_page(
        request,
        key="evaluation_appeals",
        title="Kiến nghị kết quả xếp loại",
        noun="kiến nghị",
        rows=appealing.appeal_register(request.actor, today()),
        table=AppealTable,
        filters=AppealFilter,
        search=search_appeals,
        search_hint="Tìm tên người kiến nghị",
        on_export=lambda rows: take_out(request.actor, what="sổ kiến nghị", cycle=None, rows=rows),
        empty=Empty(
            "Chưa có kiến nghị nào",
            "Ai không đồng ý với kết quả thì kiến nghị ngay trên phiếu của mình. Kiến nghị nộp bằng giấy ghi ở trang "
            "kết quả của kỳ. Hạn trả lời tính bằng ngày làm việc, trừ ngày lễ, Tết.",
        ),
    )


def appeal(request: Request, pk: int) -> HttpResponse:
    """One appeal: what was asked, the result it is about, and the answer."""
    request.actor.require(READ)
    row = appealing.appeal_by_id(request.actor, pk, today())
    may = not row.ended and queries.may_decide(request.actor, row.result.sheet, today())
    if request.method == "POST":
        request.actor.require(DECIDE)
    grades = appealing.grades_of(row.result)
    form = AnswerForm(request.POST if request.method == "POST" else None, actor=request.actor, grades=grades)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.answer_appeal(request.actor, appeal=row, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            words = done.get_ended_display()
            messages.success(
                request, f"Đã trả lời kiến nghị: {words}. Người kiến nghị đọc trả lời trên phiếu của mình."
            )
            return redirect("evaluation_appeal_page", pk)
    context = {
        "appeal": row,
        "name": name_of(row.result),
        "clock": clock(row, today()),
        "grade": dict(grades).get(row.result.grade, row.result.grade),
        "new_grade": dict(grades).get(row.new_result.grade) if row.new_result else "",
        "form": form if may or request.method == "POST" else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/appeal.html", context, status=status)


def results(request: Request, pk: int) -> HttpResponseBase:
    """The results of a cycle: what stands, what was replaced by which decision."""
    cycle = find(request, pk, READ)
    back = [Action("Kỳ đánh giá", reverse("evaluation_cycle", args=[pk]), "left", True)]
    return list_page(
        request,
        key="evaluation_results",
        title=f"Kết quả đã ghi {cycle.span}",
        noun="kết quả",
        rows=appealing.results_within(request.actor, cycle, today()),
        table=ResultTable,
        filters=ResultFilter,
        search=search_results,
        count_up_to=10_000,
        actions=back,
        on_export=lambda rows: take_out(request.actor, what="kết quả", cycle=cycle, unit=cycle.unit, rows=rows),
        empty=Empty("Chưa có kết quả", "Kết quả được ghi khi đóng kỳ.", back),
    )


def replace(request: Request, pk: int) -> HttpResponse:
    """Replaces a result found wrong after closing; files an appeal that was brought on paper."""
    request.actor.require(READ)
    row = appealing.result_to_replace(request.actor, pk, today())
    filing = request.POST.get("lam") == "kien-nghi"
    replacing = request.method == "POST" and not filing
    if request.method == "POST":
        request.actor.require(MANAGE if filing else DECIDE)
    grades = appealing.grades_of(row)
    form = ReplaceForm(request.POST if replacing else None, actor=request.actor, grades=grades)
    filed = FiledForm(request.POST if filing else None, initial={"on": today()}, use_required_attribute=False)
    if replacing and form.is_valid() and _replaced(request, row, form):
        return redirect("evaluation_results", row.cycle_id)
    if filing and filed.is_valid() and (done := _filed(request, row, filed)):
        return redirect("evaluation_appeal_page", done)
    may = row.replaced_on is None and row.sheet.person_id != request.actor.person_id
    context = {
        "result": row,
        "name": name_of(row),
        "grade": dict(grades).get(row.grade, row.grade),
        "form": form if replacing or (may and queries.may_decide(request.actor, row.sheet, today())) else None,
        "filed": filed if filing or (may and request.actor.may(MANAGE)) else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/replace.html", context, status=status)


def _replaced(request: Request, row: Any, form: ReplaceForm) -> bool:
    try:
        if form.cleaned_data["decision"] is None:
            raise Refused(
                Violation(
                    "EVAL-DECISION",
                    "Thay kết quả phải theo quyết định mới.",
                    field="decision",
                    source="NĐ 335/2025/NĐ-CP, Điều 21 khoản 3",
                    fix="Ghi quyết định vào sổ rồi chọn quyết định đó.",
                )
            )
        actions.replace_result(request.actor, result=row, at=now(), **form.cleaned_data)
    except Refused as refused:
        attach(form, refused)
        return False
    messages.success(request, f"Đã thay kết quả của {name_of(row)}. Kết quả cũ vẫn giữ, ghi rõ đã được thay.")
    return True


def _filed(request: Request, row: Any, form: FiledForm) -> int:
    try:
        return actions.file_appeal(request.actor, result=row, at=now(), **form.cleaned_data).pk
    except Refused as refused:
        attach(form, refused)
    return 0
