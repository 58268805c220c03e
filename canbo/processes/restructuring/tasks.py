"""What restructuring does in the background."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from canbo.facts.access.queries import build_actor
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.registry import job
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now, today

from . import actions, queries
from .choices import APPLY


def actor_of(row: Job) -> Actor:
    """Whoever gave the job, with the rights of today; the operator where the command line gave it."""
    if row.owner_id is None:
        return Actor(name=row.owner_name, operator=True)
    user: Any = get_user_model()._default_manager.get(pk=row.owner_id)
    return build_actor(user, today(), now()) if user.is_active else Actor(name=str(user), user_id=user.pk)


@job("restructuring.apply", ended=actions.settle)
def apply(run: Run, case: int) -> dict[str, int]:
    """Carries a decided case out; done already when the worker died between the end of the work and the note of it."""
    actor = actor_of(run.job)
    row = queries.case_by_id(actor, case, APPLY)
    if not row.applied:
        actions.apply(actor, case=row, today=today(), progress=run.progress)
    return {"case": case}


@job("restructuring.annul", ended=actions.settle)
def annul(run: Run, case: int, reason: str) -> dict[str, int]:
    """Takes a case back; done already when the worker died between the end of the work and the note of it."""
    actor = actor_of(run.job)
    row = queries.case_by_id(actor, case, APPLY)
    if row.annulled_at is None:
        actions.annul(actor, case=row, on=today(), reason=reason, progress=run.progress)
    return {"case": case}
