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
