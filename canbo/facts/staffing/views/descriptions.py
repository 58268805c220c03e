"""Writing the description and competency framework of a position; the draft keeps itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.facts.organisation.queries import require_over
from canbo.foundation import rulebooks
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach, tell

from .. import actions, forms
from ..choices import WRITE
from ..models import JobPosition
from ..queries import positions as queries


def position_of(request: Request, pk: int) -> JobPosition:
    """The position of a row, as it stands today, over which the reader may write.

    Raises:
        OutOfScope, NotPermitted: not hers.
    """
    request.actor.require(WRITE)
    try:
        row = queries.position_by_id(request.actor, pk, today())
    except JobPosition.DoesNotExist:
        raise Http404 from None
    require_over(request.actor, WRITE, row.unit_id, today())
    return row


def edit(request: Request, pk: int) -> HttpResponse:
    """The page a description is written on."""
    row = position_of(request, pk)
    form = forms.DescriptionForm(request.POST or None, initial={"on": today()})
    if request.method != "POST":
        return _page(request, row, _content(row), forms.DescriptionForm(initial={**_content(row), "on": today()}))
    wish, content = request.POST.get("lam", "giu"), forms.content_typed(request.POST)
    given: dict[str, Any] = {"unit": row.unit, "code": row.code, "on": today()}
    if wish == "bo":
        actions.drop_description_draft(request.actor, **given)
        messages.success(request, "Đã bỏ bản đang viết.")
        return redirect("position", row.pk)
    actions.save_description_draft(request.actor, content=content, **given)
    if wish != "ghi":
        messages.success(request, "Đã giữ bản đang viết.")
        return redirect("position_describe", row.pk)
    if not form.is_valid():
        return _page(request, row, content, form)
    try:
        actions.describe_position(request.actor, **{**given, "on": form.cleaned_data["on"] or today()}, content=content)
    except Refused as refused:
        attach(form, refused)
        return _page(request, row, content, form)
    messages.success(request, f"Đã ghi bản mô tả vị trí {row.name}.")
    return redirect("position", row.pk)


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keeps what was typed so far."""
    row = position_of(request, pk)
    content = forms.content_typed(request.POST)
    actions.save_description_draft(request.actor, unit=row.unit, code=row.code, content=content, on=today())
    return render(request, "staffing/kept.html", {"draft": queries.description_draft(row.unit_id, row.code)})


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Voids a description that was recorded wrongly."""
    request.actor.require(WRITE)
    text = queries.description_by_id(request.actor, pk)
    if text is None:
        raise Http404
    try:
        actions.void_description(request.actor, description=text, on=today(), reason=request.POST.get("reason", ""))
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, "Đã hủy hiệu lực bản mô tả ghi sai.")
    row = queries.any_position(text.unit_id, text.position_code)
    return redirect("position", row.pk) if row else redirect("positions_list")


def _content(row: JobPosition) -> dict[str, Any]:
    """What is being written, else what is in force."""
    draft = queries.description_draft(row.unit_id, row.code)
    if draft is not None:
        return dict(draft.content)
    texts = list(queries.descriptions(row.unit_id, row.code, today())[:1])
    return dict(texts[0].content) if texts else {}


def _page(request: Request, row: JobPosition, content: dict[str, Any], form: forms.DescriptionForm) -> HttpResponse:
    levels = int(rulebooks.current().value("staffing.positions.competency_levels", on=today()).value)
    context = {
        "row": row,
        "form": form,
        "relations": [form[name] for name in forms.RELATIONS],
        "requirements": [form[name] for name in forms.REQUIREMENTS],
        "draft": queries.description_draft(row.unit_id, row.code),
        "tasks": forms.task_grid(content.get("tasks") or []),
        "abilities": forms.ability_grid(content.get("competencies") or [], levels),
        "lists": forms.word_lists(today()),
        "levels": levels,
    }
    return render(request, "staffing/description.html", context)
