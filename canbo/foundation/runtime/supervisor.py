"""Runs child processes side by side: restarts the one that dies, stops all of them together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .output import tell

_LOG_LIMIT = 10 * 1024 * 1024
_STEADY = 30  # seconds after which a child counts as healthy and its next restart is immediate
_LONGEST_WAIT = 30  # seconds between restarts of a child that keeps dying
_TICK = 5  # seconds
_PATIENCE = 8  # seconds a child gets to finish what it does


@dataclass(frozen=True)
class Child:
    """What to run.

    Args:
        name: names the log file.
        title: what it is called in messages.
        command: program and arguments.
    """

    name: str
    title: str
    command: Sequence[str]


@dataclass
class _Running:
    child: Child
    process: subprocess.Popen[bytes] | None = None
    since: float = 0.0
    failures: int = 0
    restart_at: float = 0.0


@dataclass
class Supervisor:
    """Children and their logs.

    Args:
        children: what to run.
        logs: folder of the log files.
        folder: working folder of the children.
    """

    children: Sequence[Child]
    logs: Path
    folder: Path
    _running: list[_Running] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, ready: Callable[[], None] = lambda: None, tick: Callable[[], None] = lambda: None) -> None:
        """Starts everything and watches until a signal asks for the end.

        Args:
            ready: called once, beside the watching.
            tick: called every few seconds.
        """
        self.logs.mkdir(mode=0o700, exist_ok=True)
        self._running = [_Running(child) for child in self.children]
        with self._signals():
            try:
                for running in self._running:
                    self._start(running)
                threading.Thread(target=ready, daemon=True).start()
                next_tick = time.monotonic() + _TICK
                while not self._stop.wait(0.2):
                    self._look_after()
                    if time.monotonic() > next_tick:
                        tick()
                        next_tick = time.monotonic() + _TICK
            finally:
                self._end()

    def log(self, child: Child) -> Path:
        """Where a child writes."""
        return self.logs / f"{child.name}.log"

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def asked(*_: object) -> None:
            self._stop.set()

        names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {name: signal.signal(name, asked) for name in names}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _start(self, running: _Running) -> None:
        log = self.log(running.child)
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as out:
            running.process = subprocess.Popen(  # noqa: S603
                list(running.child.command),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # the terminal's Ctrl-C reaches us alone; we stop them in order
                preexec_fn=follow_parent,
            )
        running.since = time.monotonic()

    def _look_after(self) -> None:
        now = time.monotonic()
        for running in self._running:
            if running.process is None:
                if now >= running.restart_at:
                    self._start(running)
            elif (status := running.process.poll()) is not None:
                _kill_group(running.process)  # its own children would go on holding the port
                running.failures = 1 if now - running.since > _STEADY else running.failures + 1
                wait = min(2 ** (running.failures - 1), _LONGEST_WAIT)
                running.process, running.restart_at = None, now + wait
                log = self.log(running.child)
                tell(f"{running.child.title} dừng đột ngột (mã {status}), mở lại sau {wait} giây. Chi tiết: {log}")
                if running.failures == 1:
                    tell(last_lines(log))

    def _end(self) -> None:
        alive = [r.process for r in self._running if r.process is not None and r.process.poll() is None]
        for process in alive:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        for process in alive:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for running in self._running:
            # A child's own children share its session; what is left of it goes too.
            if running.process is not None:
                _kill_group(running.process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def follow_parent() -> None:
    """Asks Linux to end this child when its parent is killed."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def last_lines(path: Path, count: int = 6) -> str:
    """The end of a log."""
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""
