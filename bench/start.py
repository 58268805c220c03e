"""Cold and warm start until the first page answers, and what web, worker and database hold in memory while idle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.__main__ import Figure

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900  # seconds for the first page of a cold start
SETTLE = 20  # seconds without a visitor before memory is read


@dataclass
class Up:
    """A running ``canbo up`` and how long its first page took."""

    process: subprocess.Popen[bytes]
    port: int
    seconds: float

    def stop(self) -> float:
        """Asks as Ctrl-C does; seconds until everything has ended."""
        began = time.perf_counter()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        return time.perf_counter() - began


def run() -> Iterator[Figure]:
    """Yields the times, then the memory by part."""
    with tempfile.TemporaryDirectory(prefix="canbo-bench-start-") as place:
        Path(place).chmod(0o711)
        folder = Path(place) / "data"
        cold = _up(folder)
        cold.stop()
        warm = _up(folder)
        try:
            time.sleep(SETTLE)
            parts = _memory(warm.process.pid, folder)
        finally:
            ended = warm.stop()
        yield Figure("start: cold, no data directory, to the first page", f"{cold.seconds:.1f} s")
        yield Figure("start: warm, to the first page", f"{warm.seconds:.1f} s")
        yield Figure("start: Ctrl-C to the last process gone", f"{ended:.1f} s")
        for title, size in parts.items():
            yield Figure(f"start: idle memory, {title}", f"{size / 1024:.0f} MB")
        yield Figure("start: idle memory, all together", f"{sum(parts.values()) / 1024:.0f} MB")


def _up(folder: Path) -> Up:
    """Starts the product and waits until its page of sign-in has come through whole."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "CANBO_SECRET_KEY"}}
    words = folder.with_suffix(".words")
    began = time.perf_counter()
    with words.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", "from config.cli import main; main()", "up", "--port", str(port)],
            cwd=ROOT,
            env={**kept, "CANBO_DATA": str(folder)},
            stdout=out,
            stderr=out,
        )
    while time.perf_counter() - began < PATIENCE:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/tai-khoan/login/", timeout=30) as answer,
        ):
            answer.read()
            return Up(process, port, time.perf_counter() - began)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    raise RuntimeError(f"did not start:\n{words.read_text(encoding='utf-8')}")


def _memory(root: int, folder: Path) -> dict[str, int]:
    """Proportional memory in kB by part; pages shared between processes are counted once."""
    parts = {"supervisor": _share(root), "web": 0, "worker": 0, "database": 0}
    for pid in _descendants(root):
        parts["worker" if b"canbo.foundation.jobs.worker" in _command(pid) else "web"] += _share(pid)
    for pid in _servers(folder):
        parts["database"] += _share(pid)
    return parts


def _descendants(root: int) -> set[int]:
    parents = {pid: _parent(pid) for pid in _processes()}
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found - {root}


def _servers(folder: Path) -> set[int]:
    """The postmaster of a data directory and its processes; it is nobody's child, its note names it."""
    note = folder / "postgres.place"
    home = Path(note.read_text(encoding="utf-8").strip()) if note.exists() else folder / "postgres"
    first = int((home / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
    return {first} | _descendants(first)


def _processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
