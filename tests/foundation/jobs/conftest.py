"""Worker processes on the test database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django.utils import connector_params
from psycopg.conninfo import make_conninfo

from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor

ROOT = Path(__file__).resolve().parents[3]
Worker = Callable[[], subprocess.Popen[bytes]]


@pytest.fixture(autouse=True)
def _kinds(settings: object) -> None:
    settings.JOB_MODULES = ["tests.foundation.jobs.kinds"]  # type: ignore[attr-defined]


@pytest.fixture
def clerk() -> Actor:
    """Somebody with an account."""
    return Actor(name="Lò Thị Mây", user_id=41)


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    """Starts worker processes; those still alive at the end are ended."""
    started: list[subprocess.Popen[bytes]] = []
    params = {k: v for k, v in connector_params().items() if isinstance(v, str | int) and k != "prepare_threshold"}
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo(**{k: str(v) for k, v in params.items()}),
        "DJANGO_SETTINGS_MODULE": "tests.foundation.jobs.worker_settings",
    }

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / f"worker{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "canbo.foundation.jobs.worker"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


def until(job: Job, true: Callable[[Job], bool], seconds: float = 30) -> Job:
    """Waits for a job to be as wanted, and fails with what it is instead."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        row = Job.objects.get(pk=job.pk)
        if true(row):
            return row
        time.sleep(0.05)
    pytest.fail(f"job stayed {row.state} {row.share} {row.words!r} {row.error!r}")
