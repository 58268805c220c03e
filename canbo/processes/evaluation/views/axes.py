"""The maxima of the axes of a quarter: proposed by the person, approved by her superior, on the page of the sheet."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now

from .. import actions, rules
from .answering import acted, sent, sheet_of, version

POINTS, MAIN, APPROVE = "t.", "chinh", "duyet"


@require_POST
def plan(request: Request, pk: int) -> HttpResponse:
    """Proposes the maxima, or approves them, as the button says."""
    sheet, shown, maxima = sheet_of(request, pk), version(request.POST.get("lan_luu")), _maxima(request)
    if request.POST.get("lam") == APPROVE:
        reason = request.POST.get("ly_do", "")
        return acted(
            request, pk, "Đã duyệt điểm tối đa các trục.",
            lambda: actions.approve_axes(
                request.actor, sheet=sheet, version=shown, maxima=maxima, reason=reason, at=now()
            ),
        )  # fmt: skip
    return acted(
        request, pk, "Đã gửi đề xuất điểm tối đa các trục. Cấp trên trực tiếp sẽ duyệt.",
        lambda: actions.propose_axes(
            request.actor, sheet=sheet, version=shown, maxima=maxima, at=now()
        ),
    )  # fmt: skip


def _maxima(request: Request) -> list[rules.Maximum]:
    main = set(request.POST.getlist(MAIN))
    return [
        rules.Maximum(key, actions.as_points(value.strip() or 0), key in main)
        for key, value in sent(request, POINTS).items()
    ]
