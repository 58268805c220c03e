"""The head's table: everybody she reviews or decides in a cycle on one screen, and one sheet to review in full."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused, Violation

from .. import actions, queries
from ..choices import State
from ..models import Cycle, Sheet
from .answering import acted, chosen, sent, sheet_of, version


@dataclass
class Row:
    """One line of the table with what was typed on it and what was refused."""

    line: queries.Line
    typed: Mapping[str, str]
    faults: list[Violation] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        return self.line.sheet

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
    shown = queries.table(request.actor, cycle, today())
    if request.method != "POST":
        return _page(request, cycle, shown)
    typed, picked = sent(request, "p."), chosen(request)
    reason = request.POST.get("ly_do_chung", "").strip()
    try:
        if request.POST.get("lam") == "nhan-xet":
            done = len(
                actions.submit_reviews(request.actor, rows=_reviews(shown, picked, typed), at=now(), reason=reason)
            )
            words = f"Đã ghi nhận xét, chấm điểm {done} phiếu."
        else:
            done = len(actions.decide(request.actor, rows=_verdicts(shown, picked, typed), at=now(), reason=reason))
            words = f"Đã quyết định xếp loại {done} phiếu."
    except Refused as refused:
        return _page(request, cycle, shown, refused.violations, typed, picked, reason)
    messages.success(request, words)
    return redirect("evaluation_table", pk)


def _reviews(shown: queries.Table, picked: set[int], typed: Mapping[str, str]) -> list[actions.Review]:
    """The chosen rows that are hers to review; scores not given one by one confirm those the person gave herself."""
    return [
        actions.Review(
            sheet=line.sheet.pk,
            version=version(typed.get(f"{line.sheet.pk}.lan_luu")),
            comment=typed.get(f"{line.sheet.pk}.nhan_xet", ""),
            proposed_grade=typed.get(f"{line.sheet.pk}.muc", ""),
        )
        for line in shown.lines
        if line.reviews and line.sheet.pk in picked
    ]


def _verdicts(shown: queries.Table, picked: set[int], typed: Mapping[str, str]) -> list[actions.Verdict]:
    return [
        actions.Verdict(
            sheet=line.sheet.pk,
            version=version(typed.get(f"{line.sheet.pk}.lan_luu")),
            grade=typed.get(f"{line.sheet.pk}.muc") or None,
            reason=typed.get(f"{line.sheet.pk}.ly_do", ""),
        )
        for line in shown.lines
        if line.decides and line.sheet.pk in picked
    ]


def _page(
    request: Request,
    cycle: Cycle,
    shown: queries.Table,
    told: Sequence[Violation] = (),
    typed: Mapping[str, str] = MappingProxyType({}),
    picked: Collection[int] = (),
    reason: str = "",
) -> HttpResponse:
    by_row: dict[str, list[Violation]] = {}
    for violation in told:
        by_row.setdefault((violation.field or "").split(".")[0], []).append(violation)
    rows = [Row(line, typed, by_row.pop(str(line.sheet.pk), [])) for line in shown.lines]
    book = queries.book_of(cycle)
    context = {
        "cycle": cycle,
        "rows": rows,
        "caps": [one for one in shown.caps if one.result is not None],
        "grades": {grade.key: grade.title for grade in book.grades},
        "best": book.grades[0].key if book.grades else "",
        "refusals": [violation for rest in by_row.values() for violation in rest],
        "refused_rows": [row for row in rows if row.faults],
        "chosen": picked,
        "reason": reason,
        "reviewing": sum(row.line.reviews and row.sheet.state == State.SUBMITTED for row in rows),
        "deciding": sum(row.line.decides and row.sheet.state == State.SCORED for row in rows),
        "missing": sum(row.sheet.state == State.DRAFT for row in rows),
    }
    return render(request, "evaluation/table.html", context, status=422 if told else 200)


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    """Scores one sheet criterion by criterion, with what is judged in per cent."""
    sheet_of(request, pk)
    given, judged, axes = sent(request, "d."), sent(request, "j."), sent(request, "x.")
    row = actions.Review(
        sheet=pk,
        version=version(request.POST.get("lan_luu")),
        scores={key: value for key, value in given.items() if value.strip()},
        judged={key: value for key, value in judged.items() if value.strip()},
        axes={key: value for key, value in axes.items() if value.strip()},
        comment=request.POST.get("nhan_xet", ""),
        proposed_grade=request.POST.get("muc", ""),
    )
    return acted(
        request, pk, "Đã ghi nhận xét, chấm điểm.",
        lambda: actions.submit_reviews(request.actor, rows=[row], at=now(), reason=request.POST.get("ly_do", "")),
    )  # fmt: skip


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Decides one sheet."""
    sheet_of(request, pk)
    row = actions.Verdict(
        sheet=pk,
        version=version(request.POST.get("lan_luu")),
        grade=request.POST.get("muc") or None,
        reason=request.POST.get("ly_do", ""),
    )
    return acted(request, pk, "Đã quyết định xếp loại.", lambda: actions.decide(request.actor, rows=[row], at=now()))


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Gives one sheet back to be completed."""
    sheet, reason = sheet_of(request, pk), request.POST.get("ly_do", "")
    return acted(
        request, pk, "Đã trả lại phiếu để hoàn chỉnh.",
        lambda: actions.give_back(request.actor, sheet=sheet, reason=reason, at=now()),
    )  # fmt: skip
