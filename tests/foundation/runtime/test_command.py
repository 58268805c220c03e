"""The frame of the command: words, exit status, secret key, one JSON document."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path

import pytest

from canbo.foundation.runtime import cluster

from .conftest import Run, canbo_command, clean_environment

pytestmark = pytest.mark.postgres


def test_help_and_faults_are_vietnamese(canbo: Run, place: Path) -> None:
    said = canbo("--help")
    assert said.returncode == 0
    assert "Cách dùng: canbo" in said.stdout
    assert "usage" not in said.stdout
    for arguments, expected in {
        (): "thiếu: LỆNH",
        ("xyz",): "không có lựa chọn 'xyz'",
        ("backup",): "thiếu: TỆP",
        ("up", "--port", "tám"): "không phải số nguyên: 'tám'",
        ("status", "--xyz"): "không có tham số: --xyz",
    }.items():
        said = canbo(*arguments)
        assert said.returncode == 2, arguments
        assert expected in said.stderr
        assert "usage" not in said.stderr
        assert "error" not in said.stderr
    assert not place.exists()


def test_version_needs_no_database(canbo: Run, place: Path) -> None:
    assert canbo("--version").stdout.startswith("canbo ")
    assert not place.exists()


def test_status_prepares_an_empty_place_and_prints_one_document(canbo: Run, place: Path) -> None:
    said = canbo("status", "--json", "--data", place, CANBO_DATA="/nonexistent")
    assert said.returncode == 0, said.stderr
    state = json.loads(said.stdout)
    assert state["running"] is None
    assert state["versions"]["postgresql"].split(".")[0].isdigit()
    assert state["data"] == str(place)
    assert {"table": "accounts_user", "title": "tài khoản", "rows": 0, "exact": True} in state["rows"]
    assert "chuẩn bị" in said.stderr

    key = place / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    assert len(before.strip()) >= 50

    again = canbo("--data", place, "status", CANBO_DATA="/nonexistent")
    assert again.returncode == 0, again.stderr
    assert again.stderr == ""  # up to date: nothing to prepare
    assert "Trang web      không chạy" in again.stdout
    assert key.read_text() == before


def test_failures_are_one_clear_line(canbo: Run, place: Path) -> None:
    said = canbo("status", DATABASE_URL="postgresql:///canbo?host=/nonexistent")
    assert said.returncode == 1
    assert said.stderr.startswith("Lỗi: không vào được cơ sở dữ liệu theo DATABASE_URL")
    assert "Traceback" not in said.stderr
    assert len(said.stderr.splitlines()) == 1
    loud = canbo("status", DATABASE_URL="postgresql:///canbo?host=/nonexistent", CANBO_DEBUG="1")
    assert loud.returncode == 1
    assert "Traceback" in loud.stderr


def test_a_file_in_place_of_the_data_directory_is_explained(canbo: Run, place: Path) -> None:
    place.write_text("đây là tệp", encoding="utf-8")
    said = canbo("status")
    assert said.returncode == 1
    assert said.stderr.startswith("Lỗi: ")
    assert "không phải thư mục" in said.stderr
    assert "Traceback" not in said.stderr


def test_two_first_commands_at_once_prepare_once(place: Path) -> None:
    started = [
        subprocess.Popen(
            canbo_command("status"),
            env=clean_environment(CANBO_DATA=str(place)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    assert "".join(said).count("chuẩn bị") == 1
    assert not cluster.answers(cluster.find(place))
