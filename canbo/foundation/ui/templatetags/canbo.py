"""Numbers, dates, signs and small components for every template: ``{% load canbo %}``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from canbo.foundation.kernel.dates import PartialDate, format_date
from canbo.foundation.kernel.numbers import Number, format_number, format_percent
from canbo.foundation.ui.icons import PATHS

register = template.Library()
BLANK = "—"


@register.filter
def so(value: Number | None, decimals: int | None = None) -> str:
    """``1.234,5``; a dash for no value."""
    return BLANK if value is None or value == "" else format_number(value, decimals)


@register.filter
def phan_tram(value: Number | None) -> str:
    """``125,6%``; a dash for no value."""
    return BLANK if value is None or value == "" else format_percent(value)


@register.filter
def ngay(value: PartialDate | dt.date | None, precision: str = "d") -> str:
    """``31/12/2021``, or ``12/2021`` and ``2021`` when no more is known; a dash for no date."""
    if isinstance(value, PartialDate):
        return str(value)
    return format_date(value, precision or "d") or BLANK


@register.filter
def gio(value: dt.datetime | None) -> str:
    """``14:05 ngày 31/12/2021``, in Vietnam's time."""
    if value is None:
        return BLANK
    from canbo.foundation.kernel.clock import VIETNAM

    local = value.astimezone(VIETNAM) if value.tzinfo else value
    return f"{local:%H:%M} ngày {format_date(local.date())}"


@register.filter
def co(value: Any) -> Any:
    """The value, or a dash when there is none."""
    return BLANK if value in (None, "") else value


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign; decorative unless it gets a label."""
    path = PATHS[name]
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>', label, path
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', path)


@register.simple_tag
def period(first: dt.date | None = None, last: dt.date | None = None, precision: str = "d") -> str:
    """``từ 01/07/2021 đến 30/06/2025``, ``từ 01/07/2021 đến nay``; both ends included."""
    start = f"từ {format_date(first, precision)}" if first else ""
    end = f"đến {format_date(last, precision)}" if last else ("đến nay" if first else "")
    return f"{start} {end}".strip() or "không rõ thời gian"


@register.simple_tag
def in_force(value: Any, precision: str = "d") -> str:
    """The period of a fact row, whose upper bound is stored excluded and shown as the last day."""
    last = value.upper - dt.timedelta(days=1) if value and value.upper else None
    return period(value.lower if value else None, last, precision)


SIGNS = {"good": "check", "warn": "warning", "bad": "stop", "info": "info", "wait": "clock", "quiet": ""}


@register.simple_tag
def state(text: str, kind: str = "quiet") -> SafeString:
    """A word with a sign and a colour: ``good``, ``warn``, ``bad``, ``info``, ``wait`` or ``quiet``."""
    sign = icon(SIGNS[kind]) if SIGNS[kind] else ""
    return format_html('<span class="state state--{}">{}{}</span>', kind, sign, text)


@register.simple_tag
def meter(value: Number | None, full: Number | None, label: str, kind: str = "info") -> SafeString:
    """A bar that fills, with its words; more than full is shown full and coloured as a warning."""
    if value is None or not full:
        return format_html('<span class="muted">{}: chưa có số</span>', label)
    over = float(value) > float(full)
    width = min(100.0, float(value) * 100 / float(full))
    return format_html(
        '<span class="meter{}"><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="meter__all" width="100" height="6"/><rect class="meter__part" width="{}" height="6"/></svg>'
        '<span class="meter__text">{}: <b>{}</b> / {}</span></span>',
        " meter--over" if over else f" meter--{kind}",
        f"{width:.1f}",
        label,
        format_number(value),
        format_number(full),
    )


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """The present query string with changes; None removes a parameter, and the page number always falls away."""
    params = context["request"].GET.copy()
    params.pop("trang", None)
    for key, value in changes.items():
        if value is None:
            params.pop(key, None)
        else:
            params[key] = value
    return mark_safe("?" + params.urlencode().replace("&", "&amp;"))  # noqa: S308 - urlencode leaves no markup


@register.inclusion_tag("ui/parts/figure.html")
def figure(value: Number | None, label: str, url: str = "", note: str = "", unit: str = "") -> dict[str, Any]:
    """A figure that opens its rows: number, what it counts, where it leads, what to compare it with."""
    return {"value": value, "label": label, "url": url, "note": note, "unit": unit}


@register.inclusion_tag("ui/parts/chart.html")
def chart(definition: Any, width: int = 460) -> dict[str, Any]:
    """A chart with its sentence, its key and its table; ``definition`` is a ``charts.Chart``."""
    from canbo.foundation.ui.charts import svg

    return {"chart": definition, "drawing": "" if definition.is_empty else svg(definition, width=width)}
