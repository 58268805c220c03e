"""One file out, the same rows and files back; anything altered is refused before anything is written."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from canbo.foundation.runtime import postgres

from .conftest import Run, new_place, run_canbo

pytestmark = pytest.mark.postgres

NAME = "Trần Thị Mẫu"
PAPER, RULE = "files/2026/quyết định.pdf", "rulebooks/riêng.toml"


def add_account(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO accounts_user (password, is_superuser, username, email, is_staff, is_active, date_joined,"
            " display_name, must_change_password) VALUES ('x', false, 'mau', '', false, true, now(), %s, false)",
            [NAME],
        )


def accounts(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT display_name FROM accounts_user ORDER BY id")]


@pytest.fixture(scope="module")
def source() -> Iterator[Path]:
    """A place with one account, one paper and one local rule."""
    with new_place(0o711) as place:
        assert run_canbo(place, "status").returncode == 0
        with postgres.serving(place) as url:
            add_account(url)
        (place / PAPER).parent.mkdir()
        (place / PAPER).write_bytes(b"%PDF-" + bytes(range(256)) * 20)
        (place / RULE).parent.mkdir()
        (place / RULE).write_text("x = 1\n", encoding="utf-8")
        yield place


@pytest.fixture(scope="module")
def kept(source: Path) -> Path:
    """Its backup."""
    file = source.with_name("ban-luu.canbo")
    said = run_canbo(source, "backup", file, "--json")
    assert said.returncode == 0, said.stderr
    result = json.loads(said.stdout)
    assert result["files"] == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    status = json.loads(run_canbo(source, "status", "--json").stdout)
    assert status["last_backup"]["manifest_sha256"] == result["manifest_sha256"]
    return file


def guards(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [r[0] for r in connection.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1")]


def test_round_trip(source: Path, kept: Path, canbo: Run, place: Path) -> None:
    said = canbo("restore", kept)
    assert said.returncode == 0, said.stderr
    assert "Đã khôi phục" in said.stdout
    with postgres.serving(source) as there, postgres.serving(place) as here:
        assert accounts(here) == [NAME]
        assert guards(here) == guards(there) != []
    assert (place / PAPER).read_bytes() == (source / PAPER).read_bytes()
    assert (place / RULE).read_text(encoding="utf-8") == "x = 1\n"
    assert stat.S_IMODE((place / "files").stat().st_mode) == 0o700

    again = canbo("restore", kept)
    assert again.returncode == 2
    assert "chỗ trống" in again.stderr
    assert "cơ sở dữ liệu đã có dữ liệu" in again.stderr
    with postgres.serving(place) as here:
        assert accounts(here) == [NAME]


def test_an_existing_file_is_never_overwritten(source: Path, kept: Path) -> None:
    before = kept.read_bytes()
    said = run_canbo(source, "backup", kept)
    assert said.returncode == 2
    assert "đã có" in said.stderr
    assert kept.read_bytes() == before


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same zip with some entries changed or left out, all its own checksums right."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return target


def forge_rows(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    manifest["rows"]["accounts_user"] += 1
    return json.dumps(manifest).encode()


def add_unknown_migration(name: str, content: bytes) -> bytes:
    if name != "manifest.json":
        return content
    manifest = json.loads(content)
    manifest["migrations"].append("people.9999_later")
    return json.dumps(manifest).encode()


def test_altered_files_are_refused(kept: Path, canbo: Run, place: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 3] ^= 0xFF
    (tmp_path / "short").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "flipped").write_bytes(flipped)
    (tmp_path / "text").write_text("không phải tệp lưu", encoding="utf-8")
    rewritten(kept, tmp_path / "paper", lambda n, c: c + b"!" if n.endswith(".pdf") else c)
    rewritten(kept, tmp_path / "missing", lambda n, c: None if n.endswith(".toml") else c)
    rewritten(kept, tmp_path / "bare", lambda n, c: None if n == "manifest.json" else c)
    rewritten(kept, tmp_path / "newer", add_unknown_migration)
    expected = {
        "short": "bị cụt",
        "flipped": "hỏng",
        "text": "không phải tệp lưu",
        "paper": "đã bị sửa đổi",
        "missing": "không khớp bản kê",
        "bare": "không có bản kê",
        "newer": "mới hơn",
    }
    for name, words in expected.items():
        said = canbo("restore", tmp_path / name)
        assert said.returncode == 2, (name, said.stderr)
        assert words in said.stderr
        assert not any((place / "files").rglob("*"))
    missing = canbo("restore", tmp_path / "nowhere")
    assert missing.returncode == 1
    assert "không có tệp" in missing.stderr


def test_failure_in_the_database_leaves_nothing(kept: Path, canbo: Run, place: Path, tmp_path: Path) -> None:
    forged = rewritten(kept, tmp_path / "forged", forge_rows)
    said = canbo("restore", forged)
    assert said.returncode == 1
    assert "accounts_user" in said.stderr
    with postgres.serving(place) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('public.accounts_user')").fetchone() == (None,)
    assert not any((place / "files").iterdir())
    assert canbo("restore", kept).returncode == 0
