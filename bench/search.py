"""Name search and the first page of people over a million, in every scope, in the database and to the fragment."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.__main__ import Figure

DAY = dt.date(2026, 11, 22)
TEXTS = (
    *(
        "nguyen van hung",
        "nguyễn",
        "hùng",
        "hung",
        "thi",
        "an",
        "tran thi thu",
        "thi lan",
        "h",
        "ng",
        "th",
        "van",
        "le",
    ),
    *("thiều", "cao thi", "tống thị", "bá nhật", "giàng a páo", "doãn diệu sen", "mai văn hải", "zzz", "xq", "y"),
    *("HS0000123", "hs00001", "001", "0120001234"),
)
LIMIT = 50


def run() -> Iterator[Figure]:
    """Yields p50 and p95 of searches by scope, of first pages of the list, and of fragments."""
    from canbo.foundation.runtime import cli, preparation

    size = int(os.environ.get("BENCH_PEOPLE", "1000000"))
    with cli.database():
        preparation.prepare()
        from bench.crowd import settle
        from canbo.foundation.kernel.actor import EVERYWHERE, Reach

        places = settle(size)
        load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        yield Figure(f"search: people; load of the machine: {load}", f"{size:,}")
        scopes = {"everywhere": EVERYWHERE}
        for name in ("province", "district", "commune", "cell"):
            scopes[name] = Reach(units=frozenset({getattr(places, name)}))
        first = places.district
        scopes["three districts"] = Reach(units=frozenset(range(first, first + 3)))
        for name, reach in scopes.items():
            yield from _in_scope(name, reach)
        yield from _fragments()


def _in_scope(name: str, reach: Any) -> Iterator[Figure]:
    from canbo.facts.people.queries import search, visible
    from canbo.foundation.kernel.actor import Actor

    actor = Actor("bench", reaches={"person.read": reach})
    yield _figure(f"search: {name}", [_time(lambda t=text: search(actor, t, DAY, LIMIT)) for text in TEXTS], 50)
    pages = [_time(lambda: list(visible(actor, DAY)[:LIMIT])) for _ in range(10)]
    yield _figure(f"search: {name}, first page of the list", pages, 80)
    counts = [_time(lambda: visible(actor, DAY).order_by()[:10_001].count()) for _ in range(5)]
    yield _figure(f"search: {name}, count up to 10.000", counts, None)


def _fragments() -> Iterator[Figure]:
    """Through the address of the search box, as a signed-in reader of everything sees it."""
    from django.test import Client
    from django.urls import NoReverseMatch, reverse

    try:
        address = reverse("search")
    except NoReverseMatch:
        return
    from django.db.backends.postgresql.psycopg_any import DateRange

    from bench.crowd import START
    from canbo.facts.access.models import Grant
    from canbo.foundation.accounts.models import User

    user = User.objects.create_user("bench", password=None)
    Grant.objects.create(user=user, role="chuyen_vien", unit_id=1, since=START, in_force=DateRange(START, None, "[)"))
    client = Client(headers={"HX-Target": "goi-y", "HX-Request": "true"})
    client.force_login(user)

    def ask(text: str) -> None:
        answer = client.get(address, {"q": text})
        if answer.status_code != 200:
            raise RuntimeError(f"{address}?q={text}: {answer.status_code}")

    ask("an")
    yield _figure("search: province, to the rendered fragment", [_time(lambda t=t: ask(t)) for t in TEXTS], 150)


def _time(act: Callable[[], object]) -> float:
    """Milliseconds of the second of two runs: the first may meet a cold cache."""
    act()
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _figure(name: str, times: list[float], limit: int | None) -> Figure:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    said = f"p50 {statistics.median(times):.0f}, p95 {p95:.0f} ms"
    return Figure(name, said, f"{limit} ms" if limit else "", None if limit is None else p95 <= limit)
