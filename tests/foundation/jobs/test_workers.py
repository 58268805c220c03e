"""Real worker processes: progress while a transaction is open, kill -9, restart, cancel."""

from __future__ import annotations

import signal

import pytest

from canbo.facts.decisions.models import Draft
from canbo.foundation.jobs.actions import LOST, cancel, submit
from canbo.foundation.jobs.choices import CANCELLED, DONE, FAILED, RUNNING, WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor

from .conftest import Worker, until

pytestmark = pytest.mark.postgres


def give(clerk: Actor, kind: str = "test.slow", steps: int = 5, name: str = "a") -> Job:
    return submit(clerk, kind=kind, title="Việc thử", steps=steps, name=name)


def under_way(row: Job) -> bool:
    return row.state == RUNNING and row.share > 0


def test_a_job_is_done_and_its_progress_seen_before_anything_is_committed(start_worker: Worker, clerk: Actor):
    start_worker()
    job = give(clerk, steps=20)
    seen = until(job, under_way)
    assert seen.words.startswith("bước ")
    assert not Draft.objects.exists()
    done = until(job, lambda row: row.state == DONE)
    assert (done.share, done.result, done.error) == (1.0, {"steps": 20}, "")
    assert Draft.objects.count() == 1


def test_a_killed_worker_leaves_nothing_and_its_job_is_done_by_the_next(start_worker: Worker, clerk: Actor):
    first = start_worker()
    job = give(clerk, steps=40)
    until(job, under_way)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert not Draft.objects.exists()
    start_worker()
    done = until(job, lambda row: row.state == DONE)
    assert done.attempts == 2
    assert Draft.objects.count() == 1


def test_work_that_may_not_be_repeated_is_marked_failed(start_worker: Worker, clerk: Actor):
    first = start_worker()
    job = give(clerk, "test.once", steps=400)
    until(job, under_way)
    first.send_signal(signal.SIGKILL)
    first.wait()
    start_worker()
    failed = until(job, lambda row: row.state == FAILED)
    assert failed.error == LOST
    assert failed.attempts == 1
    assert not Draft.objects.exists()


def test_a_running_job_stops_when_asked_and_writes_nothing(start_worker: Worker, clerk: Actor):
    start_worker()
    job = give(clerk, steps=400)
    until(job, under_way)
    assert cancel(clerk, job=job).stopping
    stopped = until(job, lambda row: row.state == CANCELLED)
    assert "Chưa ghi gì" in stopped.error
    assert not Draft.objects.exists()
    after = give(clerk, steps=1, name="b")
    until(after, lambda row: row.state == DONE)


def test_a_worker_told_to_end_gives_its_job_back(start_worker: Worker, clerk: Actor):
    first = start_worker()
    job = give(clerk, steps=80)
    until(job, under_way)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=8) == 0
    assert Job.objects.get(pk=job.pk).state == WAITING
    assert not Draft.objects.exists()
    start_worker()
    assert until(job, lambda row: row.state == DONE).attempts == 2


def test_a_job_given_while_no_worker_runs_waits_for_one(start_worker: Worker, clerk: Actor):
    job = give(clerk, steps=1)
    assert job.state == WAITING
    start_worker()
    until(job, lambda row: row.state == DONE)
