"""Loading the full Thanh Hóa case through the checks of an import, against a bare COPY of the same cells."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time
from collections.abc import Iterator

from bench.__main__ import Figure

DAY = dt.date(2026, 11, 22)


def run() -> Iterator[Figure]:
    """Yields rows a second, and the ratio to the bare COPY."""
    from canbo.foundation.runtime import cli, preparation

    with cli.database():
        preparation.prepare()
        from canbo.foundation.kernel.actor import operator
        from canbo.readers.exchange.actions import load_book
        from canbo.readers.exchange.demo.cases import CASES
        from canbo.readers.exchange.loader.plan import Terms

        size = int(os.environ.get("BENCH_SIZE", "0")) or None
        book = CASES["thanh-hoa-2021"](size or CASES["thanh-hoa-2021"].full, 2021, DAY)
        rows = sum(sheet.size for sheet in book.values())
        bare = _bare_copy(book)
        start = time.perf_counter()
        findings, batch = load_book(operator("bench"), book, terms=Terms(DAY, False, "bench"))
        seconds = time.perf_counter() - start
        if batch is None:
            raise RuntimeError(f"not loaded: {findings.faults[:3]}")
        again = time.perf_counter()
        load_book(operator("bench"), book, terms=Terms(DAY, False, "bench"))
        again = time.perf_counter() - again
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield Figure(f"load: {rows:,} rows, every check", f"{seconds:.1f} s, {rows / seconds:,.0f} rows/s")
    yield Figure("load: bare COPY of the same cells, no constraints", f"{bare:.1f} s, {rows / bare:,.0f} rows/s")
    yield Figure("load: ratio to the bare COPY", f"{seconds / bare:.1f} x", "at most 6", seconds / bare <= 6)
    yield Figure("load: the same file again (changes nothing)", f"{again:.1f} s")
    yield Figure("load: peak memory of the loading process", f"{peak} MB")


def _bare_copy(book: dict) -> float:
    """Seconds to COPY every sheet as it is into tables of text columns without any constraint or index."""
    from django.db import connection

    from canbo.readers.exchange.loader.copying import copy_rows
    from canbo.readers.exchange.loader.spec import as_text

    total = 0.0
    with connection.cursor() as cursor:
        for number, sheet in enumerate(book.values()):
            table = f"bench_bare_{number}"
            cursor.execute(f"CREATE TABLE {table} ({', '.join(f'c{i} text' for i in range(len(sheet.columns)))})")
            start = time.perf_counter()
            columns = {f"c{i}": cells for i, cells in enumerate(sheet.columns.values())}
            copy_rows(
                table,
                {n: [c if c is None or isinstance(c, str) else as_text(c) for c in v] for n, v in columns.items()},
            )
            total += time.perf_counter() - start
            cursor.execute(f"DROP TABLE {table}")
    return total
