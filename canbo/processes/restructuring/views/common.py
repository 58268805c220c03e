"""What every page of a case shares: finding it, telling refusals, its tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from canbo.facts.organisation.queries import acting_day, reaches
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.day import is_today

from .. import queries
from ..choices import APPLY, PREPARE, READ
from ..models import Restructuring

PAGE = 50


@dataclass(frozen=True)
class Tab:
    """A page of a case."""

    label: str
    url: str
    current: bool


TABS = (
    ("restructuring", "Tổng quan"),
    ("restructuring_rows", "Phương án"),
    ("restructuring_preview", "Xem trước"),
    ("restructuring_questions", "Câu hỏi"),
    ("restructuring_ways", "Cách chuyển"),
    ("restructuring_findings", "Rà soát"),
)
AFTER = (("restructuring_waiting", "Chờ bố trí"), ("restructuring_handing", "Bàn giao"))


def find(request: Request, pk: int, permission: str = READ) -> Restructuring:
    """The case, as far as the reader may do this with it."""
    return queries.case_by_id(request.actor, pk, permission)


def over(actor: Actor, permission: str, case: Restructuring) -> bool:
    """Whether the actor holds a permission over the scope of a case, today."""
    return reaches(actor.reach(permission), case.scope_id, acting_day())


def frame(request: Request, case: Restructuring, current: str) -> dict[str, Any]:
    """Context of every page of a case."""
    shown = [*TABS[:2], (TABS[2][0], "Đã thay đổi"), *AFTER] if case.applied_at else TABS
    tabs = [Tab(label, reverse(name, args=[case.pk]), name == current) for name, label in shown]
    writes = is_today(request)
    return {
        "case": case,
        "tabs": tabs,
        "state_label": queries.state_label(case),
        "may_prepare": writes and over(request.actor, PREPARE, case),
        "may_apply": writes and over(request.actor, APPLY, case),
        "may_change": writes and case.open_to_change and over(request.actor, PREPARE, case),
    }


def told(
    request: HttpRequest, act: Callable[[], object], done: str, to: str, *arguments: object
) -> HttpResponseRedirect:
    """Does something, says that it was done or every reason why not, and goes to a page."""
    try:
        act()
    except Refused as refused:
        for violation in refused.violations[:20]:
            messages.error(request, str(violation))
        if len(refused.violations) > 20:
            messages.error(request, f"Và {len(refused.violations) - 20} lỗi nữa.")
    else:
        if done:
            messages.success(request, done)
    query = request.POST.get("ve", "")
    return HttpResponseRedirect(reverse(to, args=arguments) + (f"?{query}" if query else ""))


def paged(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], size: int = PAGE) -> Page[Any]:
    """The present page of rows; a page past the end is the last one."""
    return Paginator(rows, size).get_page(request.GET.get("trang"))
