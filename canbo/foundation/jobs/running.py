"""Running a job: progress seen by others while a long transaction is open, stopping, and the end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext

from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from . import actions, registry
from .choices import CANCELLED, DONE, FAILED, NIGHTLY, TASK
from .models import Job

log = logging.getLogger(__name__)
_EVERY = 0.3  # seconds between two notes of progress that say the same words


class Stopped(BaseException):
    """The job must end now and write nothing: asked by a person, or taken from this worker.

    Not an ``Exception``, so that no work swallows it by accident; an open transaction rolls back as it passes.
    """


class Interrupted(Stopped):
    """The worker is being shut down; the job begins anew later."""


@dataclass
class Run:
    """What a piece of work is given: its job, and the way to say how far it is.

    Args:
        job: the row, as it was at the start.
        leaving: whether the worker is being shut down.
    """

    job: Job
    leaving: Callable[[], bool] = lambda: False
    _connection: psycopg.Connection | None = None
    _last: float = 0.0
    _words: str = field(default="")

    def progress(self, what: str, share: float) -> None:
        """Says what is at work and how far, and ends the run when that was asked for.

        Written on a connection of its own: the work's transaction stays open and uncommitted meanwhile.

        Args:
            what: in Vietnamese, a few words.
            share: 0 to 1.

        Raises:
            Stopped: somebody asked to stop, or the job was given to another worker.
            Interrupted: the worker is being shut down.
        """
        if self.leaving():
            raise Interrupted
        clock = time.monotonic()
        if what == self._words and clock - self._last < _EVERY:
            return
        self._words, self._last = what, clock
        found = (
            self._beside()
            .execute(
                "UPDATE jobs_job SET words = %s, share = %s, heartbeat_at = now() "
                "WHERE id = %s AND state = 'running' AND attempts = %s RETURNING cancel_asked_at IS NOT NULL",
                [what[:255], max(0.0, min(1.0, share)), self.job.pk, self.job.attempts],
            )
            .fetchone()
        )
        if found is None or found[0]:
            raise Stopped

    def _beside(self) -> psycopg.Connection:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(**connector_params(), autocommit=True)
        return self._connection

    def close(self) -> None:
        """Gives the connection back."""
        if self._connection is not None:
            self._connection.close()


def run(pk: int, leaving: Callable[[], bool] = lambda: False) -> None:
    """Runs one job to its end, whatever that is.

    Args:
        pk: the job; one that is gone, stopped or taken by another worker is left alone.
        leaving: whether the worker is being shut down.
    """
    job = actions.begin(pk)
    if job is None:
        return
    this = Run(job, leaving)
    try:
        result = registry.kind(job.kind).work(this, **job.arguments)
    except Interrupted:
        actions.give_back(job)
    except Stopped:
        actions.finish(job, state=CANCELLED, error="Đã dừng theo yêu cầu. Chưa ghi gì.")
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        actions.finish(job, state=FAILED, error=_words(job, error))
    else:
        actions.finish(job, state=DONE, result=result)
    finally:
        this.close()


def _words(job: Job, error: Exception) -> str:
    """What went wrong, for the person who gave the job; the trace is in the server's log."""
    if isinstance(error, Refused):
        return "\n".join(str(violation) for violation in error.violations)
    if isinstance(error, NotPermitted | OutOfScope):
        return "Tài khoản của bạn không còn quyền làm việc này trong phạm vi này."
    if isinstance(error, MemoryError):
        return "Máy chủ không đủ bộ nhớ cho việc này. Chưa ghi gì; chia tệp nhỏ hơn rồi làm lại."
    if isinstance(error, KeyError) and error.args == (job.kind,):
        return f"Bản đang chạy không làm được loại việc “{job.kind}”."
    return f"Máy chủ gặp lỗi ngoài dự tính, chưa ghi gì. Báo người quản trị, kèm số việc {job.pk}."


@app.task(name=TASK, pass_context=True)
def _queued(context: JobContext, job: int) -> None:
    run(job, leaving=context.should_abort)


# The queue reckons in UTC: 19:00 there is two in the morning in Vietnam.
@app.periodic(cron="0 19 * * *")
@app.task(name=NIGHTLY)
def _night(timestamp: int) -> None:
    tonight()


def tonight() -> dict[str, bool]:
    """Does what is done every night; one piece that fails does not keep the others from their turn."""
    done: dict[str, bool] = {}
    works: dict[str, Callable[[], object]] = {**registry.nights(), "xóa việc cũ": actions.prune}
    for name, work in works.items():
        try:
            work()
        except Exception:
            log.exception("nightly work %s failed", name)
            done[name] = False
        else:
            done[name] = True
    return done
