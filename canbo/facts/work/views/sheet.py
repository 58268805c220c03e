"""The page of one share: what was given, what happened, what it counts, and what the reader can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today

from .. import queries
from ..choices import LIVE, State
from ..forms import deciding, own
from ..models import Share


def page(request: Request, share: Share, bound: Mapping[str, django_forms.Form] | None = None) -> HttpResponse:
    """Draws the page.

    Args:
        bound: forms that were posted and refused, by what they say.
    """
    bound = bound or {}
    view = queries.sheet(request.actor, share, today())
    amount = {"quantity": share.reported or share.assigned}
    forms: dict[str, Any] = {}
    if view.is_own and not share.closed:
        forms["trinh"] = own.SubmitForm(initial=amount)
        forms["bao"] = own.ReportForm(initial={"quantity": share.reported or None})
        forms["gia_han"] = own.ExtensionForm()
        forms["tra_viec"] = own.HandingForm()
    if view.is_own and share.state not in (State.WITHDRAWN, State.REFUSED, State.HANDED):
        forms["nguyen_nhan"] = own.CauseForm(initial={"since": view.cause_since})
    if view.is_superior and share.state == State.ACCEPTED:
        forms["sua"] = deciding.CorrectForm(initial={"quantity": share.done, "exceeded": share.exceeded})
    if view.is_superior and share.state in (State.ASKED, *LIVE):
        forms["nghiem_thu"] = deciding.AcceptForm(initial=amount)
    forms |= {name.replace("-", "_"): form for name, form in bound.items()}
    context = {"share": share, "view": view, "forms": forms, "refused": next(iter(bound), "")}
    return render(request, "work/share.html", context)
