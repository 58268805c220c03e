"""Fifty people a second hand their sheets in through the real server: sign-in session, form, checks, transaction, log."""

from __future__ import annotations

import http.client
import os
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.__main__ import Figure
from bench.evaluation import BOOK
from bench.start import _up

PEOPLE, RATE, SECONDS, HANDS = 1_200, 50, 20, 16
WARMING = 50  # people who open their sheets before the clock runs, as everybody does before handing in
TOKEN = "b" * 32
LIMIT = 300  # milliseconds


@dataclass(frozen=True)
class Caller:
    """One signed-in person with her sheet and what she sends."""

    sheet: int
    session: str
    form: str


def run() -> Iterator[Figure]:
    """Yields milliseconds from the moment a request was due until its answer came, and the CPU of everything behind it."""
    callers = _prepare()
    up = _up(Path(os.environ["CANBO_DATA"]))
    try:
        _, unread = _call(up.port, callers[:WARMING], "GET", "", 200)
        if unread:
            raise RuntimeError(f"{unread} sheets could not be opened")
        taken, refused = _call(up.port, callers[WARMING:], "POST", "ghi/", 302)
    finally:
        up.stop()
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield Figure(f"handing in through the server: answers other than kept ({load})", f"{refused} of {len(taken)}")
    p95 = statistics.quantiles(taken, n=20)[-1]
    yield Figure(
        f"handing in through the server, {RATE} a second for {SECONDS} s, p50 / p95",
        f"{statistics.median(taken):.0f} / {p95:.0f} ms", f"p95 {LIMIT} ms", p95 <= LIMIT and not refused,
    )  # fmt: skip


def _prepare() -> list[Caller]:
    from canbo.foundation.runtime import cli, preparation

    with cli.database():
        preparation.prepare()
        from django.test import Client

        from bench.offices import settle
        from canbo.facts.access.models import AccountPerson
        from canbo.facts.organisation.models import Unit
        from canbo.foundation.accounts.models import User
        from canbo.foundation.kernel.actor import operator
        from canbo.foundation.kernel.clock import now, today
        from canbo.processes.evaluation import actions, queries
        from canbo.processes.evaluation.models import Sheet

        settle(PEOPLE)
        month = today().replace(day=1)
        cycle = actions.open_cycle(
            operator("bench"), rulebook=BOOK, period=f"{month:%Y-%m}", unit=Unit.objects.get(code="TP"), at=now()
        )
        book, callers = queries.book_of(cycle), []
        for sheet in Sheet.objects.filter(cycle=cycle).order_by("pk")[: WARMING + RATE * SECONDS]:
            user = User.objects.create(username=f"tk{sheet.pk}", display_name=f"Tài khoản {sheet.pk}", password="!")  # noqa: S106
            AccountPerson.objects.create(user=user, person_id=sheet.person_id)
            client = Client()
            client.force_login(user)
            points = {f"o.score.{c.key}": str(c.max) for c in book.scored(sheet.group)}
            kept = {c.key: float(c.max or 0) for c in book.scored(sheet.group)}
            Sheet.objects.filter(pk=sheet.pk).update(self_scores=kept)  # typed and kept before, field by field
            form = {"lan_luu": sheet.version, "lam": "nop", "csrfmiddlewaretoken": TOKEN, **points}
            callers.append(Caller(sheet.pk, client.cookies["sessionid"].value, urlencode(form)))
    return callers


def _call(port: int, callers: list[Caller], method: str, what: str, well: int) -> tuple[list[float], int]:
    """Milliseconds of each call, and how many were not answered with the status that means all is well."""
    taken: list[float] = []
    other: list[int] = []
    start = time.perf_counter() + 1

    def work(mine: list[tuple[int, Caller]]) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number, caller in mine:
            due = start + number / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            line.request(
                method,
                f"/danh-gia/phieu/{caller.sheet}/{what}",
                caller.form if method == "POST" else None,
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"sessionid={caller.session}; csrftoken={TOKEN}",
                },
            )
            answer = line.getresponse()
            answer.read()
            taken.append((time.perf_counter() - due) * 1000)  # waiting for a free hand counts
            if answer.status != well or "login" in (answer.getheader("Location") or ""):
                other.append(answer.status)
        line.close()

    numbered = list(enumerate(callers))
    threads = [threading.Thread(target=work, args=(numbered[n::HANDS],)) for n in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, len(other)
