"""The maxima of the axes of a quarter: proposed by the person, approved by her superior, on the page of the sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today

from .. import actions, queries, rules
from .table import acted

POINTS, MAIN, APPROVE = "t.", "chinh", "duyet"


@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Proposes the maxima, or approves them, as the button says."""
    page = queries.sheet_page(request.actor, pk, today())
    typed = request.POST.get("lan_luu", "")
    version, maxima = int(typed) if typed.isdigit() else 0, _maxima(request)
    if request.POST.get("lam") == APPROVE:
        reason = request.POST.get("ly_do", "")
        return acted(
            request, page, "Đã duyệt điểm tối đa các trục.",
            lambda: actions.approve_axes(
                request.actor, sheet=page.sheet, version=version, maxima=maxima, reason=reason, at=now()
            ),
        )  # fmt: skip
    return acted(
        request, page, "Đã gửi đề xuất điểm tối đa các trục. Cấp trên trực tiếp sẽ duyệt.",
        lambda: actions.propose_axes(
            request.actor, sheet=page.sheet, version=version, maxima=maxima, at=now()
        ),
    )  # fmt: skip


def _maxima(request: Request) -> list[rules.Maximum]:
    main = set(request.POST.getlist(MAIN))
    given = {n.removeprefix(POINTS): str(v).strip() for n, v in request.POST.items() if n.startswith(POINTS)}
    return [rules.Maximum(key, actions.as_points(value or 0), key in main) for key, value in given.items()]
