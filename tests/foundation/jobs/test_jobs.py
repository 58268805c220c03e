"""Giving, running, failing and pruning work, without a process of its own."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from canbo.facts.decisions.models import Draft
from canbo.foundation.jobs import actions, queries
from canbo.foundation.jobs.choices import CANCELLED, DONE, FAILED
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run, tonight
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import OutOfScope


def ended(clerk: Actor, kind: str, **arguments: object) -> Job:
    job = actions.submit(clerk, kind=kind, title="Việc thử", **arguments)
    run(job.pk)
    return Job.objects.get(pk=job.pk)


@pytest.mark.django_db
def test_a_job_lives_and_dies_with_the_transaction_that_gave_it(clerk: Actor):
    with transaction.atomic():
        actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    job = actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    assert ProcrastinateJob.objects.get(pk=job.queued_as).args == {"job": job.pk}


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_when_given(clerk: Actor):
    with pytest.raises(KeyError):
        actions.submit(clerk, kind="test.nothing", title="Việc thử")


@pytest.mark.django_db
def test_refusals_reach_the_reader_and_faults_of_the_program_do_not(clerk: Actor, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.CRITICAL)
    assert ended(clerk, "test.refused").error == "Tệp này của đơn vị khác. Chọn tệp của đơn vị mình."
    broken = ended(clerk, "test.broken")
    assert broken.state == FAILED
    assert "secret" not in broken.error
    assert f"số việc {broken.pk}" in broken.error


@pytest.mark.django_db
def test_a_waiting_job_is_stopped_at_once_and_leaves_the_queue(clerk: Actor, tmp_path: Path):
    job = actions.submit(clerk, kind="test.ended", title="Việc thử", file=str(tmp_path / "x"))
    assert actions.cancel(clerk, job=job).state == CANCELLED
    assert not ProcrastinateJob.objects.exists()
    assert (tmp_path / "x").read_text(encoding="utf-8") == CANCELLED
    run(job.pk)
    assert Job.objects.get(pk=job.pk).state == CANCELLED


@pytest.mark.django_db
def test_a_package_is_told_how_its_job_ended(clerk: Actor, tmp_path: Path):
    assert ended(clerk, "test.ended", file=str(tmp_path / "y")).state == DONE
    assert (tmp_path / "y").read_text(encoding="utf-8") == DONE


@pytest.mark.django_db
def test_everybody_sees_only_her_own_jobs(clerk: Actor):
    job = actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    other = Actor(name="Vừ A Sáng", user_id=42)
    assert list(queries.jobs(other)) == []
    with pytest.raises(OutOfScope):
        actions.cancel(other, job=job)


@pytest.mark.django_db
def test_a_run_that_lost_its_job_to_another_worker_cannot_end_it(clerk: Actor):
    job = actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    mine = actions.begin(job.pk)
    assert mine is not None
    Job.objects.update(attempts=2)
    assert not actions.finish(mine, state=DONE)
    assert actions.begin(job.pk) is None


@pytest.mark.django_db
def test_a_job_whose_worker_died_too_often_is_given_up(clerk: Actor):
    job = actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    actions.begin(job.pk)
    Job.objects.update(attempts=3, queued_as=None, heartbeat_at=now() - dt.timedelta(minutes=5))
    assert [row.state for row in actions.rescue()] == [FAILED]
    assert Job.objects.get().error == actions.LOST_OFTEN


@pytest.mark.django_db
def test_a_living_job_is_left_alone(clerk: Actor):
    job = actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    assert actions.rescue(patience=0) == []
    assert Job.objects.get(pk=job.pk).queued_as == job.queued_as


@pytest.mark.django_db
def test_old_jobs_are_removed_and_open_ones_kept(clerk: Actor):
    old = ended(clerk, "test.refused")
    Job.objects.filter(pk=old.pk).update(finished_at=now() - dt.timedelta(days=91))
    actions.submit(clerk, kind="test.slow", title="Việc thử", steps=1, name="a")
    ended(clerk, "test.refused")
    assert actions.prune() == 1
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_one_bad_piece_of_a_night_spares_the_others(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.CRITICAL)
    done = tonight()
    assert done["hỏng"] is False
    assert done["tốt"] is True
    assert Draft.objects.get().content == {"name": "đêm"}
