"""The reform of 1 July 2025 at full size: every administrative unit, with 300.000 people attached."""

from __future__ import annotations

import datetime as dt
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.__main__ import Figure

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
ON, TODAY = dt.date(2025, 7, 1), dt.date(2026, 11, 27)
LIMIT = 60.0


def cpu_seconds() -> float:
    """CPU used so far by this process and by the server process that answers it, where it runs on this machine."""
    from django.db import connection

    own = resource.getrusage(resource.RUSAGE_SELF)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    fields = stat.read_text().rsplit(")", 1)[1].split() if stat.exists() else ["0"] * 13
    return own.ru_utime + own.ru_stime + (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


def run() -> Iterator[Figure]:
    """Yields seconds of previewing, carrying out and annulling."""
    from canbo.foundation.runtime import cli, preparation

    with cli.database(), tempfile.TemporaryDirectory() as folder:
        preparation.prepare()
        from django.db import connection

        from canbo.foundation.kernel.actor import operator
        from canbo.processes.restructuring import actions, queries
        from canbo.processes.restructuring.rules.reading import read_answers, read_lines
        from canbo.readers.exchange.actions import load_book
        from canbo.readers.exchange.demo.cases import CASES
        from canbo.readers.exchange.loader.plan import Terms

        actor = operator("bench")
        size = int(os.environ.get("BENCH_SIZE", "300000"))
        for book in CASES["cai-cach-2025"].books(size, today=TODAY):
            findings, batch = load_book(actor, book, terms=Terms(TODAY, True, "bench"))
            if batch is None:
                raise RuntimeError(f"not loaded: {findings.faults[:3]}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # as the server does by itself within minutes of a load
        path = Path(folder) / "reform.csv"
        _, beside = queries.export_reform(actor, path, ON)
        rows, _ = read_lines(path.read_text(encoding="utf-8"))
        replies, _ = read_answers(beside.read_text(encoding="utf-8"))
        units = len(queries.standing(dt.date(2025, 6, 30)))

        cpu = cpu_seconds()
        start = time.perf_counter()
        plan = queries.plan_lines(queries.Lines(ON, rows))
        preview = time.perf_counter() - start
        cpu_preview = cpu_seconds() - cpu
        lines, plan, _ = queries.answered(queries.Lines(ON, rows), replies, look_closer=False)
        if not plan.ready:
            raise RuntimeError(f"{plan.faults[:3]} {plan.questions[:3]}")
        cpu = cpu_seconds()
        start = time.perf_counter()
        case = actions.run_at_once(
            actor, lines=lines, number="1-NQ/UBTVQH", title="Sắp xếp 2025", source="bench", today=TODAY
        )
        applied = time.perf_counter() - start
        cpu_applied = cpu_seconds() - cpu
        kinds = case.totals["moved"]
        cpu = cpu_seconds()
        start = time.perf_counter()
        actions.annul(actor, case=case, on=TODAY, reason="đo")
        annulled = time.perf_counter() - start
        cpu_annulled = cpu_seconds() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    load = f"load {os.getloadavg()[0]:.1f}"
    what = f"restructure: {units:,} units, {size:,} people"
    yield Figure(
        f"{what}, preview ({load})", f"{preview:.1f} s (CPU {cpu_preview:.1f} s)", "at most 60 s", preview <= LIMIT
    )
    yield Figure(
        f"{what}, decide and apply", f"{applied:.1f} s (CPU {cpu_applied:.1f} s)", "at most 60 s", applied <= LIMIT
    )
    yield Figure(f"{what}, annul", f"{annulled:.1f} s (CPU {cpu_annulled:.1f} s)", "at most 60 s", annulled <= LIMIT)
    yield Figure("restructure: rows moved", " ".join(f"{kind} {count:,}" for kind, count in kinds.items()))
    yield Figure("restructure: peak memory of the process", f"{peak} MB")
