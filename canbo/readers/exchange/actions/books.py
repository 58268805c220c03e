"""Checking and loading a book."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import DatabaseError, OperationalError, connection, transaction

from canbo.facts.decisions.actions import one_at_a_time
from canbo.facts.decisions.models import Batch
from canbo.facts.organisation.actions import rebuild_paths, refresh_unit_names
from canbo.facts.staffing.actions import refresh_places
from canbo.foundation.audit.actions import record
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now

from ..book import Book
from ..choices import LOAD
from ..faults import DatabaseRefused, Fault, Findings
from ..loader.checking import Progress, check
from ..loader.plan import Plan, Terms
from ..loader.writing import write
from ..models import BatchVoid
from ..scope import scope_faults

log = logging.getLogger(__name__)


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """Says in words that the database refused a row; COPY raises the driver's errors, all else those of Django."""
    try:
        yield
    except (OperationalError, psycopg.OperationalError):
        raise  # the server is gone or busy: nothing to do with the file
    except (DatabaseError, psycopg.DatabaseError) as error:
        log.exception("the database refused a load")
        driver = error if isinstance(error, psycopg.Error) else error.__cause__
        said = driver.diag if isinstance(driver, psycopg.Error) else None
        raise DatabaseRefused((said and said.table_name) or "", (said and said.constraint_name) or "") from error


def check_book(
    actor: Actor, book: Book, *, terms: Terms, form_faults: list[Fault] | None = None, progress: Progress | None = None
) -> Findings:
    """Checks a book as a load would, and writes nothing."""
    actor.require(LOAD)
    faults = [*(form_faults or []), *scope_faults(actor, book)]
    findings, _ = check(book, terms, form_faults=faults, progress=progress)
    return findings


def load_book(
    actor: Actor,
    book: Book,
    *,
    terms: Terms,
    sha256: str = "",
    form_faults: list[Fault] | None = None,
    accept_clean: bool = False,
    progress: Progress | None = None,
) -> tuple[Findings, Batch | None]:
    """Checks a book and, when it is clean or its clean rows are accepted, writes it in one transaction.

    Args:
        actor: needs ``exchange.load``.
        book: the sheets.
        terms: day, history, name of the file.
        sha256: of the file, for the audit line.
        form_faults: faults of the file's form.
        accept_clean: write the clean rows although others have faults.
        progress: told what is at work and the share done.

    Returns:
        What was found, and the batch written; None when nothing was written.

    Raises:
        DatabaseRefused: the database did not take a row that the check let through; nothing was written.
    """
    actor.require(LOAD)
    tell = progress or (lambda _what, _share: None)
    with _refusals_in_words(), transaction.atomic():
        one_at_a_time()
        faults = [*(form_faults or []), *scope_faults(actor, book)]
        findings, plan = check(
            book, terms, form_faults=faults, writing=True, progress=lambda what, share: tell(what, share * 0.6)
        )
        if (findings.faults and not accept_clean) or plan.empty:
            return findings, None
        tell("Ghi dữ liệu", 0.6)
        batch = Batch.objects.create(
            source=terms.source[:255],
            sha256=sha256,
            historical=terms.historical,
            loaded_at=now(),
            loaded_by=actor.name,
            user_id=actor.user_id,
            counts={n: vars(c) for n, c in findings.counts.items()},
        )
        BatchVoid.objects.bulk_create([BatchVoid(batch=batch, table=v.table, row=v.id) for v in plan.voids])
        write(plan, batch=batch.pk, today=terms.today)
        tell("Dựng cây tổ chức", 0.9)
        _derive(plan, terms.today)
        record(actor, "exchange.book.load", row=batch, data={"sha256": sha256, "counts": batch.counts})
    return findings, batch


def _derive(plan: Plan, today: dt.date) -> None:
    if plan.units_changed:
        with connection.cursor() as cursor:  # without fresh statistics the tree takes a minute instead of a second
            cursor.execute("ANALYZE organisation_unit, organisation_unitversion")
        refresh_unit_names(sorted(plan.units_changed - plan.new_units))
        rebuild_paths()
    known = plan.people_touched - plan.new_people.keys()
    if known:
        refresh_places(today, sorted(known))
