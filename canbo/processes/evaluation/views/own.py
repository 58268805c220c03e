"""The person's side: her sheets, scoring herself, what counts against her, explaining and appealing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.charts import Chart, Point

from .. import actions, queries
from .answering import FIELDS, acted, drawn, sent, sheet_of, version


def mine(request: Request) -> HttpResponse:
    """The reader's own sheets, the one that waits for her first; a line over the months; what she was told."""
    page = queries.own_page(request.actor, today())
    return render(request, "evaluation/mine.html", {"mine": page, "line": _line(page.line)})


def _line(results: list[Any]) -> Chart:
    """The total of each month; a click opens the sheet behind it."""
    totals = [None if row.total is None else round(row.total, 1) for row in results]
    points = [
        Point(str(row.cycle.span).removeprefix("tháng "), total, url=reverse("evaluation_sheet", args=[row.sheet_id]))
        for row, total in zip(results, totals, strict=True)
    ]
    known = [total for total in totals if total is not None]
    words = f"Điểm các tháng từ {format_number(min(known))} đến {format_number(max(known))}" if known else ""
    return Chart("line", words, points, unit="điểm", label="Tổng điểm", axis="Tháng")


def sheet(request: Request, pk: int) -> HttpResponse:
    """One sheet: a form while it is hers to write, else how the grade came about."""
    return drawn(request, pk)


@require_POST
def keep(request: Request, pk: int) -> JsonResponse:
    """Keeps one field while it is typed; answers with the version that the next one names."""
    sheet = sheet_of(request, pk)
    try:
        row = actions.save_self(
            request.actor,
            sheet=sheet,
            version=version(request.POST.get("lan_luu")),
            field=request.POST.get("muc", ""),
            value=request.POST.get("gia_tri", ""),
        )
    except Refused as refused:
        stale = any(v.code == "EVAL-VERSION" for v in refused.violations)
        texts = [str(v) for v in refused.violations]
        return JsonResponse({"faults": texts, "version": sheet.version}, status=409 if stale else 422)
    return JsonResponse({"version": row.version})


@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    """Keeps the whole form, and hands it in when asked to; what was typed stays on the page when something is refused."""
    sheet = sheet_of(request, pk)
    shown = version(request.POST.get("lan_luu"))
    try:
        row = actions.save_form(request.actor, sheet=sheet, version=shown, values=sent(request, FIELDS))
        if request.POST.get("lam") != "nop":
            messages.success(request, "Đã lưu. Phiếu chưa nộp; có thể viết tiếp lúc khác.")
            return redirect("evaluation_sheet", pk)
        actions.submit_self(request.actor, sheet=row, version=row.version, at=now())
    except Refused as refused:
        return drawn(request, pk, refused.violations)
    messages.success(request, "Đã nộp phiếu tự đánh giá. Cấp trên trực tiếp sẽ nhận xét, chấm điểm.")
    return redirect("evaluation_sheet", pk)


@require_POST
def recall(request: Request, pk: int) -> HttpResponse:
    """Takes back what nobody has looked at yet."""
    sheet = sheet_of(request, pk)
    return acted(request, pk, "Đã rút lại phiếu để sửa.", lambda: actions.recall(request.actor, sheet=sheet, at=now()))


@require_POST
def explain(request: Request, pk: int) -> HttpResponse:
    """Says something beside the sheet, whatever its state."""
    sheet = sheet_of(request, pk)
    text = request.POST.get("noi_dung", "")
    return acted(
        request, pk, "Đã ghi giải trình.",
        lambda: actions.explain(request.actor, sheet=sheet, text=text, at=now()),
    )  # fmt: skip


@require_POST
def answer(request: Request, pk: int, point: int) -> HttpResponse:
    """Answers one point suggested from above."""
    sheet = sheet_of(request, pk)
    asked = queries.suggestion_on(sheet, point)
    text = request.POST.get("noi_dung", "")
    return acted(
        request, pk, "Đã ghi nội dung giải trình.",
        lambda: actions.answer_suggestion(request.actor, suggestion=asked, answer=text, at=now()),
    )  # fmt: skip


@require_POST
def appeal(request: Request, pk: int) -> HttpResponse:
    """Appeals against the standing result."""
    result = queries.standing_result(sheet_of(request, pk))
    if result is None:
        messages.error(request, "Phiếu chưa có kết quả nên chưa kiến nghị được.")
        return redirect("evaluation_sheet", pk)
    text = request.POST.get("noi_dung", "")
    return acted(
        request, pk, "Đã gửi kiến nghị. Hạn trả lời ghi ở cuối trang.",
        lambda: actions.file_appeal(request.actor, result=result, text=text, on=today(), at=now()),
    )  # fmt: skip
