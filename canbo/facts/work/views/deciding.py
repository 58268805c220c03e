"""What a superior decides, about one share or many marked in a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach

from .. import actions, queries
from ..choices import ASSIGN
from ..forms import deciding as forms
from ..models import Share

MOST = 500


def _again(actor: Any, *, shares: Sequence[Share], at: Any, **_: Any) -> Any:
    return actions.give_again(actor, tasks=list({share.task_id: share.task for share in shares}.values()), at=at)


def _one(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(actor: Any, *, shares: Sequence[Share], **values: Any) -> Any:
        return function(actor, share=shares[0], **values)

    return call


@dataclass(frozen=True)
class Decision:
    """Something a superior can decide.

    Args:
        label: the button.
        done: what is said afterwards; the number is put in front.
        direct: whether a mark in a list is enough, without a further question.
        single: only about one share.
    """

    label: str
    done: str
    form: type[forms.QuietForm]
    call: Callable[..., Any]
    direct: bool = False
    single: bool = False
    danger: bool = False


DECISIONS = {
    "nghiem-thu": Decision("Nghiệm thu", "đã nghiệm thu", forms.AcceptForm, actions.accept, direct=True),
    "tra-lai": Decision("Trả lại", "đã trả lại", forms.ReturnForm, actions.give_back),
    "xac-nhan": Decision("Xác nhận việc phát sinh", "đã xác nhận", forms.PlainForm, actions.confirm, direct=True),
    "khong-xac-nhan": Decision("Không xác nhận", "không xác nhận", forms.ReasonForm, actions.refuse, danger=True),
    "khong-hoan-thanh": Decision(
        "Kết luận không hoàn thành", "kết luận không hoàn thành", forms.FailForm, actions.fail, danger=True
    ),
    "rut": Decision("Rút nhiệm vụ", "đã rút", forms.ReasonForm, actions.withdraw, danger=True),
    "nguyen-nhan": Decision(
        "Xác nhận nguyên nhân khách quan",
        "đã xác nhận nguyên nhân khách quan",
        forms.GrantForm,
        lambda actor, **values: actions.answer_cause(actor, grant=True, **values),
        direct=True,
    ),
    "khong-nguyen-nhan": Decision(
        "Không xác nhận nguyên nhân",
        "không xác nhận nguyên nhân",
        forms.ReasonForm,
        lambda actor, reason, **values: actions.answer_cause(actor, grant=False, text=reason, **values),
    ),
    "gia-han": Decision("Gia hạn", "đã gia hạn", forms.ExtendForm, actions.extend),
    "khong-dong-y": Decision(
        "Không đồng ý đề nghị",
        "không đồng ý",
        forms.ReasonForm,
        lambda actor, reason, **values: actions.refuse_request(actor, text=reason, **values),
    ),
    "chuyen-nguoi": Decision(
        "Chuyển người khác làm", "đã chuyển người khác", forms.HandOverForm, _one(actions.hand_over), single=True
    ),
    "chuyen-ky": Decision("Chuyển phần còn lại sang kỳ sau", "đã chuyển kỳ sau", forms.CarryForm, actions.carry_over),
    "sua": Decision("Sửa kết quả đã nghiệm thu", "đã sửa", forms.CorrectForm, _one(actions.correct), single=True),
    "giao-lai": Decision("Giao lại cho kỳ sau", "đã giao lại", forms.PlainForm, _again, direct=True),
}


@require_POST
def decide(request: Request, what: str) -> HttpResponse:
    """Decides about the marked shares; asks what is missing, and shows every refusal beside what was typed."""
    request.actor.require(ASSIGN)
    if what not in DECISIONS:
        raise OutOfScope("trang")
    kind = DECISIONS[what]
    shares = queries.marked(request.actor, [pk for pk in request.POST.getlist("chon") if pk.isdecimal()][:MOST])
    if not shares:
        messages.warning(request, "Chưa đánh dấu việc nào. Đánh dấu ở đầu dòng rồi bấm lại.")
        return _back(request)
    if kind.single and len(shares) > 1:
        messages.warning(request, f"“{kind.label}” làm với từng việc một. Mở việc ấy rồi bấm.")
        return _back(request)
    options: dict[str, Any] = {}
    if kind.form is forms.HandOverForm:
        people = queries.colleagues(request.actor, today()).exclude(pk=shares[0].person_id)
        options["people"] = list(people[:MOST])
    answered = kind.direct or "xong" in request.POST
    form = kind.form(request.POST if answered else None, **options)
    if answered and form.is_valid():
        try:
            kind.call(request.actor, shares=shares, at=now(), **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"{len(shares)} việc: {kind.done}.")
            return _back(request)
    context = {"kind": kind, "what": what, "form": form, "shares": shares, "back": _target(request)}
    return render(request, "work/decide.html", context)


def _target(request: Request) -> str:
    place = request.POST.get("ve") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure()):
        return place
    return ""


def _back(request: Request) -> HttpResponse:
    return redirect(_target(request) or "work_given")
