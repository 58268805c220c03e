"""Reports as they were issued."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.files import download

from .. import drafting, paper, revisions, screens
from ..document import from_json
from ..heads import Head, default_head
from .asked import refusals


def issue(request: Request, pk: int) -> HttpResponse:
    """An issued report as it was, with what the records say otherwise today."""
    frozen = drafting.issue(request.actor, pk)
    document = from_json(frozen.content)
    differences = revisions.differences(request.actor, frozen)
    changed = frozenset(one.id for one in differences)
    context = {
        "issue": frozen,
        "document": document,
        "parts": screens.shown(document, changed),
        "differences": differences,
        "head": default_head(document.unit_name, document.unit_kind, frozen.dated, frozen.head),
        "number": frozen.number,
        "query": urlencode({"don_vi": document.unit, "ky": document.period}),
    }
    return render(request, "reports/issue.html", context)


def issue_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """A file of an issue: docx and pdf byte for byte as issued."""
    frozen = drafting.issue(request.actor, pk)
    kept = {"docx": frozen.docx, "pdf": frozen.pdf}.get(ending)
    document = from_json(frozen.content)
    try:
        content = bytes(kept) if kept else paper.written(f"x.{ending}", document, Head(dated=frozen.dated))
    except Refused as refused:
        return refusals(request, refused, document.unit, document.period, "Báo cáo")
    return download(content, f"{frozen.kind}-{document.unit}-{document.period}-{frozen.pk}", ending)
