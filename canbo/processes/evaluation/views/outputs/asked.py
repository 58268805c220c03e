"""What the address of a page asks for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.accounts.request import Request

from ...models import Cycle
from ...queries import outputs

PAGE = 100


def unit_asked(request: Request, cycle: Cycle) -> Unit | None:
    """The unit named in the address; the scope of the cycle without one, and None where that reaches too far.

    Raises:
        OutOfScope: no such unit for this actor.
    """
    data = request.POST if request.method == "POST" else request.GET
    code = data.get("don_vi", "").strip()
    return unit_by_code(request.actor, code, cycle.last) if code else None


def statistics_asked(request: Request) -> outputs.Chosen | None:
    """The rulebook, period and unit of the address; the newest cycle without them; None while there is no cycle.

    Raises:
        OutOfScope: no such cycle or unit for this actor.
    """
    rulebook, period = request.GET.get("bo", "").strip(), request.GET.get("ky", "").strip()
    if "|" in request.GET.get("chon", ""):  # both in one choice, so that the form works without a script
        rulebook, _, period = request.GET["chon"].partition("|")
    if not rulebook or not period:
        known = [one for one in outputs.choices(request.actor) if rulebook in ("", one[0]) and period in ("", one[2])]
        if not known:
            return None
        rulebook, _, period = known[0]
    found = outputs.chosen(request.actor, rulebook, period)
    unit = unit_asked(request, found.cycle)
    return found if unit is None else outputs.chosen(request.actor, rulebook, period, unit)


def page_asked(request: Request) -> int:
    """The number of the page, from 1."""
    text = request.GET.get("trang", "")
    return max(1, int(text)) if text.isdigit() and len(text) < 7 else 1


def address(name: str, chosen: outputs.Chosen, **more: Any) -> str:
    """A page that speaks of the same rulebook, period and unit."""
    query = {"bo": chosen.rulebook, "ky": chosen.period}
    if chosen.unit is not None:
        query["don_vi"] = chosen.unit.code
    query |= {key: str(value) for key, value in more.items() if value not in ("", None)}
    return f"{reverse(name)}?{urlencode(query)}"
