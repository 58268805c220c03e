"""The front-end files: pinned, hashed, local."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("front_end", ROOT / "scripts" / "front_end.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_listed_file_is_agreed_and_present(script: ModuleType) -> None:
    assert set(script.expected()) == set(script.wanted())
    assert script.faults(script.expected()) == []


def test_a_second_run_touches_nothing(script: ModuleType) -> None:
    before = {path: path.stat().st_mtime_ns for path in script.TARGET.rglob("*")}
    assert script.main([]) == 0
    assert {path: path.stat().st_mtime_ns for path in script.TARGET.rglob("*")} == before


def test_an_altered_or_missing_file_is_found(script: ModuleType, tmp_path: Path) -> None:
    script.TARGET = Path(shutil.copytree(script.TARGET, tmp_path / "copy"))
    (script.TARGET / "vendor/htmx.min.js").write_text("alert(1)")
    (script.TARGET / "print-fonts/Tinos_700Bold.ttf").unlink()
    assert sorted(script.faults(script.expected())) == ["print-fonts/Tinos_700Bold.ttf", "vendor/htmx.min.js"]


def test_the_lock_names_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_source_maps_are_dropped(script: ModuleType) -> None:
    assert script.without_maps(b"a;\n//# sourceMappingURL=a.js.map\n") == b"a;\n"
    assert script.without_maps(b"a{}/*# sourceMappingURL=a.css.map */") == b"a{}"
    for path in (script.TARGET / "vendor").rglob("*.[cj]s*"):
        assert b"sourceMappingURL" not in path.read_bytes()


def test_own_files_reach_for_nobody() -> None:
    own = ROOT / "canbo/foundation/ui"
    for path in [*(own / "static").rglob("*.*"), *own.rglob("*.html")]:
        addresses = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]+", path.read_text(encoding="utf-8"))
        assert [a for a in addresses if "www.w3.org" not in a] == [], path.name
