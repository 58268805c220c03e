"""What the evaluation rulebooks say, with article and certainty, on the day looked at."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from canbo.foundation import rulebooks
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.ui.day import any_day, viewing_day

from .. import rules
from ..choices import RULES_READ, RULES_WRITE
from ..queries.local_rules import chain_of, differing_layers, local_rules, readable_layers, unit_to_read
from ..rules.words import PERIODS, TRACKS, sections


@any_day
def index(request: Request) -> HttpResponse:
    """Every rulebook, whether it holds on the day, and the local rules."""
    request.actor.require(RULES_READ)
    day, loaded = viewing_day(request), rulebooks.current()
    local = list(local_rules(request.actor))
    tracks: dict[str, list[dict[str, Any]]] = {}
    for card in (_card(loaded, code, day) for code in rules.codes(loaded)):
        tracks.setdefault(card["track"], []).append(card)
    context = {
        "tracks": [(title, tracks[key]) for key, title in TRACKS.items() if key in tracks],
        "local": [{"row": row, "standing": row.standing(today())} for row in local],
        "may_write": request.actor.may(RULES_WRITE),
        "differing": differing_layers(local) if request.actor.may(RULES_WRITE) else [],
        "day": day,
        "version": loaded.version,
    }
    return render(request, "evaluation/rulebooks.html", context)


def _card(loaded: rulebooks.Rulebooks, code: str, day: Any) -> dict[str, Any]:
    path = f"evaluation.{code}.track"
    home = loaded.home(f"evaluation.{code}")
    history = loaded.history(path, unit=home or None)
    first, last = history[0], history[-1]
    holding = next((r for r in history if r.valid_from <= day and (r.valid_to is None or day < r.valid_to)), None)
    found = rules.book(code, on=day if holding else first.valid_from, rules=loaded)
    return {
        "code": code,
        "title": found.title,
        "track": found.track,
        "source": found.source,
        "from": first.valid_from,
        "to": last.valid_to,
        "holds": holding is not None,
        "ahead": day < first.valid_from,
        "place": first.layer.name if home else "",
        "sure": found.frame.is_sure,
        "periods": ", ".join(PERIODS.get(period, period) for period in found.periods),
    }


@any_day
def detail(request: Request, code: str) -> HttpResponse:
    """One rulebook in full: as one layer has it (``lop``), or as it binds a unit (``don_vi``)."""
    request.actor.require(RULES_READ)
    day, loaded = viewing_day(request), rulebooks.current()
    if code not in rules.codes(loaded):
        raise Http404
    paths = [path for path in loaded.paths() if path.startswith(f"evaluation.{code}.")]
    spoken = {layer for path in paths for layer in loaded.layers_of(path) if layer.unit}
    layers = readable_layers(request.actor, spoken)
    chosen, asked = request.GET.get("lop", ""), request.GET.get("don_vi", "")
    if chosen and chosen not in {layer.unit for layer in layers}:
        raise Http404
    unit = unit_to_read(request.actor, asked) if asked else None
    try:
        chain = (chosen,) if chosen else chain_of(unit, day)
        found = rules.book(code, on=day, unit_codes=chain, rules=loaded)
    except rulebooks.NoRuleInForce as refused:
        title = loaded.title(f"evaluation.{code}")
        return render(
            request, "evaluation/rulebook.html", {"title": title, "code": code, "refused": str(refused), "day": day}
        )
    parts = sections(found)
    context = {
        "title": found.title,
        "code": code,
        "book": found,
        "sections": parts,
        "unsure": sum(not line.sure for section in parts for line in section.lines),
        "layers": layers,
        "unit": unit,
        "home": loaded.home(f"evaluation.{code}"),
        "chosen": chosen,
        "track": TRACKS.get(found.track, ""),
        "may_write": request.actor.may(RULES_WRITE),
        "day": day,
    }
    return render(request, "evaluation/rulebook.html", context)
