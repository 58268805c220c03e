"""``canbo up``: everything starts together, comes back when it dies, and ends together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from canbo.foundation.runtime import cluster

from .conftest import Run, canbo_command, clean_environment

pytestmark = pytest.mark.postgres


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def until(done: Callable[[], object], patience: float = 60) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if done():
            return True
        time.sleep(0.1)
    return False


def page(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/tai-khoan/login/", timeout=5) as answer:
            return int(answer.status)
    except OSError:
        return 0


class Up:
    """A running ``canbo up`` with what it prints."""

    def __init__(self, place: Path):
        self.place, self.port = place, free_port()
        self.words = place.parent / "words"
        with self.words.open("wb") as out:
            self.process = subprocess.Popen(
                canbo_command("up", "--port", self.port),
                env=clean_environment(CANBO_DATA=str(place)),
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.words.read_text(encoding="utf-8")

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def web(self) -> psutil.Process:
        return next(p for p in self.family() if "granian" in p.cmdline() and p.ppid() == self.process.pid)


@pytest.fixture
def up(place: Path) -> Iterator[Up]:
    running = Up(place)
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(30)


def test_starts_recovers_and_ends_together(up: Up, canbo: Run) -> None:
    assert until(lambda: page(up.port) == 200), up.said()
    assert until(lambda: "Dừng: Ctrl-C" in up.said())
    assert f"http://127.0.0.1:{up.port}/" in up.said()
    assert "canbo user add" in up.said()

    assert f"http://127.0.0.1:{up.port}/" in canbo("status").stdout
    second = canbo("up", "--port", free_port())
    assert second.returncode == 1
    assert "đang chạy trên thư mục dữ liệu này" in second.stderr
    busy = canbo("up", "--port", up.port, CANBO_DATA=str(up.place.with_name("another")))
    assert busy.returncode == 1
    assert f"Cổng {up.port} đang có chương trình khác dùng" in busy.stderr
    assert "canbo up --port" in busy.stderr
    assert not up.place.with_name("another").exists()

    up.web().kill()
    assert until(lambda: "Trang web dừng đột ngột" in up.said())
    assert until(lambda: page(up.port) == 200), up.said()

    server = cluster.find(up.place)
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert until(lambda: "đã mở lại" in up.said()), up.said()
    assert until(lambda: page(up.port) == 200), up.said()

    assert until(lambda: len(up.family()) >= 2), up.said()
    family = up.family()
    began = time.monotonic()
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(30) == 0
    assert time.monotonic() - began < 12
    assert until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family), 5)
    assert not cluster.answers(server)
    assert "Đã dừng." in up.said()
    assert "Traceback" not in up.said()


def test_children_end_when_the_supervisor_is_killed(up: Up) -> None:
    assert until(lambda: page(up.port) == 200), up.said()
    family = up.family()
    up.process.kill()
    up.process.wait()
    assert until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family), 15)


def test_impossible_addresses_are_explained(canbo: Run) -> None:
    for arguments, status, words in (
        (("--port", "70000"), 2, "cổng từ 1 đến 65535"),
        (("--host", "203.0.113.7"), 1, "không mở được cổng nào"),
    ):
        said = canbo("up", *arguments)
        assert said.returncode == status
        assert words in said.stderr
