"""The head's table: everybody she reviews or decides in a cycle on one screen, and one sheet to review in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused, Violation

from .. import actions, queries
from ..choices import State
from .own import NOTHING_SENT


@dataclass
class Row:
    """One line of the table with what was typed on it and what was refused."""

    line: Any
    reviews: bool
    decides: bool
    typed: Mapping[str, str]
    faults: list[Violation] = field(default_factory=list)

    @property
    def sheet(self) -> Any:
        return self.line.sheet

    @property
    def name(self) -> str:
        return self.sheet.person.name if self.sheet.person else str(self.sheet.collective or "")

    def shown(self, part: str, held: str) -> str:
        return self.typed.get(f"{self.sheet.pk}.{part}", held)

    @property
    def grade(self) -> str:
        """What stands in her column: typed, else decided, else proposed from below, else what follows from both sides."""
        sheet = self.sheet
        follows = sheet.explanation.get("grade") or sheet.explanation.get("suggestion") or ""
        return self.shown("muc", sheet.grade or sheet.advised_grade or sheet.proposed_grade or follows)

    @property
    def comment(self) -> str:
        return self.shown("nhan_xet", self.sheet.comment)

    @property
    def reason(self) -> str:
        return self.shown("ly_do", self.sheet.decision_reason)


def tables(request: Request) -> HttpResponse:
    """The cycles in which somebody waits for the reader; one alone opens at once."""
    found = queries.tables(request.actor, today())
    if len(found) == 1:
        return redirect("evaluation_table", found[0].pk)
    return render(request, "evaluation/tables.html", {"cycles": found})


def table(request: Request, pk: int) -> HttpResponse:
    """Thirty rows, last period beside this one, the cap as a bar that fills; what is complete is sent together."""
    cycle = queries.cycle_for_head(request.actor, pk, today())
    if request.method != "POST":
        return _page(request, cycle, {}, [])
    typed = _sent(request, "p.")
    chosen = {int(value) for value in request.POST.getlist("chon") if value.isdigit()}
    reason = request.POST.get("ly_do_chung", "").strip()
    shown = queries.table(request.actor, cycle, today())
    try:
        if request.POST.get("lam") == "nhan-xet":
            done = len(
                actions.submit_reviews(request.actor, rows=_reviews(shown, chosen, typed), at=now(), reason=reason)
            )
            words = f"Đã ghi nhận xét, chấm điểm {done} phiếu."
        else:
            done = len(actions.decide(request.actor, rows=_verdicts(shown, chosen, typed), at=now(), reason=reason))
            words = f"Đã quyết định xếp loại {done} phiếu."
    except Refused as refused:
        return _page(request, cycle, typed, list(refused.violations), chosen, reason)
    messages.success(request, words)
    return redirect("evaluation_table", pk)


def _reviews(shown: Any, chosen: set[int], typed: Mapping[str, str]) -> list[actions.Review]:
    """The chosen rows that are hers to review; scores not given one by one confirm those the person gave herself."""
    return [
        actions.Review(
            sheet=line.sheet.pk,
            version=_version(typed, line.sheet.pk),
            comment=typed.get(f"{line.sheet.pk}.nhan_xet", ""),
            proposed_grade=typed.get(f"{line.sheet.pk}.muc", ""),
        )
        for line in shown.lines
        if line.reviews and line.sheet.pk in chosen
    ]


def _verdicts(shown: Any, chosen: set[int], typed: Mapping[str, str]) -> list[actions.Verdict]:
    return [
        actions.Verdict(
            sheet=line.sheet.pk,
            version=_version(typed, line.sheet.pk),
            grade=typed.get(f"{line.sheet.pk}.muc") or None,
            reason=typed.get(f"{line.sheet.pk}.ly_do", ""),
        )
        for line in shown.lines
        if line.decides and line.sheet.pk in chosen
    ]


def _sent(request: Request, mark: str) -> dict[str, str]:
    """What was sent under a mark, without it."""
    return {key.removeprefix(mark): str(value) for key, value in request.POST.items() if key.startswith(mark)}


def _version(typed: Mapping[str, str], pk: int) -> int:
    text = typed.get(f"{pk}.lan_luu", "")
    return int(text) if text.isdigit() else 0


def _page(
    request: Request,
    cycle: Any,
    typed: Mapping[str, str],
    told: list[Violation],
    chosen: set[int] | None = None,
    reason: str = "",
) -> HttpResponse:
    shown = queries.table(request.actor, cycle, today())
    by_row: dict[str, list[Violation]] = {}
    for violation in told:
        by_row.setdefault((violation.field or "").split(".")[0], []).append(violation)
    rows = [Row(line, line.reviews, line.decides, typed, by_row.pop(str(line.sheet.pk), [])) for line in shown.lines]
    book = queries.book_of(cycle)
    context = {
        "cycle": cycle,
        "rows": rows,
        "caps": [one for one in shown.caps if one.result is not None],
        "grades": {grade.key: grade.title for grade in book.grades},
        "best": book.grades[0].key if book.grades else "",
        "refusals": [violation for rest in by_row.values() for violation in rest],
        "refused_rows": [row for row in rows if row.faults],
        "chosen": chosen or set(),
        "reason": reason,
        "reviewing": sum(row.reviews and row.sheet.state == State.SUBMITTED for row in rows),
        "deciding": sum(row.decides and row.sheet.state == State.SCORED for row in rows),
        "missing": sum(row.sheet.state == State.DRAFT for row in rows),
    }
    return render(request, "evaluation/table.html", context, status=422 if told else 200)


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    """Scores one sheet criterion by criterion, with what is judged in per cent."""
    page = queries.sheet_page(request.actor, pk, today())
    given, judged, axes = _sent(request, "d."), _sent(request, "j."), _sent(request, "x.")
    row = actions.Review(
        sheet=pk,
        version=int(request.POST.get("lan_luu") or 0),
        scores={key: value for key, value in given.items() if value.strip()},
        judged={key: value for key, value in judged.items() if value.strip()},
        axes={key: value for key, value in axes.items() if value.strip()},
        comment=request.POST.get("nhan_xet", ""),
        proposed_grade=request.POST.get("muc", ""),
    )
    return acted(
        request, page, "Đã ghi nhận xét, chấm điểm.",
        lambda: actions.submit_reviews(request.actor, rows=[row], at=now(), reason=request.POST.get("ly_do", "")),
    )  # fmt: skip


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Decides one sheet."""
    page = queries.sheet_page(request.actor, pk, today())
    row = actions.Verdict(
        sheet=pk,
        version=int(request.POST.get("lan_luu") or 0),
        grade=request.POST.get("muc") or None,
        reason=request.POST.get("ly_do", ""),
    )
    return acted(request, page, "Đã quyết định xếp loại.", lambda: actions.decide(request.actor, rows=[row], at=now()))


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Gives one sheet back to be completed."""
    page = queries.sheet_page(request.actor, pk, today())
    return acted(
        request, page, "Đã trả lại phiếu để hoàn chỉnh.",
        lambda: actions.give_back(request.actor, sheet=page.sheet, reason=request.POST.get("ly_do", ""), at=now()),
    )  # fmt: skip


def acted(request: Request, page: Any, words: str, act: Any) -> HttpResponse:
    """Acts and goes back to the sheet; refused, the page keeps what was sent."""
    try:
        act()
    except Refused as refused:
        fresh = queries.sheet_page(request.actor, page.sheet.pk, today())
        told = list(refused.violations)
        context = {
            "page": fresh,
            "refusals": told,
            "typed": {},
            "wrong": {},
            "sent": NOTHING_SENT | request.POST.dict(),
        }
        return render(request, "evaluation/sheet.html", context, status=422)
    messages.success(request, words)
    return redirect("evaluation_sheet", page.sheet.pk)
