"""Stopped half-way, nothing is half done; and one restructuring waits for another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest
from django.db import connection

from canbo.foundation.jobs import running
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.violation import Refused
from canbo.processes.restructuring import actions, queries

from ... import factories as make
from .conftest import EVE, TODAY, dump

KILLED = """
import datetime, os, signal, sys
import django
django.setup()
from canbo.foundation.kernel.actor import operator
from canbo.processes.restructuring import actions, queries
def die(what, share):
    if share >= float(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
actor = operator("x")
actions.apply(actor, case=queries.case_by_id(actor, int(sys.argv[1])), today=datetime.date(2025, 7, 2), progress=die)
"""


@pytest.fixture
def _database(transactional_db: None) -> None:
    """Rows here are seen by other connections."""


def decided(boss, case):
    found = case()
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án 1")
    actions.decide(boss, case=found, decision=make.decision("1-QĐ/TU", on=EVE), on=EVE, reason="thử")
    return queries.case_by_id(boss, found.pk)


def test_a_killed_process_leaves_nothing_and_the_case_can_be_carried_out_again(boss, world, case):
    found = decided(boss, case)
    before = dump()
    server = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    url = f"{server.scheme}://{server.netloc}/{name}" + (f"?{server.query}" if server.query else "")
    for share in ("0.3", "0.95"):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(found.pk), share], env={**os.environ, "DATABASE_URL": url}, timeout=100
        )
        assert done.returncode == -signal.SIGKILL
        assert dump() == before
    row = actions.apply(boss, case=found, today=TODAY)
    assert row.totals["before"] == row.totals["after"]
    with pytest.raises(Refused, match="Đã thực hiện"):
        actions.apply(boss, case=found, today=TODAY)


def test_two_at_once_carry_a_case_out_once(boss, world, case):
    found = decided(boss, case)
    ended: list[str] = []

    def work() -> None:
        try:
            actions.apply(boss, case=found, today=TODAY)
            ended.append("done")
        except Refused as refusal:
            ended.append(refusal.violations[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["RESTRUCTURE-APPLIED", "done"]


def test_in_the_background(boss, world, case):
    found = case()
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án")
    row = actions.decide(boss, case=found, decision=make.decision("1-QĐ/TU", on=EVE), on=EVE, reason="thử")
    job = actions.start_apply(boss, case=row)
    running.run(job.pk)
    row = queries.case_by_id(boss, found.pk)
    assert Job.objects.get(pk=job.pk).state == "done", Job.objects.get(pk=job.pk).error
    assert row.applied
    job = actions.start_annul(boss, case=row, reason="thử")
    running.run(job.pk)
    assert queries.case_by_id(boss, found.pk).annulled_at is not None
