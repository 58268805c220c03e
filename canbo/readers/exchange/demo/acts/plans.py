"""A restructuring that is being prepared: two departments into one, nothing carried out yet."""

from __future__ import annotations

import datetime as dt

from canbo.facts.organisation.models import UnitVersion
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import add_months
from canbo.processes.restructuring import actions

INTO, FROM = "SCT", "SKH"
TITLE = "Hợp nhất Sở Công Thương, Sở Khoa học và Công nghệ"
NAME = "Sở Công nghiệp, Thương mại và Công nghệ"


def propose(actor: Actor, root: str, day: dt.date) -> None:
    """Drafts the plan for the first day of the month after next; nothing where the departments are not there.

    Args:
        root: code of the province on the State side.
    """
    there = UnitVersion.objects.at(day).filter(unit__code__in=(f"{root}.{INTO}", f"{root}.{FROM}"))
    names = dict(there.values_list("unit__code", "name"))
    if len(names) < 2:
        return
    new = f"{root}.{INTO}"
    place = names[new].removeprefix("Sở Công Thương")
    row = {"new_code": new, "new_name": f"{NAME}{place}", "new_kind": "sở", "new_parent": root, "operation": "hợp nhất"}
    rows = [{"old_code": code, **row} for code in (new, f"{root}.{FROM}")]
    on = add_months(day.replace(day=1), 2)
    actions.draft(actor, title=TITLE, on=on, scope=None, day=day, source="Đề án của Sở Nội vụ", rows=rows)
