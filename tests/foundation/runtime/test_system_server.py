"""The same product on the distribution's own PostgreSQL: by its programs, and by ``DATABASE_URL``."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from canbo.foundation.runtime import binaries, postgres
from canbo.foundation.runtime.binaries import Binaries

from ...readers.exchange import books
from .conftest import Run
from .test_backup import NAME, accounts, add_account

pytestmark = pytest.mark.postgres


@pytest.fixture
def system() -> Binaries:
    """The server installed on this machine; without one the test shows as skipped, in CI as failed."""
    if found := binaries.installed():
        return found[0]
    reason = "Máy chưa cài PostgreSQL 15 trở lên (Debian/Ubuntu: apt install postgresql)"
    if os.environ.get("CI") == "true" and shutil.which("apt-get"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def system_url(system: Binaries, place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of the distribution with an empty database, as an administrator would hand it over."""
    monkeypatch.setenv("CANBO_PG_BIN", str(system.folder))
    server = place.with_name("server")
    with postgres.serving(server, fast_and_unsafe=True) as url:
        monkeypatch.delenv("CANBO_PG_BIN")
        yield url


def test_its_programs_serve_when_asked_for(system: Binaries, canbo: Run, place: Path) -> None:
    said = canbo("status", "--json", CANBO_POSTGRES="system")
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)["versions"]["postgresql"].startswith(f"{system.major}.")
    # Its data directory needs the same programs ever after, without being told.
    again = canbo("status", "--json")
    assert json.loads(again.stdout)["versions"]["postgresql"].startswith(f"{system.major}.")


def test_database_url_backs_up_and_restores(system_url: str, canbo: Run, place: Path, tmp_path: Path) -> None:
    said = canbo("status", "--json", DATABASE_URL=system_url)
    assert said.returncode == 0, said.stderr
    assert not (place / "postgres").exists()  # no embedded server beside it
    add_account(system_url)
    file = tmp_path / "ban-luu.canbo"
    said = canbo("backup", file, DATABASE_URL=system_url)
    assert said.returncode == 0, said.stderr

    occupied = canbo("restore", file, DATABASE_URL=system_url)
    assert occupied.returncode == 2
    with psycopg.connect(system_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE second")
    second = system_url.replace("/canbo?", "/second?")
    said = canbo("restore", file, DATABASE_URL=second)
    assert said.returncode == 0, said.stderr
    assert accounts(second) == [NAME]


def test_embedded_backup_moves_to_the_system_server(system_url: str, canbo: Run, place: Path, tmp_path: Path) -> None:
    assert canbo("status").returncode == 0
    with postgres.serving(place) as url:
        add_account(url)
    file = tmp_path / "ban-luu.canbo"
    assert canbo("backup", file).returncode == 0
    said = canbo("restore", file, DATABASE_URL=system_url, CANBO_DATA=str(place.with_name("moved")))
    assert said.returncode == 0, said.stderr
    assert accounts(system_url) == [NAME]


def test_a_plain_owner_loads_a_workbook_and_asks_for_figures(system_url: str, canbo: Run, place: Path) -> None:
    """The role an administrator would give: neither superuser nor able to make roles, owner of one database."""
    with psycopg.connect(system_url, autocommit=True) as connection:
        rights = "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone()[:2] == (False, False)
        connection.execute("CREATE DATABASE office")
    url = system_url.replace("/canbo?", "/office?")
    file = books.save(books.book(), place.with_name("office.xlsx"))
    checked = canbo("import", file, "--check", "--json", DATABASE_URL=url)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    loaded = canbo("import", file, "--json", DATABASE_URL=url)
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert json.loads(loaded.stdout)["written"]
    again = json.loads(canbo("import", file, "--json", DATABASE_URL=url).stdout)
    assert all(sheet["new"] == sheet["changed"] == 0 for sheet in again["sheets"].values())
    root = next(iter(books.UNITS["Mã đơn vị"]))
    value = canbo("value", "DV01", "--unit", root, "--period", "2026-11-22", "--json", DATABASE_URL=url)
    assert value.returncode == 0, value.stderr
    assert json.loads(value.stdout)["value"] == len(books.MEMBERS["Mã hồ sơ"])
    assert canbo("verify", DATABASE_URL=url).returncode == 0
