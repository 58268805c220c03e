"""Taking a list out of the system leaves a line in the log."""

from __future__ import annotations

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor

from ..choices import READ


@action("decisions.list.take", permission=READ, log=("rows", "query"))
def take_list(actor: Actor, *, rows: int, query: str) -> None:
    """Notes that somebody took the list as a workbook.

    Args:
        rows: how many decisions it holds.
        query: the conditions, as in the address.
    """
