"""The list of decisions, the page of one, its files, and annulling it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation
from canbo.foundation.papers.blocks import Paper
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.papers.pdf import render_pdf
from canbo.foundation.ui.day import is_today
from canbo.foundation.ui.files import download
from canbo.foundation.ui.forms import attach, tell
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, paper, queries
from ..choices import ANNUL, RECORD
from ..forms import AnnulForm
from ..models import Decision
from ..rules import Heading
from ..tables import DecisionFilter, DecisionTable

SHOWN = 200


def to(name: str, label: str, icon: str = "") -> list[Action]:
    """A button, where its page is installed."""
    try:
        return [Action(label, reverse(name), icon)]
    except NoReverseMatch:
        return []


def index(request: Request) -> HttpResponseBase:
    """The decisions the reader may see, as on the viewing day."""
    writes = request.actor.may(RECORD)
    new = to("decision_new", "Ghi quyết định", "plus") if writes else []
    return list_page(
        request,
        key="decisions",
        title="Quyết định",
        noun="quyết định",
        rows=queries.listed(request.actor, request.day, ahead=is_today(request)),
        table=DecisionTable,
        filters=DecisionFilter,
        search=queries.matching,
        search_hint="Tìm số, trích yếu, cơ quan; không cần dấu",
        actions=[*new, *(to("drafts_list", "Dự thảo của tôi", "draft") if writes else [])],
        on_export=lambda count: actions.take_list(request.actor, rows=count, query=request.GET.urlencode()[:500]),
        template="decisions/list.html",
        empty=Empty(
            "Chưa có quyết định nào",
            "Ở đây hiện các quyết định đã ghi, mới nhất ở trên. Nạp từ tệp Excel đang dùng, hoặc ghi từng quyết định.",
            [*to("import", "Nạp từ tệp Excel"), *new],
        ),
    )


def page(request: Request, pk: int) -> HttpResponse:
    """One decision as its paper says, and what it did."""
    row, whole = queries.readable(request.actor, pk, request.day)
    lines = queries.item_lines(request.actor, row, request.day, whole=whole)
    done = queries.effects(request.actor, row, request.day, whole=whole)
    system = paper.system_of(heading_of(row))
    gone = row.annulled_on is not None and row.annulled_on <= request.day
    context = {
        "decision": row,
        "system": system,
        "gone": gone,
        "articles": [
            {
                "line": line,
                "text": paper.sentence(line, system),
                "url": subject_url(line.subject_type, line.subject_code),
            }
            for line in lines[:SHOWN]
        ],
        "more": max(0, len(lines) - SHOWN),
        "last_article": len(lines) + 1,
        "groups": [
            ("Đã mở", "good", _shown(done.opened), len(done.opened)),
            ("Đã kết thúc", "info", _shown(done.closed), len(done.closed)),
            ("Không còn hiệu lực do bị hủy", "bad", _shown(done.voided), len(done.voided)),
        ],
        "touched": bool(done.opened or done.closed or done.voided),
        "whole": whole,
        "shown": SHOWN,
        "may_annul": row.annulled_on is None and request.actor.may(ANNUL) and is_today(request) and whole,
        "annuls": queries.annulled_with(row),
    }
    return render(request, "decisions/decision.html", context)


def _shown(effects: list[queries.Effect]) -> list[dict[str, Any]]:
    return [{"effect": effect, "url": fact_url(effect)} for effect in effects[:SHOWN]]


def subject_url(kind: str, code: str | None) -> str:
    """The page of a person or a unit; empty where there is none."""
    if not code:
        return ""
    try:
        return reverse(kind, kwargs={"code": code})
    except NoReverseMatch:
        return ""


def fact_url(effect: queries.Effect) -> str:
    """The page of whom a fact is about."""
    for kind in ("person", "unit"):
        subject = getattr(effect.fact, kind, None)
        if subject is not None:
            return subject_url(kind, subject.code)
    return ""


def heading_of(row: Decision) -> Heading:
    """What the head of a recorded decision says."""
    return Heading(
        row.number,
        row.issued_on,
        row.issuer,
        row.doc_type,
        row.abstract,
        row.effective_on,
        row.signer,
        row.signer_post,
        row.on_behalf,
    )


def file(request: Request, pk: int, ending: str) -> HttpResponse:
    """The paper as docx or pdf in the official layout of its day."""
    row, whole = queries.readable(request.actor, pk, request.day)
    lines = queries.item_lines(request.actor, row, request.day, whole=whole)
    return paper_file(
        request, paper.paper_of(heading_of(row), lines, row.issued_on), ending, reverse("decision", args=[pk])
    )


def paper_file(request: Request, made: Paper, ending: str, back: str) -> HttpResponse:
    """A paper as a download; what stands against producing it is told on the page one came from."""
    makers: dict[str, Callable[[Paper], bytes]] = {"docx": render_docx, "pdf": render_pdf}
    if ending not in makers:
        raise Http404
    try:
        content = makers[ending](made)
    except Refused as refused:
        tell(request, refused)
        return redirect(back)
    name = slugify(fold(f"{made.doc_type} {made.number or 'du thao'} {made.type_code} {made.issuer_code}"))
    return download(content, name, ending)


def annul(request: Request, pk: int) -> HttpResponse:
    """Shows what annulling would take back and what stands in the way; does it when asked with a reason."""
    request.actor.require(ANNUL)
    row, whole = queries.readable(request.actor, pk, request.day)
    if not whole:
        raise OutOfScope("quyết định")
    form = AnnulForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            by = _annulling(request, form.cleaned_data["by"])
            actions.annul(
                request.actor, decision=row, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"], by=by
            )
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Đã hủy {row.doc_type.lower()} số {row}.")
            return redirect("decision", pk)
    return render(request, "decisions/annul.html", {"decision": row, "form": form, **_undoing(row)})


def _undoing(row: Decision) -> dict[str, Any]:
    opened, closed = queries.opened_facts(row), queries.closed_facts(row)
    gone = {(type(fact), fact.pk) for fact in opened}
    return {
        "voids": [queries.describe(fact) for fact in opened],
        "reopens": [queries.describe(fact) for fact in closed if (type(fact), fact.pk) not in gone],
        "obstacles": [] if row.annulled_on else actions.obstacles(row, opened, closed),
    }


def _annulling(request: Request, number: str) -> Decision | None:
    """The decision by which another is annulled."""
    if not number.strip():
        return None
    found = list(queries.find(request.actor, number, today())[:2])
    if len(found) == 1:
        return found[0]
    what = "Không thấy quyết định" if not found else "Có nhiều quyết định mang"
    fix = "Ghi quyết định hủy trước, hoặc để trống." if not found else "Để trống và ghi số vào lý do."
    raise Refused(Violation("ANNUL-BY", f"{what} số {number}.", field="by", fix=fix))


__all__ = ["annul", "file", "index", "page"]
