"""The advising body: scored sheets with both sides beside each other, an opinion typed row by row or for many at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused, Violation

from .. import actions, queries
from ..choices import MANAGE
from ..models import Sheet
from ..queries import advising
from .answering import chosen, sent, version
from .cycle import find

PAGE = 50
MARK = "a."


@dataclass
class Row:
    """One sheet with what was typed beside it and why it was refused."""

    sheet: Sheet
    text: str
    grade: str
    chosen: bool
    faults: list[Violation] = field(default_factory=list)

    @property
    def against(self) -> list[str]:
        return [r["text"] for r in self.sheet.explanation.get("reasons", ()) if r["met"] is False]

    @property
    def said(self) -> bool:
        """Whether something was typed that the sheet does not hold yet."""
        return (self.text.strip(), self.grade) != (self.sheet.advice, self.sheet.advised_grade)


def index(request: Request) -> HttpResponse:
    """The cycles in which sheets wait for an opinion; one alone opens at once."""
    request.actor.require(MANAGE)
    found = advising.cycles_to_advise(request.actor, today())
    if len(found) == 1:
        return redirect("evaluation_advice", found[0].pk)
    return render(request, "evaluation/cycles/advices.html", {"cycles": found})


def advice(request: Request, pk: int) -> HttpResponse:
    """Fifty scored sheets on a page; one save for all that was typed, or every reason why not."""
    cycle = find(request, pk, MANAGE)
    text = request.GET.get("q", "")
    page = Paginator(advising.to_advise(request.actor, cycle, today(), text), PAGE).get_page(request.GET.get("trang"))
    typed, picked = sent(request, MARK), chosen(request)
    rows = [_row(sheet, typed, picked) for sheet in page.object_list]
    common = request.POST.get("y_kien_chung", "").strip()
    refusals: list[Violation] = []
    if request.method == "POST":
        refusals = _saved(request, rows, typed, common)
        if not refusals and not any(row.faults for row in rows):
            return redirect(request.get_full_path())
    grades = [(grade.key, grade.title) for grade in queries.book_of(cycle).grades]
    context = {
        "cycle": cycle,
        "page": page,
        "rows": rows,
        "grades": grades,
        "common": common,
        "text": text,
        "refusals": refusals,
        "refused": [row for row in rows if row.faults],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evaluation/cycles/advice.html", context, status=status)


def _row(sheet: Sheet, typed: Mapping[str, str], picked: set[int]) -> Row:
    return Row(
        sheet,
        typed.get(f"{sheet.pk}.y", sheet.advice),
        typed.get(f"{sheet.pk}.muc", sheet.advised_grade),
        sheet.pk in picked,
    )


def _saved(request: Request, rows: list[Row], typed: Mapping[str, str], common: str) -> list[Violation]:
    """Saves what was typed; the refusals that belong to no row, while each row takes its own."""
    wanted = [row for row in rows if row.said or row.chosen]
    if not wanted:
        return [
            Violation(
                "EVAL-NONE", "Chưa ghi ý kiến ở phiếu nào.", fix="Ghi ý kiến, hoặc chọn phiếu rồi ghi ý kiến chung."
            )
        ]
    given = [
        actions.Advice(
            row.sheet.pk, version(typed.get(f"{row.sheet.pk}.lan_luu")), row.text.strip() or common, row.grade
        )
        for row in wanted
    ]
    try:
        actions.advise(request.actor, rows=given, at=now())
    except Refused as refused:
        by_key = {str(row.sheet.pk): row for row in rows}
        for violation in refused.violations:
            if violation.field in by_key:
                by_key[violation.field].faults.append(violation)
        return [violation for violation in refused.violations if violation.field not in by_key]
    messages.success(request, f"Đã ghi ý kiến thẩm định {len(given)} phiếu.")
    return []
