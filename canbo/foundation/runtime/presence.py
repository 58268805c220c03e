"""Which ``canbo up`` runs on a data directory: one at most, and where it answers."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canbo.foundation.kernel import clock

from .problems import Unavailable


@contextmanager
def announce(data_dir: Path, url: str) -> Iterator[None]:
    """Holds the place of the one running ``up``; raises Unavailable when there is one already."""
    descriptor = os.open(data_dir / "up.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = _read(descriptor)
            raise Unavailable(
                f"Canbo đang chạy trên thư mục dữ liệu này, ở {running.get('url', 'một cửa sổ khác')} "
                f"(tiến trình {running.get('pid', '?')})."
            ) from None
        os.ftruncate(descriptor, 0)
        note = {"pid": os.getpid(), "url": url, "since": clock.now().isoformat(timespec="seconds")}
        os.pwrite(descriptor, json.dumps(note).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def running(data_dir: Path) -> dict[str, object] | None:
    """``pid``, ``url`` and ``since`` of the running ``up``; None when there is none."""
    try:
        descriptor = os.open(data_dir / "up.lock", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(descriptor)
    else:
        return None
    finally:
        os.close(descriptor)


def _read(descriptor: int) -> dict[str, object]:
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}
