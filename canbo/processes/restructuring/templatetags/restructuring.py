"""Words of restructuring for its templates: ``{% load restructuring %}``."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from canbo.facts.organisation.choices import Operation
from canbo.processes.restructuring.choices import Asset, Rule

register = template.Library()
OPERATIONS = {str(value): str(label) for value, label in Operation.choices}
RULES = {str(value): str(label) for value, label in Rule.choices}
ASSETS = {str(value): str(label) for value, label in Asset.choices}
FINDINGS = {
    "RESTRUCTURE-SURPLUS": "chức vụ dôi dư",
    "RESTRUCTURE-DEPUTIES": "cấp phó vượt số",
    "RESTRUCTURE-NO-POST": "người chưa có chức vụ",
    "RESTRUCTURE-OVER-QUOTA": "có mặt vượt biên chế",
    "RESTRUCTURE-CELL-SMALL": "chi bộ quá ít đảng viên",
    "RESTRUCTURE-CELL-LARGE": "chi bộ quá đông đảng viên",
    "RESTRUCTURE-SAME-NAME": "trùng tên",
}


@register.filter
def operation(code: str) -> str:
    """A form of change in words."""
    return OPERATIONS.get(str(code), str(code))


@register.filter
def rule(code: str) -> str:
    """A way of moving in words."""
    return RULES.get(str(code), str(code))


@register.filter
def named(names: Mapping[str, str], code: str | None) -> str:
    """A unit's name and code; a dash for none, the code alone where the name is not known."""
    if not code:
        return "—"
    return f"{names[code]} ({code})" if code in names else code


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for loops over a few fixed ones."""
    return text.split()


@register.filter
def finding(code: str) -> str:
    """What a finding is about."""
    return FINDINGS.get(code, code)


@register.filter
def unit_part(key: str) -> bool:
    """Whether a part of a plan lists units, not rows that move."""
    return key in ("het", "moi", "doi", "nhan", "theo")


@register.filter
def asset(code: str) -> str:
    """What is handed over, in words."""
    return ASSETS.get(str(code), str(code))
