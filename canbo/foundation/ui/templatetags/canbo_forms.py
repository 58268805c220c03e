"""Refusals and fields of a form: ``{% load canbo_forms %}``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from canbo.foundation.kernel.violation import Violation

register = template.Library()


@dataclass(frozen=True)
class Line:
    """One line of the summary above a form: the field it leads to and the refusal."""

    label: str
    target: str
    refusal: Violation


def _violations(errors: Any) -> list[Violation]:
    found: list[Violation] = []
    for error in getattr(errors, "data", errors):
        if isinstance(error, ValidationError):
            violation = (error.params or {}).get("violation") if hasattr(error, "params") else None
            if error.code == "required":
                violation = Violation("required", "Chỗ này chưa ghi.", fix="Ghi rồi gửi lại.")
            found += [violation] if violation else [Violation(error.code or "", text) for text in error.messages]
        else:
            found.append(Violation("", str(error)))
    return found


@register.filter
def refusals(field: BoundField) -> list[Violation]:
    """The four-part refusals of one field."""
    return _violations(field.errors)


@register.filter
def has_refusals(form: BaseForm) -> bool:
    """Whether anything was refused; an untouched form is asked nothing."""
    return form.is_bound and bool(form.errors)


@register.filter
def summary(form: BaseForm) -> list[Line]:
    """Every refusal of a form in the order of its fields, those of the whole form first."""
    lines = [Line("", "", violation) for violation in _violations(form.errors.get(NON_FIELD_ERRORS, []))]
    for name in form.fields:
        if name in form.errors:
            bound = form[name]
            target = bound.id_for_label or bound.auto_id
            lines += [Line(str(bound.label), target, v) for v in _violations(form.errors[name])]
    return lines


@register.filter
def refusal_count(form: BaseForm) -> str:
    """``Có 3 chỗ cần sửa trước khi ghi``."""
    count = len(summary(form))
    return "Có một chỗ cần sửa trước khi ghi" if count == 1 else f"Có {count} chỗ cần sửa trước khi ghi"


@register.filter
def described(field: BoundField) -> SafeString:
    """The field's widget, dressed in the product's class and tied to its help and refusals."""
    widget = field.field.widget
    attrs: dict[str, Any] = {}
    kind = getattr(widget, "input_type", "")
    if kind not in {"checkbox", "radio", "file"}:
        attrs["class"] = f"{widget.attrs.get('class', '')} input".strip()
    ids = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if ids and not field.use_fieldset:
        attrs["aria-describedby"] = " ".join(ids)
    return field.as_widget(attrs=attrs)


@register.filter
def in_grid(field: BoundField) -> SafeString:
    """The widget of a grid cell, named by its column for readers of a screen."""
    attrs: dict[str, Any] = {"aria-label": str(field.label)}
    if field.errors:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    return field.as_widget(attrs=attrs)
