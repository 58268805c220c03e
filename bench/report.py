"""The whole year-end report of the loaded case against hand-written SQL that fetches the same figures."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from bench.__main__ import Figure
from bench.report_sql import STATEMENTS

CASE, UNIT, YEAR = "thanh-hoa-2021", "TH", "2021"
ROUNDS = 3
RELIEVING = {"miễn nhiệm", "từ chức", "cho từ chức", "thôi giữ chức", "thôi giữ chức vụ"}
RELIEVING |= {"cho thôi giữ chức", "cho thôi giữ chức vụ"}


def run() -> Iterator[Figure]:
    """Yields both times and their ratio; fails when the two do not say the same."""
    from canbo.foundation.runtime import cli, preparation

    with cli.database():
        preparation.prepare()
        from canbo.foundation.kernel.actor import operator
        from canbo.readers.reports import drafting

        _require_case()
        actor = operator("bench")
        document, whole = _timed(lambda: drafting.document(actor, "tong-ket-nam", UNIT, YEAR))
        rows, sql = _timed(_by_hand)
    said = {name: figure.number for name, figure in document.figures().items()}
    compared = _compare(said, rows)
    slowest = max(rows, key=lambda name: rows[name][1])
    yield Figure(f"report: year-end, {len(said)} figures, texts and tables", f"{whole:.2f} s")
    yield Figure(f"report: hand-written SQL, {len(STATEMENTS)} statements, {compared} figures alike", f"{sql:.2f} s")
    yield Figure(f"report: slowest of the hand-written ({slowest})", f"{rows[slowest][1]:.2f} s")
    yield Figure("report: ratio to the hand-written SQL", f"{whole / sql:.1f} x", "at most 2", whole / sql <= 2)


def _require_case() -> None:
    """Loads the case unless an earlier measure left it in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM party_membership")
        if cursor.fetchone()[0]:
            cursor.execute("ANALYZE")  # what autovacuum does within a minute
            return
        from canbo.foundation.kernel.actor import operator
        from canbo.readers.exchange.actions import load_book
        from canbo.readers.exchange.demo.cases import CASES
        from canbo.readers.exchange.loader.plan import Terms

        day, case = dt.date(2026, 11, 22), CASES[CASE]
        book = case(int(os.environ.get("BENCH_SIZE", "0")) or case.full, 2021, day)
        findings, batch = load_book(operator("bench"), book, terms=Terms(day, False, "bench"))
        if batch is None:
            raise RuntimeError(f"not loaded: {findings.faults[:3]}")
        cursor.execute("ANALYZE")


def _timed(step: Callable[[], Any]) -> tuple[Any, float]:
    """What a step gives, and its median time in seconds after one round to warm up."""
    result, times = step(), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        result = step()
        times.append(time.perf_counter() - began)
    return result, statistics.median(times)


def _by_hand() -> dict[str, tuple[list[tuple[Any, ...]], float]]:
    """Rows and seconds of every statement."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id FROM organisation_unitversion v JOIN organisation_unit u ON u.id = v.unit_id"
            " WHERE u.code = %s LIMIT 1",
            [UNIT],
        )
        asked = {
            "unit": cursor.fetchone()[0], "period": YEAR, "first": dt.date(2021, 1, 1), "last": dt.date(2021, 12, 31),
            "p_first": dt.date(2020, 1, 1), "p_last": dt.date(2020, 12, 31),
        }  # fmt: skip
        for name, statement in STATEMENTS.items():
            began = time.perf_counter()
            cursor.execute(statement, asked)
            found[name] = cursor.fetchall(), time.perf_counter() - began
    return found


def _compare(said: dict[str, Any], rows: dict[str, tuple[list[tuple[Any, ...]], float]]) -> int:
    """How many figures both have; raises RuntimeError naming those that differ."""
    own = _figures({name: found for name, (found, _) in rows.items()})
    # the report counts staff only where there is a quota; the plain statement counts every main post
    both = (own.keys() & said.keys()) - {"BM02"}
    wrong = {name: (own[name], said[name]) for name in both if Decimal(str(own[name])) != Decimal(str(said[name] or 0))}
    if wrong:
        raise RuntimeError(f"report and hand-written SQL differ (SQL, report): {wrong}")
    return len(both)


def _figures(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, Any]:
    """The figures by their names in the report."""
    own: dict[str, Any] = defaultdict(int)

    def add(code: str, now: bool, value: Any, group: str = "") -> None:
        aspect = "" if now else ".previous"
        own[code + aspect] += value
        if group:
            own[f"{code}{aspect}[{group}]"] += value

    for now, branch, *counted in rows["members"] + rows["members a year before"]:
        for code, value in zip(("DV01", "DV02", "DV03", "DV05", "KN11", "DS01A"), counted, strict=True):
            add(code, now, value, f"unit={branch}" if code == "DV01" else "")
    for now, entry, branch, total, women, minorities, believers in rows["beginnings"]:
        code = {"ket_nap": "KN01", "ket_nap_lai": "KN15", "phuc_hoi": "DV19"}[entry]
        add(code, now, total, f"unit={branch}" if code == "KN01" and branch else "")
        if code == "KN01":
            add("KN05", now, women, f"unit={branch}" if branch else "")
            add("KN06", now, minorities, f"unit={branch}" if branch else "")
            add("KN07", now, believers)
    own["KN10"] = rows["official"][0][0]
    for now, value in rows["arrivals"]:
        add("DV10", now, value)
    ended = {"chuyen_di": "DV11", "tu_tran": "DV12", "khai_tru": "DV13", "xoa_ten": "DV14", "ra_khoi_dang": "DV15"}
    for now, act, value in rows["endings"]:
        add(ended[act], now, value)
    ups, downs = ("KN01", "KN15", "DV19", "DV10"), tuple(ended.values())
    own["DV16"] = own["DV01"] - own["DV01.previous"] - sum(own[c] for c in ups) + sum(own[c] for c in downs)
    for now, form, value in rows["cards"]:
        add("DV17", now, value, f"form={form}")
    for now, years, value in rows["badges"]:
        add("TK01", now, value, f"badge={years}")
    for now, acts, value, _ in rows["posts taken"]:
        add("CB21", now, value, f"act={', '.join(sorted(a.lower() for a in acts))}" if len(acts) == 1 else "")
    for now, act, value, _ in rows["posts left"]:
        if act in RELIEVING:
            add("CB21", now, value, f"act={act}")
    for now, level, _, value in rows["courses"]:
        add("DT01", now, value, f"level={level}")
    for now, _, direct, value in rows["units"]:
        add("BM09", now, value if direct else 0)
    quotas = dict(rows["quotas"])
    own["BM01"] = quotas.get(False, 0)
    own["BM02"] = rows["present"][0][0]
    return dict(own)
