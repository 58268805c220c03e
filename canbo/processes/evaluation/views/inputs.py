"""Findings, absences and points suggested from above: recorded with their papers, listed, taken back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions
from ..actions.sendings import take_out
from ..choices import MANAGE
from ..forms.inputs import FindingForm, LeaveForm, SuggestForm, VoidForm
from ..queries import recording
from ..tables.inputs import FindingTable, LeaveTable, StandingFilter, SuggestionTable, search_recorded, value_words
from .cycle import find, over

NOTHING = "Phạm vi này không thuộc quyền ghi căn cứ của bạn."


def findings(request: Request) -> HttpResponseBase:
    """Findings of the reader's scope, those taken back too."""
    request.actor.require(MANAGE)
    new = [
        Action("Ghi căn cứ", reverse("evaluation_finding_new"), "plus"),
        Action("Thời gian nghỉ", reverse("evaluation_leaves"), "calendar", True),
    ]
    return list_page(
        request,
        key="evaluation_findings",
        title="Căn cứ xếp loại",
        noun="căn cứ",
        rows=recording.findings(request.actor, today()),
        table=FindingTable,
        filters=StandingFilter,
        search=search_recorded,
        search_hint="Tìm tên người",
        actions=new,
        on_export=lambda rows: take_out(request.actor, what="căn cứ xếp loại", cycle=None, rows=rows),
        empty=Empty(
            "Chưa ghi căn cứ nào",
            "Kết luận, vi phạm, tỷ lệ mà điều kiện xếp loại hỏi tới ghi ở đây, mỗi dòng một văn bản. Không ghi gì nghĩa là "
            "sổ theo dõi không có; nội dung nào bắt buộc phải biết thì phiếu báo chưa đủ dữ liệu.",
            new[:1],
        ),
    )


def finding_new(request: Request) -> HttpResponse:
    """Records a finding."""
    request.actor.require(MANAGE)
    form = FindingForm(
        _posted(request),
        actor=request.actor,
        facts=recording.known_facts(today()),
        initial={"person": request.GET.get("nguoi", ""), "collective": request.GET.get("tap_the", "")},
    )

    def act(values: dict[str, Any]) -> None:
        given = {name: value for name, value in values.items() if name not in ("person", "collective")}
        actions.record_finding(request.actor, subject=form.subject, at=now(), **given)

    if done := _recorded(
        request, form, act, "Đã ghi căn cứ. Phiếu chưa đóng tính lại theo căn cứ này.", "evaluation_findings"
    ):
        return done
    return _drawn(request, form, "Ghi căn cứ xếp loại", "Căn cứ xếp loại", reverse("evaluation_findings"))


def leaves(request: Request) -> HttpResponseBase:
    """Absences of the reader's scope."""
    request.actor.require(MANAGE)
    new = [
        Action("Ghi thời gian nghỉ", reverse("evaluation_leave_new"), "plus"),
        Action("Căn cứ xếp loại", reverse("evaluation_findings"), "left", True),
    ]
    return list_page(
        request,
        key="evaluation_leaves",
        title="Thời gian nghỉ",
        noun="lần nghỉ",
        rows=recording.leaves(request.actor, today()),
        table=LeaveTable,
        filters=StandingFilter,
        search=search_recorded,
        search_hint="Tìm tên người",
        actions=new,
        on_export=lambda rows: take_out(request.actor, what="thời gian nghỉ", cycle=None, rows=rows),
        empty=Empty(
            "Chưa ghi lần nghỉ nào",
            "Nghỉ ốm, thai sản, không lương, đi học tập trung: ghi trước khi mở kỳ để biết ai không xếp loại.",
            new[:1],
        ),
    )


def leave_new(request: Request) -> HttpResponse:
    """Records an absence."""
    request.actor.require(MANAGE)
    form = LeaveForm(_posted(request), actor=request.actor, initial={"person": request.GET.get("nguoi", "")})
    words = "Đã ghi thời gian nghỉ."
    done = _recorded(
        request,
        form,
        lambda values: actions.record_leave(request.actor, at=now(), **values),
        words,
        "evaluation_leaves",
    )
    return done or _drawn(request, form, "Ghi thời gian nghỉ", "Thời gian nghỉ", reverse("evaluation_leaves"))


def finding(request: Request, pk: int) -> HttpResponse:
    """One finding; taken back here."""
    request.actor.require(MANAGE)
    row = recording.finding_by_id(request.actor, pk, today())
    lines = [
        ("Nội dung", recording.fact_names(row.on).get(row.fact, row.fact)),
        ("Giá trị", value_words(row.value)),
        ("Ngày", f"{row.on:%d/%m/%Y}"),
        ("Văn bản, hồ sơ", row.record),
        ("Xảy ra tại", row.at_unit.name if row.at_unit else "đơn vị đang làm việc"),
        ("Tình tiết được xem xét", row.mitigation or "không"),
        ("Người ghi", row.recorded_by),
    ]

    def void(reason: str) -> None:
        actions.void_finding(request.actor, finding=row, reason=reason, on=today())

    return _one(request, row, lines, void, "Căn cứ xếp loại", "evaluation_findings")


def leave(request: Request, pk: int) -> HttpResponse:
    """One absence; taken back here."""
    request.actor.require(MANAGE)
    row = recording.leave_by_id(request.actor, pk, today())
    lines = [
        ("Loại", row.get_kind_display()),
        ("Thời gian", f"{row.first:%d/%m/%Y} đến {row.last:%d/%m/%Y}"),
        ("Văn bản", row.paper or "không ghi"),
        ("Người ghi", row.recorded_by),
    ]

    def void(reason: str) -> None:
        actions.void_leave(request.actor, leave=row, reason=reason, on=today())

    return _one(request, row, lines, void, "Thời gian nghỉ", "evaluation_leaves")


def suggestions(request: Request, pk: int) -> HttpResponseBase:
    """Points suggested from above in a cycle, and which were answered."""
    cycle = find(request, pk, MANAGE)
    back = Action("Kỳ đánh giá", reverse("evaluation_cycle", args=[pk]), "left", True)
    new = [Action("Gợi ý kiểm điểm", reverse("evaluation_suggest", args=[pk]), "plus")]
    may = over(request, MANAGE, cycle) and not cycle.closed
    return list_page(
        request,
        key="evaluation_suggestions",
        title=f"Gợi ý kiểm điểm {cycle.span}",
        noun="gợi ý",
        rows=recording.suggestions(request.actor, cycle, today()),
        table=SuggestionTable,
        search=search_recorded,
        actions=[*(new if may else []), back],
        on_export=lambda rows: take_out(request.actor, what="gợi ý kiểm điểm", cycle=cycle, unit=cycle.unit, rows=rows),
        empty=Empty(
            "Chưa có gợi ý kiểm điểm nào",
            "Nội dung cấp trên gợi ý hiện trên phiếu của người, tập thể được gợi ý; phải giải trình từng nội dung mới nộp được phiếu.",
            new if may else [],
        ),
    )


def suggest(request: Request, pk: int) -> HttpResponse:
    """Suggests a point to a person or a body that has not handed in yet."""
    cycle = find(request, pk, MANAGE)
    form = SuggestForm(_posted(request), actor=request.actor, initial={"issuer": request.GET.get("cap", "")})

    def act(values: dict[str, Any]) -> None:
        given = {name: values[name] for name in ("text", "issuer", "paper")}
        actions.suggest(request.actor, cycle=cycle, subject=form.subject, at=now(), **given)

    if done := _recorded(request, form, act, "Đã ghi gợi ý kiểm điểm.", "evaluation_suggestions", pk):
        return done
    title = f"Gợi ý kiểm điểm {cycle.span}"
    return _drawn(request, form, title, "Gợi ý kiểm điểm", reverse("evaluation_suggestions", args=[pk]))


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _recorded(
    request: Request, form: Any, act: Callable[[dict[str, Any]], object], words: str, page: str, *args: int
) -> HttpResponse | None:
    """Records what a form holds and goes back to the list; None where there is a form to show."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act(form.cleaned_data)
    except Refused as refused:
        attach(form, refused)
        return None
    except OutOfScope:
        form.add_error(None, NOTHING)
        return None
    messages.success(request, words)
    return redirect(page, *args)


def _drawn(request: Request, form: Any, title: str, parent: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "parent": parent, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/input.html", context, status=status)


def _one(
    request: Request, row: Any, lines: list[tuple[str, str]], void: Callable[[str], None], parent: str, page: str
) -> HttpResponse:
    form = VoidForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            void(form.cleaned_data["reason"])
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã hủy; dòng cũ vẫn giữ, ghi rõ lý do.")
            return redirect(page)
    subject = row.person or row.collective if hasattr(row, "collective") else row.person
    context = {
        "row": row, "lines": lines, "name": subject.name, "parent": parent, "back": reverse(page),
        "form": form if row.voided_on is None or request.method == "POST" else None,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/recorded.html", context, status=status)
