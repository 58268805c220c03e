"""A whole self-assessment at once, as a form without script sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation

from ..models import Sheet
from .axes import OWN
from .own import AXIS, SCORE, TEXTS, save_self


def save_form(actor: Actor, *, sheet: Sheet, version: int, values: Mapping[str, Any]) -> Sheet:
    """Keeps the fields that differ from what the sheet holds; what is sound is kept though another field is refused.

    Args:
        values: by field as in ``save_self``.

    Raises:
        Refused: every refused field at once; the others were kept.
        OutOfScope: somebody else's sheet.
    """
    faults: list[Violation] = []
    with transaction.atomic():
        for name, value in _changed(sheet, values).items():
            try:
                with transaction.atomic():
                    version = save_self(actor, sheet=sheet, version=version, field=name, value=value).version
            except Refused as refused:
                faults += refused.violations
                if any(fault.code in ("EVAL-VERSION", "EVAL-STATE", "EVAL-CLOSED") for fault in refused.violations):
                    break
    if faults:
        raise Refused(faults)
    sheet.version = version
    return sheet


def _changed(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, Any]:
    held = {SCORE + key: value for key, value in sheet.self_scores.items()}
    held |= {f"{AXIS}{a['key']}.{part}": v for a in sheet.axes for part, v in a.get(OWN, {}).items()}
    held |= {name: getattr(sheet, name) for name in TEXTS}
    return {name: value for name, value in values.items() if _plain(value) != _plain(held.get(name))}


def _plain(value: Any) -> str:
    return "" if value is None else str(value).strip().replace("\r\n", "\n").replace(",", ".")
