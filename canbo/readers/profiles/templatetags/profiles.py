"""Links of the tree that work without a script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def branch_link(opened: Sequence[str], row: Any) -> SafeString:
    """The tree with this branch opened, or closed where it is open; the other branches as they are."""
    left = [code for code in opened if code != row.code]
    codes = left if row.is_open else [*left, row.code]
    address = f"{reverse('units_tree')}?{urlencode([('mo', code) for code in codes])}"
    return mark_safe(address.replace("&", "&amp;"))  # noqa: S308 - urlencode leaves no markup


@register.simple_tag(takes_context=True)
def chart_link(context: Any, box: Any, *, whole: bool = False) -> SafeString:
    """The chart with a box opened, or closed where it is open; ``whole`` shows every subordinate of it."""
    asked, kept = context["asked"], context["kept"]
    opened = [code for code in asked.opened if code != box.code]
    all_of = [code for code in asked.whole if code != box.code]
    if whole:
        all_of.append(box.code)
    elif not box.below:
        opened.append(box.code)
    pairs = [*kept.items(), *(("mo", code) for code in opened), *(("het", code) for code in all_of)]
    address = f"{context['here']}?{urlencode(pairs)}#o{box.id}"
    return mark_safe(address.replace("&", "&amp;"))  # noqa: S308 - urlencode leaves no markup


@register.filter
def of(counts: Any, key: str) -> int:
    """How many of a sort; none where it was not counted."""
    return int(counts.get(key, 0))
