"""The import contracts hold, and they find faults planted on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .source import ROOT

PLANTED = {
    "a fact that looks up": ("canbo/facts/organisation/planted.py", "import canbo.facts.staffing.models\n"),
    "foundation that knows personnel": ("canbo/foundation/kernel/planted.py", "import canbo.facts.people.models\n"),
    "a fact that reads a reader": ("canbo/facts/people/planted.py", "import canbo.readers.reports.apps\n"),
    "a reader that reads another": ("canbo/readers/profiles/planted.py", "import canbo.readers.exchange.apps\n"),
    "a package on no shelf": ("canbo/facts/planted/__init__.py", "import canbo.facts.people.models\n"),
    "a product that imports its composition root": ("canbo/facts/people/planted.py", "import config.urls\n"),
    "rules that import Django": ("canbo/facts/access/rules.py", "import django\n"),
    "queries that import actions": ("canbo/foundation/audit/queries.py", "import canbo.foundation.audit.actions\n"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts of a folder in a process of its own, so that no imported module is taken for the file."""
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for top in ("canbo", "config"):
        shutil.copytree(ROOT / top, folder / top, ignore=shutil.ignore_patterns("__pycache__", "static", "migrations"))
    return folder


def test_the_contracts_hold(copied: Path):
    result = lint(copied)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(copied: Path, fault: str):
    name, line = PLANTED[fault]
    place = copied / name
    before = place.read_text(encoding="utf-8") if place.exists() else None
    place.parent.mkdir(exist_ok=True)
    place.write_text((before or "") + "\n" + line, encoding="utf-8")
    try:
        result = lint(copied)
    finally:
        if before is not None:
            place.write_text(before, encoding="utf-8")
        elif place.name == "__init__.py":
            shutil.rmtree(place.parent)
        else:
            place.unlink()
    assert result.returncode == 1, f"{fault} went unnoticed"
