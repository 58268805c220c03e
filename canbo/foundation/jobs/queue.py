"""The queue as Django's own connection sees it: what is done here belongs to the transaction at hand.

Not through the queue's application object: inside a worker that one speaks over the worker's own connections.
"""

from __future__ import annotations

import datetime as dt

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import Job as Queued
from procrastinate.manager import JobManager

from .choices import TASK

WAITS, HELD, LEFT, GONE = "waits", "held", "left", "gone"


def put(job_id: int) -> int | None:
    """Queues a job; returns the number the queue gives it."""
    queued = Queued(queue="default", lock=None, queueing_lock=None, task_name=TASK, task_kwargs={"job": job_id})
    return JobManager(DjangoConnector()).defer_job(queued).id


def take_out(number: int | None) -> None:
    """Takes an entry out of the queue, whether it waits or a dead worker holds it."""
    if number is None:
        return
    status = ProcrastinateJob.objects.filter(pk=number).values_list("status", flat=True).first()
    if status == "todo":
        JobManager(DjangoConnector()).cancel_job_by_id(number, delete_job=True)
    elif status == "doing":
        DjangoConnector().execute_query("SELECT procrastinate_finish_job_v1(%(job)s, 'failed', true)", job=number)


def standing(number: int | None, limit: dt.datetime) -> str:
    """How an entry stands: it waits, a living worker holds it, a dead one left it, or it is gone.

    Args:
        number: as given by ``put``.
        limit: a worker whose heartbeat is older than this moment, or who is not registered any more, is dead.
    """
    entry = ProcrastinateJob.objects.filter(pk=number or 0).values("status", "worker_id").first()
    if entry is None or entry["status"] not in ("todo", "doing"):
        return GONE
    if entry["status"] == "todo":
        return WAITS
    return (
        HELD if ProcrastinateWorker.objects.filter(pk=entry["worker_id"], last_heartbeat__gte=limit).exists() else LEFT
    )
