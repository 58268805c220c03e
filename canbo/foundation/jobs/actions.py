"""Giving work to the background, stopping it, and setting right what a dead worker left behind.

A job is no record of persons: what it writes is audited by the actions it calls, the job itself is not.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now

from . import queries, queue, registry
from .choices import CANCELLED, ENDED, FAILED, KEPT_DAYS, MOST_ATTEMPTS, OPEN, RUNNING, WAITING
from .models import Job

log = logging.getLogger(__name__)

LOST = "Việc bị ngắt giữa chừng vì máy chủ dừng đột ngột. Chưa ghi gì; hãy làm lại."
LOST_OFTEN = (
    f"Máy chủ dừng đột ngột {MOST_ATTEMPTS} lần khi đang làm việc này nên không thử nữa. "
    "Chưa ghi gì; báo người quản trị."
)


def submit(actor: Actor, *, kind: str, title: str, **arguments: object) -> Job:
    """Gives a piece of work to the background.

    The job becomes visible to workers when the caller's transaction is committed, and never exists when that is
    rolled back.

    Args:
        actor: for whom; the job belongs to the account.
        kind: as declared by ``@job``.
        title: what people call it, in Vietnamese.
        arguments: what JSON can carry.

    Raises:
        KeyError: no installed package declares the kind.
    """
    registry.kind(kind)
    with transaction.atomic():
        row = Job.objects.create(
            kind=kind,
            title=title[:255],
            owner_id=actor.user_id,
            owner_name=actor.name,
            arguments=arguments,
            submitted_at=now(),
            words="Đang chờ đến lượt",
        )
        _enqueue(row)
    return row


def _enqueue(row: Job) -> None:
    row.queued_as = queue.put(row.pk)
    row.save(update_fields=["queued_as"])


def cancel(actor: Actor, *, job: Job) -> Job:
    """Stops a job: at once while it waits, at its next step while it runs. An ended job stays as it is.

    Raises:
        OutOfScope: the job is somebody else's.
    """
    queries.job_by_id(actor, job.pk)
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.state == WAITING:
            _end(row, CANCELLED, f"{actor.name} đã dừng việc trước khi chạy.")
            queue.take_out(row.queued_as)
        elif row.state == RUNNING and row.cancel_asked_at is None:
            row.cancel_asked_at = now()
            row.save(update_fields=["cancel_asked_at"])
    if row.state == CANCELLED:
        tell_package(row)
    return row


def begin(pk: int) -> Job | None:
    """Takes a waiting job for running; None when it is gone, stopped, or taken by another worker."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=pk, state=WAITING).first()
        if row is None:
            return None
        row.state, row.attempts = RUNNING, row.attempts + 1
        row.started_at = row.heartbeat_at = now()
        row.share, row.words = 0.0, "Bắt đầu"
        row.save(update_fields=["state", "attempts", "started_at", "heartbeat_at", "share", "words"])
    return row


def finish(job: Job, *, state: str, error: str = "", result: object = None) -> bool:
    """Notes how a run ended; False when the job has meanwhile been given to somebody else."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job.pk, state=RUNNING, attempts=job.attempts).first()
        if row is None:
            return False
        row.result = result
        _end(row, state, error)
    tell_package(row)
    return True


def _end(row: Job, state: str, error: str) -> None:
    row.state, row.error, row.finished_at = state, error, now()
    if state not in (FAILED, CANCELLED):
        row.share, row.words = 1.0, "Xong"
    row.save(update_fields=["state", "error", "finished_at", "share", "words", "result"])


def give_back(job: Job) -> None:
    """Puts a job whose run was interrupted back into the queue, to begin anew."""
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(pk=job.pk, state=RUNNING, attempts=job.attempts).first()
        if row is not None:
            _again(row)


def _again(row: Job) -> None:
    row.state, row.words, row.share = WAITING, "Bị ngắt giữa chừng, đang chờ chạy lại từ đầu", 0.0
    row.save(update_fields=["state", "words", "share"])
    _enqueue(row)


def rescue(patience: float | None = None) -> list[Job]:
    """Finds jobs whose worker died and runs them again or marks them failed, as their kind says.

    A worker is dead when its heartbeat in the queue's own table is older than ``patience``, or when that row is gone.

    Args:
        patience: seconds since the last heartbeat; ``settings.JOB_PATIENCE`` when None.
    """
    limit = now() - dt.timedelta(seconds=settings.JOB_PATIENCE if patience is None else patience)
    saved: list[Job] = []
    for row in Job.objects.filter(state__in=OPEN).order_by("pk"):
        how = queue.standing(row.queued_as, limit)
        fresh = (row.heartbeat_at or row.submitted_at) >= limit
        if how in (queue.WAITS, queue.HELD) or (how == queue.GONE and fresh):
            continue
        if (settled := _settle(row.pk)) is not None:
            saved.append(settled)
    return saved


def _settle(pk: int) -> Job | None:
    with transaction.atomic():
        row = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=OPEN).first()
        if row is None:
            return None
        queue.take_out(row.queued_as)
        try:
            rerun = registry.kind(row.kind).rerun
        except KeyError:
            rerun = False
        if row.cancel_asked_at is not None:
            _end(row, CANCELLED, "Đã dừng theo yêu cầu. Chưa ghi gì.")
        elif row.state == WAITING or (rerun and row.attempts < MOST_ATTEMPTS):
            _again(row)
        else:
            _end(row, FAILED, LOST_OFTEN if rerun else LOST)
    log.warning("job %s was left by its worker, now %s", row.pk, row.state)
    if row.state in ENDED:
        tell_package(row)
    return row


def tell_package(row: Job) -> None:
    """Lets the package that declared the kind set its own rows right."""
    try:
        ended = registry.kind(row.kind).ended
        if ended is not None:
            ended(row)
    except Exception:
        log.exception("after the end of job %s", row.pk)


def prune(days: int = KEPT_DAYS) -> int:
    """Removes jobs that ended more than so many days ago; returns how many."""
    old = now() - dt.timedelta(days=days)
    removed, _ = Job.objects.filter(state__in=ENDED, finished_at__lt=old).delete()
    return int(removed)
