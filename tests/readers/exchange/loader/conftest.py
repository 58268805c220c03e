from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from canbo.foundation.kernel.actor import Actor
from canbo.readers.exchange.actions import check_book, load_book
from canbo.readers.exchange.book import Book
from canbo.readers.exchange.faults import Findings
from canbo.readers.exchange.loader.plan import Terms

TODAY = dt.date(2026, 11, 22)
TABLES = [
    "decisions_decision",
    "decisions_batch",
    "organisation_unit",
    "organisation_unitversion",
    "organisation_unitlineage",
    "organisation_unitpath",
    "organisation_target",
    "people_person",
    "people_personrecord",
    "people_grade",
    "people_award",
    "people_discipline",
    "party_membership",
    "party_card",
    "party_badge",
    "staffing_assignment",
    "staffing_jobposition",
    "staffing_placement",
    "staffing_quotatotal",
    "staffing_staffquota",
    "training_enrolment",
    "audit_auditentry",
]

Load = Callable[..., Findings]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here speaks to PostgreSQL."""


@pytest.fixture
def load(the_operator: Actor) -> Load:
    """Loads a book; ``load(book, history=True, accept_clean=True, today=…)`` gives what was found."""

    def run(
        book: Book, *, history: bool = False, accept_clean: bool = False, today: dt.date = TODAY, clean: bool = False
    ) -> Findings:
        terms = Terms(today=today, historical=history, source="so-lieu.xlsx")
        before = contents()
        checked = check_book(the_operator, book, terms=terms)
        assert contents() == before, "a check wrote something"
        findings, batch = load_book(the_operator, book, terms=terms, accept_clean=accept_clean)
        assert checked.faults == findings.faults
        assert checked.counts == findings.counts
        assert checked.remarks == findings.remarks
        if findings.faults and not accept_clean:
            assert batch is None
        if batch is None:
            assert contents() == before, "a refused load wrote something"
        if clean:
            assert findings.faults == []
        return findings

    return run


def rows(sql: str, *parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def contents() -> dict[str, tuple]:
    """How many rows each table holds, and a sum over all that they say."""
    return {
        table: rows(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t")[0]
        for table in TABLES
    }


def messages(findings: Findings) -> list[tuple[str, int, str]]:
    return [(f.sheet, f.row, f.column) for f in findings.faults]
