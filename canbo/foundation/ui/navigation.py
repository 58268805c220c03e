"""The sidebar: which pages there are, for whom, where the reader is.

The list itself is written in the composition root and named by ``settings.NAVIGATION``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Item:
    """One line of the sidebar.

    Args:
        url_name: name of the address, without arguments.
        label: what the line says.
        icon: name of a sign of ``{% icon %}``.
        group: heading it stands under; an empty text for the top of the list.
        permission: shown only to whom may do this; None for everybody.
        phone: also in the bottom bar of a phone (four at most).
        prefix: the line is current on addresses beginning so; its own address by default.
    """

    url_name: str
    label: str
    icon: str
    group: str = ""
    permission: str | None = None
    phone: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Line:
    """An item resolved for one request."""

    item: Item
    url: str
    current: bool


def lines_for(request: HttpRequest) -> list[Line]:
    """The items this person may open; pages that are not installed are left out."""
    items: Sequence[Item] = import_string(settings.NAVIGATION)
    actor = getattr(request, "actor", None)
    lines = []
    for item in items:
        if item.permission and not (actor and actor.may(item.permission)):
            continue
        try:
            url = reverse(item.url_name)
        except NoReverseMatch:
            continue
        prefix = item.prefix or url
        lines.append(Line(item, url, request.path == url or (prefix != "/" and request.path.startswith(prefix))))
    return lines


def grouped(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Heading and its lines, in the order they were written."""
    return [(group, list(members)) for group, members in groupby(lines, key=lambda line: line.item.group)]
