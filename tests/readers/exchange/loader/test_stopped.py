"""A load that is stopped half-way leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection

from canbo.foundation.kernel.actor import Actor
from canbo.readers.exchange.actions import load_book
from canbo.readers.exchange.faults import DatabaseRefused
from canbo.readers.exchange.loader.plan import Terms

from .books import province
from .conftest import TODAY, Load, contents

KILLED = """
import datetime, os, signal, sys
import django
django.setup()
from canbo.foundation.kernel.actor import operator
from canbo.readers.exchange.actions import load_book
from canbo.readers.exchange.loader import writing
from canbo.readers.exchange.loader.plan import Terms
from tests.readers.exchange.loader.books import province
copy = writing.copy_rows
def copy_and_die(table, columns):
    copy(table, columns)
    if table == "party_membership":
        os.kill(os.getpid(), signal.SIGKILL)
writing.copy_rows = copy_and_die
load_book(operator("x"), province(), terms=Terms(datetime.date(2026, 11, 22), False, "x.xlsx"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_nothing(load: Load) -> None:
    before = contents()
    server = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    url = f"{server.scheme}://{server.netloc}/{name}" + (f"?{server.query}" if server.query else "")
    done = subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, "DATABASE_URL": url}, timeout=100)
    assert done.returncode == -signal.SIGKILL
    assert contents() == before
    load(province(), clean=True)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_of_the_database_leaves_nothing(the_operator: Actor) -> None:
    before = contents()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE staffing_assignment ADD CONSTRAINT nobody CHECK (title <> 'Bí thư')")
    try:
        with pytest.raises(DatabaseRefused, match="staffing_assignment"):
            load_book(the_operator, province(), terms=Terms(TODAY, False, "so-lieu.xlsx"))
        assert contents() == before
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE staffing_assignment DROP CONSTRAINT nobody")
