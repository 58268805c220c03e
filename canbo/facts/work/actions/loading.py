"""A catalogue brought as a workbook."""

from __future__ import annotations

import datetime as dt

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import require_over
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused

from ..choices import CATALOGUE
from ..models import Product
from ..rules import COLUMNS, numbered, read
from .catalogue import Entry, set_products


@action("work.catalogue.load", permission=CATALOGUE, log=("unit", "on", "decision", "sha256"))
def load_products(
    actor: Actor, *, unit: Unit, data: bytes, on: dt.date, decision: Decision | None = None, sha256: str = ""
) -> list[Product]:
    """Puts every product of a workbook into a catalogue, or none: all faults are told at once, with row and column.

    What stands in the catalogue and not in the file stays as it is, products and columns alike.

    Raises:
        OutOfScope, NotPermitted: the catalogue is not the actor's.
        Refused: with every fault of the file.
    """
    require_over(actor, CATALOGUE, unit, on)
    found = read(data)
    rows = [row.pop("row") for row in found.rows]
    known = {row.code: row for row in Product.objects.at(on).filter(unit=unit)}
    for row in found.rows:
        for name in set(COLUMNS) - found.columns:
            if row["code"] in known:
                row[name] = getattr(known[row["code"]], name)
    entries = [Entry(**row) for row in found.rows]
    if found.faults:
        raise Refused(found.faults)
    try:
        return set_products(actor, unit=unit, entries=entries, on=on, decision=decision)
    except Refused as refused:
        raise Refused(numbered(refused.violations, rows)) from None
