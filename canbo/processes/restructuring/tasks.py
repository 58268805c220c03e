"""What restructuring does in the background."""

from __future__ import annotations

from canbo.facts.access.queries import giver_of
from canbo.foundation.jobs.registry import job
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.clock import now, today

from . import actions, queries
from .choices import APPLY


@job("restructuring.apply", ended=actions.settle)
def apply(run: Run, case: int) -> dict[str, int]:
    """Carries a decided case out; done already when the worker died between the end of the work and the note of it."""
    actor = giver_of(run.job, today(), now())
    row = queries.case_by_id(actor, case, APPLY)
    if not row.applied:
        actions.apply(actor, case=row, today=today(), progress=run.progress)
    return {"case": case}


@job("restructuring.annul", ended=actions.settle)
def annul(run: Run, case: int, reason: str) -> dict[str, int]:
    """Takes a case back; done already when the worker died between the end of the work and the note of it."""
    actor = giver_of(run.job, today(), now())
    row = queries.case_by_id(actor, case, APPLY)
    if row.annulled_at is None:
        actions.annul(actor, case=row, on=today(), reason=reason, progress=run.progress)
    return {"case": case}
