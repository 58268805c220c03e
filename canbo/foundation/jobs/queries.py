"""Reading jobs: everybody sees her own; the operator sees all."""

from __future__ import annotations

from django.db.models import QuerySet

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from .models import Job


def jobs(actor: Actor) -> QuerySet[Job]:
    """The jobs the actor gave, newest first."""
    if actor.operator:
        return Job.objects.all()
    if actor.user_id is None:
        return Job.objects.none()
    return Job.objects.filter(owner_id=actor.user_id)


def job_by_id(actor: Actor, pk: int) -> Job:
    """One of the actor's jobs; raises OutOfScope when there is none."""
    found = jobs(actor).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("việc chạy nền")
    return found
