"""Writing a decision: the act first, then its fields; the draft keeps itself and says what it would do."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused, Violation
from canbo.foundation.ui.forms import attach

from .. import actions, acts, paper, queries
from ..choices import RECORD
from ..forms import grid_of, word_lists
from ..models import Decision, Draft
from .ledger import paper_file
from .reading import Reading, content_of, head_of, heading_of, live, mark, place, read, told

OUTSIDE = Violation(
    "DECISION-OUTSIDE",
    "Có điều về người hoặc đơn vị ngoài phạm vi bạn được ghi quyết định.",
    fix="Bỏ các dòng ấy, hoặc chuyển cho nơi quản lý họ ghi.",
)


def new(request: Request) -> HttpResponse:
    """Chooses the act; choosing begins a draft."""
    request.actor.require(RECORD)
    if request.method == "POST":
        code = request.POST.get("hanh_vi", "")
        if code in acts.registry():
            first = request.POST.get("doi_tuong", "").strip()[:200]
            content = {
                "doc_type": "Quyết định",
                "blocks": [{"act": code, "rows": [{"subject": first}] if first else []}],
            }
            row = actions.save_draft(request.actor, content=content)
            return redirect("draft", row.pk)
        messages.error(request, "Chọn một hành vi trong danh sách.")
    groups = [
        (apps.get_app_config(module.__name__.split(".")[-2]).verbose_name, list(module.ACTS))
        for module in acts.modules()
    ]
    context = {
        "groups": groups[::-1],
        "drafts": [_told(row) for row in queries.drafts(request.actor)[:5]],
        "subject": request.GET.get("doi_tuong", ""),
    }
    return render(request, "decisions/new.html", context)


def _owner(module: str) -> str:
    """What the package that owns some acts is called."""
    return str(apps.get_app_config(module.split(".")[-2]).verbose_name)


def drafts(request: Request) -> HttpResponse:
    """The reader's own drafts."""
    request.actor.require(RECORD)
    rows = [_told(row) for row in queries.drafts(request.actor)[:200]]
    return render(request, "decisions/drafts.html", {"drafts": rows})


def _told(row: Draft) -> dict[str, Any]:
    blocks = row.content.get("blocks", [])
    known = [acts.registry()[b["act"]].label for b in blocks if b.get("act") in acts.registry()]
    people = [r.get("subject", "") for b in blocks for r in b.get("rows", []) if r.get("subject")]
    return {"row": row, "acts": ", ".join(known), "people": people[:3], "more": max(0, len(people) - 3)}


def draft(request: Request, pk: int) -> HttpResponse:
    """The page a decision is written on; every button keeps the draft before anything else."""
    row = queries.draft(request.actor, pk)
    if request.method != "POST":
        return _page(request, row)
    row = actions.save_draft(request.actor, content=content_of(request.POST), draft=pk)
    wish, _, argument = request.POST.get("lam", "xem").partition(":")
    if wish == "ghi":
        return _record(request, row)
    if wish in ("them", "bo"):
        _change_blocks(request, row, wish, request.POST.get("them_hanh_vi", "") if wish == "them" else argument)
        return redirect("draft", pk)
    if wish == "luu":
        messages.success(request, "Đã lưu dự thảo.")
        return redirect("drafts_list")
    return _page(request, row)


def _change_blocks(request: Request, row: Draft, wish: str, argument: str) -> None:
    blocks = list(row.content.get("blocks", []))
    if wish == "them" and argument in acts.registry():
        blocks.append({"act": argument, "rows": []})
    elif wish == "bo" and argument.isdigit() and int(argument) < len(blocks):
        del blocks[int(argument)]
    actions.save_draft(request.actor, content={**row.content, "blocks": blocks}, draft=row.pk)


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keeps what was typed so far and answers with what it would do."""
    queries.draft(request.actor, pk)
    row = actions.save_draft(request.actor, content=content_of(request.POST), draft=pk)
    return render(request, "decisions/live.html", {"draft": row, **live(read(request, row))})


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throws a draft away."""
    actions.discard_draft(request.actor, draft=pk)
    messages.success(request, "Đã bỏ dự thảo.")
    return redirect("drafts_list")


def docx(request: Request, pk: int) -> HttpResponse:
    """The draft as an official paper, with dots where the number and the day are missing."""
    row = queries.draft(request.actor, pk)
    heading = heading_of(head_of(request, row))
    lines = queries.drafted_lines(queries.rows_of(request.actor, row.content.get("blocks", []), today()))
    return paper_file(request, paper.paper_of(heading, lines, today()), "docx", reverse("draft", args=[pk]))


def lookup(request: Request) -> HttpResponse:
    """Suggestions while one types: people, units, issuers."""
    request.actor.require(RECORD)
    kind, text = request.GET.get("loai", ""), request.GET.get("q", "").strip()[:100]
    if len(text) < 2:
        return JsonResponse({"rows": []})
    if kind == "issuer":
        names = queries.issuers(request.actor, text, request.day)
        return JsonResponse({"rows": [{"value": name, "label": ""} for name in names]})
    if kind not in acts.SUBJECTS:
        return JsonResponse({"rows": []})
    found = queries.suggestions(request.actor, kind, text, request.day)
    rows = [{"value": one.code, "label": f"{one.name}, {one.place}" if one.place else one.name} for one in found]
    return JsonResponse({"rows": rows})


def _page(
    request: Request, row: Draft, refused: list[Violation] | None = None, reading: Reading | None = None
) -> HttpResponse:
    reading = reading or read(request, row)
    known = [(acts.registry()[block["act"]], block.get("rows", [])) for block in reading.blocks]
    grids = [grid_of(act, f"k{n}", rows) for n, (act, rows) in enumerate(known)]
    if refused is not None:
        place(reading, grids, refused)
    elif request.method == "POST":
        found = [f for f in reading.meaning.head_faults if f.code not in queries.MISSING]
        attach(reading.head, found)
        for line in reading.meaning.rows:
            mark(grids[line.block].forms[line.index], line.faults)
    context = {
        "draft": row,
        "head": reading.head,
        "blocks": [{"act": act, "grid": grid} for (act, _), grid in zip(known, grids, strict=True)],
        "lists": word_lists([act for act, _ in known], today()),
        "others": sorted(acts.registry().values(), key=lambda act: act.label),
        "told": told(reading.head, grids),
        "title": " và ".join(dict.fromkeys(act.label for act, _ in known)) or "chưa chọn hành vi",
        **live(reading),
    }
    return render(request, "decisions/draft.html", context)


def _record(request: Request, row: Draft) -> HttpResponse:
    """Records the draft; on refusal the page comes back with every reason beside its field."""
    reading = read(request, row)
    problems = [] if reading.meaning.clear else [fault for line in reading.meaning.rows for fault in line.faults]
    if not reading.meaning.rows:
        problems = [Violation("DECISION-EMPTY", "Quyết định chưa có điều nào.", fix="Ghi ít nhất một dòng.")]
        return _page(request, row, problems, reading)
    if problems or reading.head.errors:
        return _page(request, row, [f for f in reading.meaning.head_faults if f.blocking], reading)
    try:
        decision = _recorded(request, reading)
    except Refused as refused:
        return _page(request, row, refused.violations, reading)
    except (OutOfScope, NotPermitted):
        return _page(request, row, [OUTSIDE], reading)
    actions.discard_draft(request.actor, draft=row.pk)
    messages.success(request, f"Đã ghi {decision.doc_type.lower()} số {decision}.")
    return redirect("decision", decision.pk)


def _recorded(request: Request, reading: Reading) -> Decision:
    head = reading.heading
    return actions.record(
        request.actor,
        number=head.number,
        issued_on=head.issued_on,  # type: ignore[arg-type]  # its absence is one of the refusals
        issuer=head.issuer,
        doc_type=head.doc_type,
        abstract=head.abstract,
        effective_on=head.effective_on,
        signer=head.signer,
        signer_post=head.signer_post,
        on_behalf=head.on_behalf,
        custodian=reading.head.cleaned_data.get("custodian", ""),
        items=reading.meaning.items,
    )
