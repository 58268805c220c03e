"""The plan to take along: docx and PDF in the official layout, a workbook of every row."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.papers.pdf import render_pdf
from canbo.foundation.ui.files import download
from canbo.foundation.ui.forms import tell

from ..actions.taking import take_plan
from ..paper import paper_of, workbook
from ..queries.seeing import names_for, plan_seen
from .carrying import totals_of
from .common import find

ENDINGS = ("docx", "pdf", "xlsx")


def file(request: Request, pk: int, ending: str) -> HttpResponse:
    """The plan as a file; what stands against producing it is told on the page of the case."""
    case = find(request, pk)
    if ending not in ENDINGS:
        raise Http404
    plan = plan_seen(request.actor, case)
    codes = {code for closing in plan.closings for code in (closing.code, *closing.targets)}
    codes |= {change.code for change in plan.changes} | {change.parent for change in plan.changes if change.parent}
    codes |= {code for row in plan.openings for code in (row.code, *row.sources)}
    codes |= {row.parent for row in plan.openings if row.parent} | {m.target for m in plan.moves}
    names = names_for(plan, codes, case.on)
    try:
        if ending == "xlsx":
            content = workbook(plan, names)
        else:
            paper = paper_of(case, plan, names, totals_of(case))
            content = render_docx(paper) if ending == "docx" else render_pdf(paper)
    except Refused as refused:
        tell(request, refused)
        return redirect("restructuring", pk)
    take_plan(request.actor, case=case, ending=ending)
    return download(content, f"phuong-an-{slugify(fold(case.title)) or case.pk}", ending)
