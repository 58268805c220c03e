"""The organisation chart: page, branches for the script, paper."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify

from canbo.facts.organisation.choices import Shelf
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.files import download
from canbo.foundation.ui.forms import tell

from ..chart_paper import MOST_PRINTED, PAPERS, chart_pdf
from ..queries import chart as charts

DEPTHS = (("", "tự chọn"), ("1", "1 cấp"), ("2", "2 cấp"), ("3", "3 cấp"), ("4", "4 cấp"))
SYSTEMS = (("", "tất cả"), *Shelf.choices)


def asked_of(request: HttpRequest) -> charts.Asked:
    """What the address asks for; anything unknown is passed over."""
    get = request.GET
    shelf, depth = get.get("he", ""), get.get("cap", "")
    return charts.Asked(
        shelves=(shelf,) if shelf in Shelf.values else tuple(Shelf.values),
        depth=int(depth) if depth in ("1", "2", "3", "4") else 0,
        vacant=get.get("khuyet") == "1",
        opened=tuple(dict.fromkeys(get.getlist("mo")))[: charts.MOST_OPEN],
        whole=tuple(dict.fromkeys(get.getlist("het")))[: charts.MOST_OPEN],
    )


def chart(request: Request, code: str = "") -> HttpResponse:
    """The chart of a unit, or of all the reader sees; ``nhanh`` asks for one branch, ``xuat=pdf`` for a paper."""
    asked = asked_of(request)
    branch = request.GET.get("nhanh", "")
    if branch:
        level, skip = _number(request, "muc", 2), _number(request, "tu", 0)
        parent = charts.portion(request.actor, branch, request.day, asked, level, skip)
        shown = skip + len(parent.below)
        page = {"boxes": parent.below, "parent": parent, "next": shown, "left": parent.children - shown}
        return render(request, "profiles/chart_branch.html", {**page, "alone": not skip, **_choices(request, asked)})
    if request.GET.get("xuat") == "pdf":
        return _printed(request, code, asked)
    found = charts.chart(request.actor, code, request.day, asked)
    page = {"chart": found, "depths": DEPTHS, "systems": SYSTEMS, "papers": PAPERS.items(), **_choices(request, asked)}
    return render(request, "profiles/chart.html", page)


def _printed(request: Request, code: str, asked: charts.Asked) -> HttpResponse:
    """The chart on paper, opened as deep as asked for, nothing left out."""
    size = request.GET.get("kho", "a4")
    whole = replace(asked, portion=MOST_PRINTED, most=MOST_PRINTED, wide=MOST_PRINTED)
    found = charts.chart(request.actor, code, request.day, whole)
    try:
        content = chart_pdf(found, size if size in PAPERS else "a4", _said(asked))
    except Refused as refused:
        tell(request, refused)
        return redirect(f"{request.path}?{urlencode(_choices(request, asked)['kept'])}")
    name = f"so-do-{slugify(fold(found.name)) or 'to-chuc'}-{request.day:%Y-%m-%d}"
    return download(content, name, "pdf", shown=True)


def _said(asked: charts.Asked) -> str:
    """The conditions of a drawing in words."""
    shelf = "" if len(asked.shelves) > 1 else f"hệ thống: {Shelf(asked.shelves[0]).label}"
    return ", ".join(filter(None, (shelf, "chỉ nơi còn chức vụ khuyết" if asked.vacant else "")))


def _choices(request: HttpRequest, asked: charts.Asked) -> dict[str, Any]:
    """What the links of the page carry on."""
    kept = {name: request.GET[name] for name in ("he", "cap", "khuyet") if request.GET.get(name)}
    return {
        "asked": asked,
        "kept": kept,
        "kept_query": f"&{urlencode(kept)}" if kept else "",
        "here": request.path,
        "reads": [code for code in ("party.read", "staffing.read") if request.actor.may(code)],  # type: ignore[attr-defined]
        "top_url": reverse("units_chart"),
    }


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return min(int(text), 100_000) if text.isascii() and text.isdecimal() else otherwise
