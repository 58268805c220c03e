"""Forms of one sheet, and of a whole unit at once in the background."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.jobs.queries import job_by_id
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.text import fold
from canbo.foundation.rulebooks import NoRuleInForce
from canbo.foundation.ui.files import TYPES

from ...actions.sendings import take_own
from ...choices import READ
from ...papers.filling import paper_of
from ...printing import FORMS, ONE, one_file
from ...queries import outputs
from ...queries.cycles import cycle_by_id
from ...queries.outputs.files import KIND, printed_file
from ...queries.outputs.material import gather
from .asked import unit_asked
from .handing import file


def form(request: Request, pk: int, ending: str) -> HttpResponse:
    """The form of one sheet: by the person herself, or by whoever reads sheets of her unit."""
    sheet = outputs.sheet_by_id(request.actor, pk)
    if ending not in ("docx", "pdf"):
        raise Http404
    try:
        paper = paper_of(gather(sheet.cycle, [sheet], today()), sheet)
    except NoRuleInForce as missing:
        raise Http404(str(missing)) from missing
    subject = sheet.person or sheet.collective
    take_own(request.actor, what="in phiếu", sheet=sheet)
    name = slugify(fold(f"{paper.form or 'phieu'} {subject.name if subject else ''} {sheet.period}"))
    return file(one_file(paper, ending), name, ending)


@require_POST
def unit(request: Request, pk: int) -> HttpResponse:
    """Gives the printing of a whole unit to the background."""
    request.actor.require(READ)
    cycle = cycle_by_id(request.actor, pk, today())
    under = unit_asked(request, cycle) or cycle.unit
    asked = request.POST.get("dang", ONE)
    if asked not in FORMS:
        raise Http404
    job = submit(
        request.actor,
        kind=KIND,
        title=f"In phiếu {under.name}, {cycle.span}",
        cycle=cycle.pk,
        under=under.code,
        form=asked,
    )
    return redirect("job", job.pk)


def printed(request: Request, pk: int) -> HttpResponseBase:
    """The file that a printing job of the reader wrote."""
    job = job_by_id(request.actor, pk)
    path = printed_file(job)
    if path is None:
        messages.warning(request, "Tệp này đã được xóa khỏi máy chủ. In lại nếu còn cần.")
        return redirect("evaluation_outputs")
    ending = path.suffix.lstrip(".")
    name = f"{slugify(fold(job.title))}.{ending}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[ending])
    response["Cache-Control"] = "no-store"
    return response
