"""PostgreSQL's dump and restore programs against the database in use, embedded or not."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from psycopg.conninfo import conninfo_to_dict

from . import binaries
from .binaries import Binaries
from .cluster import explain
from .problems import Unavailable


def fitting(server_major: int) -> Binaries:
    """Programs for a server: of its own version, else the nearest newer one.

    Raises:
        Unavailable: only older ones are here; an older ``pg_dump`` cannot read a newer server.
    """
    found = [b for b in [binaries.wheel(), *binaries.installed()] if b and b.major >= server_major]
    if _needs_tls():
        # The wheel is built without TLS; the distribution's programs have it.
        found = [b for b in found if not b.embedded] or found
    if not found:
        raise Unavailable(
            f"Máy chủ là PostgreSQL {server_major}; máy này không có pg_dump từ {server_major} trở lên. "
            f"Debian/Ubuntu: apt install postgresql-client-{server_major}"
        )
    return min(found, key=lambda b: b.major)


def _needs_tls() -> bool:
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    return str(parts.get("sslmode", os.environ.get("PGSSLMODE", ""))) in {"require", "verify-ca", "verify-full"}


@contextmanager
def reading(program: str, arguments: Sequence[str], source: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """Output of a program as a stream; raises Unavailable afterwards when it failed."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(  # noqa: S603
            [program, *arguments],
            stdin=source or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            env=_environment(),
        )
        assert process.stdout is not None  # noqa: S101 - asked for above
        try:
            yield process.stdout
        except BaseException:
            process.kill()
            raise
        finally:
            process.stdout.close()
            status = process.wait()
        _check(program, status, words)


@contextmanager
def writing(program: str, arguments: Sequence[str]) -> Iterator[IO[bytes]]:
    """Input of a program as a stream; raises Unavailable when it failed, also halfway."""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(  # noqa: S603
            [program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=words, env=_environment()
        )
        assert process.stdin is not None  # noqa: S101 - asked for above
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # the program ended early: its status and words say why
        except BaseException:
            process.kill()
            process.wait()
            raise
        _check(program, process.wait(), words)


def _check(program: str, status: int, words: IO[bytes]) -> None:
    if status:
        words.seek(0)
        said = words.read().decode("utf-8", "replace").strip()
        name = program.rsplit("/", 1)[-1]
        raise Unavailable(explain(f"PostgreSQL ({name}) không làm được", said[-2000:]))


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "PGAPPNAME": "canbo", "PGOPTIONS": "-c client_min_messages=warning"}
