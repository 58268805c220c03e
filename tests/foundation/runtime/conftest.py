"""Places for servers of their own, and the command as an operator runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from canbo.foundation.runtime import postgres

ROOT = Path(__file__).resolve().parents[3]
SERVER_SPEAKS_FOR_ITSELF = ("DATABASE_URL", "CANBO_DATA", "CANBO_SECRET_KEY", "DJANGO_SETTINGS_MODULE", "CANBO_DEBUG")


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without what this test run set for itself."""
    kept = {k: v for k, v in os.environ.items() if k not in SERVER_SPEAKS_FOR_ITSELF}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def canbo_command(*arguments: object) -> list[str]:
    """The command line of ``canbo`` from this tree."""
    return [sys.executable, "-c", "from config.cli import main; main()", *map(str, arguments)]


def discard(folder: Path) -> None:
    """Removes a data directory with the server files that lie elsewhere."""
    note = folder / "postgres.place"
    if note.exists():
        shutil.rmtree(note.read_text(encoding="utf-8").strip(), ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def new_place(mode: int) -> Iterator[Path]:
    """A data directory that does not exist yet; everything beside it goes in the end too."""
    parent = Path(tempfile.mkdtemp(prefix="canbo-"))
    parent.chmod(mode)
    try:
        yield parent / "data"
    finally:
        for folder in parent.iterdir():
            postgres.release(folder)
            discard(folder)
        shutil.rmtree(parent, ignore_errors=True)


@pytest.fixture
def place() -> Iterator[Path]:
    """A data directory to be, under a folder others may pass through."""
    with new_place(0o711) as folder:
        yield folder


@pytest.fixture
def closed_place() -> Iterator[Path]:
    """A data directory to be, under a folder closed to everybody else."""
    with new_place(0o700) as folder:
        yield folder


Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_canbo(place: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs ``canbo`` on a data directory and returns what it said."""
    environment.setdefault("CANBO_DATA", str(place))
    return subprocess.run(
        canbo_command(*arguments),
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def canbo(place: Path) -> Run:
    """``run_canbo`` on ``place``."""
    return partial(run_canbo, place)
