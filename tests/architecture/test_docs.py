"""Documents that must keep up with the project."""

from __future__ import annotations

import re
import tomllib

from .source import ROOT


def test_every_runtime_dependency_has_a_line_saying_why():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[\[<>=]", dependency)[0] for dependency in project["dependencies"]}
    text = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| (\S+) \|", text, re.M)) - {"Package"}
    assert told == names


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
