"""The embedded server as its users see it: there while somebody uses it, gone after the last one.

Every process that uses the server holds a shared lock on a file; the lock of a crashed process goes with
it. Who leaves tries to take the lock alone: that works only for the last one, and then the server stops.
"""

from __future__ import annotations

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from . import cluster as clusters
from .binaries import OLDEST
from .cluster import Cluster
from .problems import Unavailable, describe

_held: dict[Path, tuple[int, int, Cluster]] = {}  # data directory: lock descriptor, process id, server


def ensure(data_dir: Path, *, fast_and_unsafe: bool = False) -> str:
    """Starts the server of a data directory if it is not running and keeps it for this process.

    Args:
        data_dir: made if missing.
        fast_and_unsafe: a crash of the machine may lose everything; only for tests, and only if it starts now.

    Returns:
        An address for libpq, fit for ``DATABASE_URL``.

    Raises:
        Unavailable: the server cannot be had; the message says why and what to do.
    """
    data_dir = data_dir.resolve()
    if data_dir in _held and _held[data_dir][1] == os.getpid():
        return _held[data_dir][2].url()
    try:
        prepare_folder(data_dir)
        with _starting(data_dir):
            descriptor = os.open(data_dir / "postgres.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
                server = clusters.find(data_dir)
                clusters.start(server, unsafe=fast_and_unsafe)
            except BaseException:
                os.close(descriptor)
                raise
    except OSError as error:
        raise Unavailable(f"không dùng được thư mục dữ liệu {data_dir}: {describe(error)}") from error
    _held[data_dir] = (descriptor, os.getpid(), server)
    return server.url()


def release(data_dir: Path | None = None) -> None:
    """Gives the server up; the last user stops it. Without a directory: all that this process holds."""
    for key in [data_dir.resolve()] if data_dir else list(_held):
        held = _held.pop(key, None)
        if held is None or held[1] != os.getpid():
            continue
        descriptor, _, server = held
        with _starting(key):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                clusters.stop(server)
            finally:
                os.close(descriptor)


def require_answer(url: str) -> None:
    """Tries a server that is not ours once, so that a wrong address is told at once; raises Unavailable."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        raise Unavailable(f"không vào được cơ sở dữ liệu theo DATABASE_URL: {said}") from error
    if version < OLDEST:
        raise Unavailable(f"Máy chủ là PostgreSQL {version}; Canbo cần từ {OLDEST} trở lên.")


def revive(data_dir: Path) -> bool:
    """Starts the server again if it died under this process; True when it had to."""
    held = _held.get(data_dir.resolve())
    if held is None or clusters.answers(held[2]):
        return False
    with _starting(data_dir.resolve()):
        clusters.start(held[2])
    return True


@contextmanager
def serving(data_dir: Path, *, fast_and_unsafe: bool = False) -> Iterator[str]:
    """The server for the length of a block; gives its address."""
    try:
        yield ensure(data_dir, fast_and_unsafe=fast_and_unsafe)
    finally:
        release(data_dir)


def prepare_folder(data_dir: Path) -> None:
    """Makes the data directory; others may pass through it (the server's user must) but not look inside."""
    if not data_dir.is_dir():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(exist_ok=True)
        data_dir.chmod(0o700 if os.geteuid() else 0o711)
        (data_dir / "files").mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _starting(data_dir: Path) -> Iterator[None]:
    descriptor = os.open(data_dir / "postgres.starting", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


atexit.register(release)
