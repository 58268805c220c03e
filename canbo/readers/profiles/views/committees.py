"""Committees: all in scope, one on a day, its members as a paper."""

from __future__ import annotations

import datetime as dt

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify

from canbo.facts.staffing.choices import Body
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.papers.docx import render_docx
from canbo.foundation.ui.context import in_panel
from canbo.foundation.ui.files import download

from .. import committee_papers
from ..queries import committee_list, committees, narrow
from ..tables.committees import CommitteeFilter, CommitteeTable, body_asked
from .lists import _answer, _empty


def committee_rows(request: Request) -> HttpResponseBase:
    """Committees of one sort in scope."""
    body = body_asked(request)
    return _answer(
        request,
        "committees",
        title=f"Cấp ủy: {Body(body).label}",
        noun="tổ chức đảng",
        rows=committee_list.committees(request.actor, request.day, body),
        table=CommitteeTable,
        filters=CommitteeFilter,
        search=narrow.units_search,
        search_hint="Tìm tổ chức đảng",
        prepare=committee_list.for_committees(body, request.day),
        count_up_to=10_000,
        empty=_empty(
            "Chưa có cấp ủy nào vào ngày này",
            "Ở đây hiện cấp ủy của các tổ chức đảng: số lượng, khuyết, cơ cấu nữ, trẻ, dân tộc, nhiệm kỳ. Cấp ủy viên "
            "lấy từ chức vụ đã ghi (Bí thư, Ủy viên Ban Chấp hành …), không phải nhập lại.",
        ),
    )


def _page(request: Request, code: str) -> committees.CommitteePage:
    return committees.committee_page(request.actor, code, request.day, body_asked(request), _against(request))


def _against(request: Request) -> dt.date | None:
    """The other day asked for; None where none, or none that can be read, was."""
    try:
        return parse_date(request.GET.get("so_voi", "")).first
    except ValueError:
        return None


def committee(request: Request, code: str) -> HttpResponse:
    """One committee: number, structure, goals, members, terms."""
    page = _page(request, code)
    heading, key = request.GET.get("nhom", ""), request.GET.get("la", "")
    context = {
        "page": page,
        "unit": page.unit,
        "panel": in_panel(request),
        "bodies": Body.choices,
        "picked": page.in_part(heading, key) if heading in committees.HEADINGS else None,
        "picked_as": (heading, key),
        "against": request.GET.get("so_voi", ""),
        "says": committees.says(page),
        "may_decide": request.actor.may("decision.record"),
    }
    return render(request, "profiles/committee.html", context)


def committee_file(request: Request, code: str) -> HttpResponse:
    """The members in the official layout."""
    page = _page(request, code)
    return download(
        render_docx(committee_papers.of_committee(page)),
        slugify(fold(f"danh sach {page.body} {page.unit.code}")),
        "docx",
    )
