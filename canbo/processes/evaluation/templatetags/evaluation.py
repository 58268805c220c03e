"""Points and grades in templates: ``{% load evaluation %}``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.ui.templatetags.canbo import BLANK

register = template.Library()
KINDS = {"HTXS": "good", "HTT": "good", "HT": "info", "KHT": "bad", "A": "good", "B": "good", "C": "info", "D": "bad"}


@register.filter
def diem(value: Any, decimals: int = 1) -> str:
    """Points as people read them, one decimal: ``76,7``; a dash where they are not known."""
    if value in (None, ""):
        return BLANK
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return format_number(round(number, decimals))


@register.filter
def tron(value: Any, decimals: int = 1) -> Decimal | None:
    """The same as a number, for components that print numbers themselves; None where it is not known."""
    return None if value in (None, "") else round(Decimal(str(value)), decimals)


@register.filter
def muc(key: str | None, grades: Mapping[str, str]) -> str:
    """The official name of a grade; a dash for none."""
    return grades.get(key or "", key or "") or BLANK


@register.filter
def sac(key: str | None) -> str:
    """The colour a grade's sign takes beside its words."""
    return KINDS.get(key or "", "quiet")


@register.filter
def typed_or(typed: Mapping[str, str], line: Any) -> str:
    """What was typed for a criterion, else what the sheet holds; nothing where neither is."""
    name = f"score.{line.key}"
    if name in typed:
        return typed[name]
    return "" if line.own is None else format_number(line.own)


@register.filter
def words_or(typed: Mapping[str, str], part: Any) -> str:
    """What was typed in a part of the review report, else what the sheet holds."""
    return typed.get(part.name, part.text)


@register.filter
def sent_or(sent: Mapping[str, str] | None, line: Any) -> str:
    """The superior's points as sent, else those given, else those the person gave herself."""
    name = f"d.{line.key}"
    if sent and name in sent:
        return sent[name]
    value = line.given if line.given is not None else line.own
    return "" if value is None else format_number(value)


@register.filter
def percent_or(typed: Mapping[str, str], part: Any) -> str:
    """What the person typed for a part of an axis, else what the sheet holds."""
    name = f"axis.{part.name}"
    return typed[name] if name in typed else "" if part.own is None else format_number(part.own)


@register.filter
def percent_sent(sent: Mapping[str, str] | None, part: Any) -> str:
    """The superior's per cent as sent, else hers, else the person's."""
    name = f"x.{part.name}"
    if sent and name in sent:
        return sent[name]
    return "" if part.shown is None else format_number(part.shown)


@register.filter
def axis_sent(sent: Mapping[str, str] | None, line: Any) -> str:
    """The maximum of an axis as sent, else the one that stands."""
    name = f"t.{line.key}"
    if sent and name in sent:
        return sent[name]
    return "" if line.most is None else format_number(line.most)


@register.filter
def tong(scores: Mapping[str, Any] | None) -> str:
    """The sum of points by criterion; a dash where nothing was scored."""
    if not scores:
        return BLANK
    return format_number(sum((Decimal(str(value)) for value in scores.values()), Decimal(0)))


@register.filter
def get_item(values: Mapping[str, Any], key: str) -> Any:
    """One entry of a mapping; nothing where it has none."""
    return values.get(key, "")
