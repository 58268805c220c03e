"""Job positions: their list, the bodies, one body, one position, and their forms as papers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from canbo.facts.staffing.choices import WRITE
from canbo.facts.staffing.models import JobPosition
from canbo.facts.staffing.queries import positions as facts
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.text import fold
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.ui.context import in_panel
from canbo.foundation.ui.files import download

from .. import position_charts, position_papers
from ..queries import narrow, positions
from ..tables import positions as tables
from .lists import _answer, _empty, _to


def position_list(request: Request) -> HttpResponseBase:
    """Job positions of the viewing day."""
    return _answer(
        request,
        "positions",
        title="Vị trí việc làm",
        noun="vị trí",
        rows=facts.positions_at(request.actor, request.day),
        table=tables.PositionTable,
        filters=tables.PositionFilter,
        search=positions.positions_search,
        search_hint="Tìm vị trí, mã, cơ quan",
        prepare=positions.for_positions(request.day),
        count_up_to=10_000,
        actions=_to("position_bodies", "Xem theo cơ quan", "units", reads=True),
        empty=_empty(
            "Chưa có vị trí việc làm nào vào ngày này",
            "Ở đây hiện các vị trí đã được phê duyệt, số lượng, ai đang giữ, còn khuyết bao nhiêu. Soạn danh mục ở "
            "trang “Xem theo cơ quan”, hoặc nạp trang “Vị trí việc làm” của tệp Excel.",
        ),
    )


def body_list(request: Request) -> HttpResponseBase:
    """Bodies, and how far their lists have come."""
    due = positions.due_on(request.day)
    return _answer(
        request,
        "position_bodies",
        title="Danh mục vị trí việc làm theo cơ quan",
        noun="cơ quan",
        template="profiles/position_bodies.html",
        context={"due_note": tables.due_note(due)},
        rows=positions.bodies(request.actor, request.day),
        table=tables.BodyTable,
        filters=tables.BodyFilter,
        search=narrow.units_search,
        search_hint="Tìm cơ quan, đơn vị",
        actions=_to("positions_list", "Xem từng vị trí", "post", reads=True),
        empty=_empty(
            "Chưa có cơ quan nào phải lập danh mục", "Ở đây hiện các cơ quan phải có danh mục vị trí việc làm."
        ),
    )


def body(request: Request, code: str) -> HttpResponse:
    """The positions of one body."""
    page = positions.body_page(request.actor, code, today(), request.day)
    inside = f"{reverse('positions_list')}?{urlencode({'don_vi': page.unit.code})}"
    context = {
        "page": page,
        "unit": page.unit,
        "panel": in_panel(request),
        "groups_chart": position_charts.groups(page),
        "ranks_chart": position_charts.ranks(page),
        "list_url": inside,
        "vacant_url": f"{inside}&tinh_trang=khuyet",
        "undescribed_url": f"{inside}&tinh_trang=chua_mo_ta",
        "rank_rule": positions.rank_rule(request.day),
        "may_write": request.actor.may(WRITE),
    }
    return render(request, "profiles/position_body.html", context)


def body_file(request: Request, code: str) -> HttpResponse:
    """The whole list of a body with the form of every position, as one document."""
    page = positions.body_page(request.actor, code, today(), request.day)
    made = position_papers.of_body(page, facts.descriptions_at(page.unit, request.day))
    return download(render_docx(made), slugify(fold(f"vi tri viec lam {page.unit.code}")), "docx")


def _page(request: Request, pk: int) -> positions.PositionPage:
    request.actor.require("staffing.read")
    try:
        return positions.position_page(request.actor, pk, request.day)
    except JobPosition.DoesNotExist:
        raise Http404 from None


UNDESCRIBED: dict[str, Any] = {"purpose": "", "tasks": [], "powers": "", "competencies": {}}
"""What the page of a position shows of parts that its description leaves out."""


def position(request: Request, pk: int) -> HttpResponse:
    """One position: who holds it, what it is for, how it is described."""
    page = _page(request, pk)
    context = {
        "page": page,
        "row": page.position.row,
        "panel": in_panel(request),
        "described": UNDESCRIBED | (page.text.content if page.text else {}),
        "competencies": position_papers.competency_groups(page.text.content if page.text else {}),
        "requirements": position_papers.requirements(page.text.content if page.text else {}),
        "relations": position_papers.relations(page.text.content if page.text else {}),
        "may_write": request.actor.may(WRITE),
    }
    return render(request, "profiles/position.html", context)


def position_file(request: Request, pk: int) -> HttpResponse:
    """The description and competency framework of one position in the official layout."""
    page = _page(request, pk)
    made = position_papers.of_position(page, request.day)
    return download(render_docx(made), slugify(fold(f"mo ta {page.position.row.code}")), "docx")
