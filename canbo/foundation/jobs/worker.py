"""The process that does background work: ``python -m canbo.foundation.jobs.worker``.

Takes one job at a time (``CANBO_WORKER_JOBS``), stops gracefully on SIGTERM, and looks for jobs left behind by dead
workers. Reads ``CANBO_WORKER_MEMORY`` (MB, three quarters of the machine's by default).
"""

from __future__ import annotations

import os
import resource
import threading

import django

_GRACE = 3.0  # seconds a running job gets to finish by itself; the supervisor waits eight before it kills


def main() -> None:
    """Works until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _limit_memory()
    django.setup()

    from django.conf import settings
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    jobs = int(os.environ.get("CANBO_WORKER_JOBS", "1"))
    ending = threading.Event()
    watch = threading.Thread(target=_watch, args=(ending, settings.JOB_PATIENCE / 2), daemon=True)
    watch.start()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    try:
        with app.replace_connector(connector):
            app.run_worker(
                name="canbo",
                concurrency=jobs,
                delete_jobs="always",
                shutdown_graceful_timeout=_GRACE,
                update_heartbeat_interval=settings.JOB_PATIENCE / 4,
                stalled_worker_timeout=settings.JOB_PATIENCE,
                fetch_job_polling_interval=5.0,
            )
    finally:
        ending.set()


def _watch(ending: threading.Event, every: float) -> None:
    """Looks for jobs without a living worker, at the start and then every so many seconds."""
    from django.db import connection

    from .actions import log, rescue

    while True:
        try:
            rescue()
        except Exception:
            log.exception("looking for jobs left behind")
        finally:
            connection.close()
        if ending.wait(every):
            return


def _limit_memory() -> None:
    """A job that needs more than its share fails alone, instead of taking the machine down with it."""
    wanted = os.environ.get("CANBO_WORKER_MEMORY")
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = int(wanted) * 1024 * 1024 if wanted else machine * 3 // 4
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


if __name__ == "__main__":
    main()
