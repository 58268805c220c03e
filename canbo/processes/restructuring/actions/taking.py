"""What taking a plan home leaves behind: a line of the log."""

from __future__ import annotations

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor

from ..choices import READ
from ..models import Restructuring
from ..queries import require_case


@action("restructuring.plan.export", permission=READ, log=("case", "ending"))
def take_plan(actor: Actor, *, case: Restructuring, ending: str) -> Restructuring:
    """Notes that somebody took the lists of a plan home as a file.

    Args:
        ending: docx, pdf or xlsx.
    """
    require_case(actor, READ, case)
    return case
