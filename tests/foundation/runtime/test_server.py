"""The embedded server: where it lies, who may reach it, when it stops, how it comes back."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from canbo.foundation.runtime import cluster, owner, postgres
from canbo.foundation.runtime.problems import Unavailable

from .conftest import clean_environment

HOLD = """
import sys
from pathlib import Path
from canbo.foundation.runtime import postgres
postgres.ensure(Path(sys.argv[1]), fast_and_unsafe=True)
print("ready", flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.postgres


def hold(place: Path) -> subprocess.Popen[str]:
    """Another process that uses the server until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)
    assert process.returncode == 0


def server_pid(place: Path) -> int:
    home, _ = owner.place(place)
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_first_start_gives_a_private_vietnamese_ready_database(place: Path) -> None:
    url = postgres.ensure(place, fast_and_unsafe=True)
    with psycopg.connect(url) as connection:
        encoding, addresses, is_super = connection.execute(
            "SELECT current_setting('server_encoding'), current_setting('listen_addresses'),"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        ).fetchone() or ("", "", True)
        assert (encoding, addresses, is_super) == ("UTF8", "", False)
        assert connection.execute("SELECT lower('ĐẶNG'), 'Đ' ~ '[[:alpha:]]'").fetchone() == ("đặng", True)
        connection.execute("CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm")
    server = cluster.find(place)
    assert mode(server.socket) == mode(server.data) == 0o700
    assert len(os.fsencode(server.socket)) < 100
    if os.geteuid() == 0:
        assert pwd.getpwuid(server.data.stat().st_uid).pw_name == "canbo"
        assert server.home == place / "postgres"


def test_closed_folders_stay_closed(closed_place: Path) -> None:
    parent = closed_place.parent
    before = mode(parent)
    with postgres.serving(closed_place, fast_and_unsafe=True) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        home = cluster.find(closed_place).home
        assert home.is_relative_to(owner.SYSTEM_HOME if os.geteuid() == 0 else closed_place)
        assert mode(home) == 0o700
    assert mode(parent) == before == 0o700


def test_existing_data_directory_keeps_its_permissions(place: Path) -> None:
    place.mkdir(mode=0o700)
    with postgres.serving(place, fast_and_unsafe=True):
        pass
    assert mode(place) == 0o700


def test_stops_with_the_last_user(place: Path) -> None:
    first, second = hold(place), hold(place)
    server = cluster.find(place)
    let_go(first)
    assert cluster.answers(server)
    let_go(second)
    assert not cluster.answers(server)
    assert not (server.data / "postmaster.pid").exists()


def test_a_killed_user_does_not_keep_it_running(place: Path) -> None:
    first = hold(place)
    first.kill()
    first.communicate()
    server = cluster.find(place)
    assert cluster.answers(server)
    with postgres.serving(place):
        assert cluster.answers(server)
    assert not cluster.answers(server)


def test_killed_server_comes_back_with_its_rows(place: Path) -> None:
    with postgres.serving(place) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'Nguyễn Thị Ánh' AS name")
        os.kill(server_pid(place), signal.SIGKILL)
        wait_until_silent(place)
        assert postgres.revive(place)
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT name FROM kept").fetchone() == ("Nguyễn Thị Ánh",)
        assert not postgres.revive(place)


def wait_until_silent(place: Path) -> None:
    server, deadline = cluster.find(place), time.monotonic() + 20
    while cluster.answers(server) and time.monotonic() < deadline:
        time.sleep(0.05)


def test_stale_pid_taken_by_a_stranger_is_no_obstacle(place: Path) -> None:
    first = hold(place)
    pid = server_pid(place)
    first.kill()
    first.communicate()
    os.kill(pid, signal.SIGKILL)
    wait_until_silent(place)
    server = cluster.find(place)
    note = server.data / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "60"], **server.owner.switch())
    try:
        note.write_text(note.read_text().replace(str(pid), str(stranger.pid), 1))
        with postgres.serving(place) as url:
            psycopg.connect(url).close()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_long_paths_get_a_short_socket(place: Path) -> None:
    deep = place / ("rất-dài-" * 8) / "data"
    with postgres.serving(deep, fast_and_unsafe=True) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        socket = cluster.find(deep).socket
        assert not socket.is_relative_to(deep)
        assert mode(socket) == 0o700
    socket.rmdir()


def test_data_of_an_unknown_version_is_explained(place: Path) -> None:
    with postgres.serving(place, fast_and_unsafe=True):
        server = cluster.find(place)
    (server.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Unavailable, match=r"PostgreSQL 9 tạo.*canbo backup"):
        postgres.ensure(place)
    assert not postgres._held.get(place.resolve())


def test_damaged_data_is_explained_with_the_log(place: Path) -> None:
    with postgres.serving(place, fast_and_unsafe=True):
        server = cluster.find(place)
    control = server.data / "global" / "pg_control"
    control.write_bytes(os.urandom(control.stat().st_size))
    with pytest.raises(Unavailable, match="khôi phục từ bản lưu") as failure:
        postgres.ensure(place)
    assert "pg_control" in str(failure.value) or "control file" in str(failure.value)


def test_foreign_files_are_not_overwritten(place: Path) -> None:
    with postgres.serving(place, fast_and_unsafe=True):
        server = cluster.find(place)
    (server.data / "PG_VERSION").unlink()
    with pytest.raises(Unavailable, match="không ghi đè"):
        postgres.ensure(place)
