"""Sizes, docstrings, pins without hosts, and what a reader finds at the top of the repository."""

from __future__ import annotations

import ast
import json
import re
from statistics import median

import pytest

from .source import ROOT, modules, short, tree

DAY_TO_DAY = ("run", "configure", "handle", "Meta", "Command")


def test_files_stay_small():
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules("canbo", "config")}
    filled = sorted(size for size in sizes.values() if size)
    assert median(filled) <= 90, f"median {median(filled)}"
    assert filled[int(len(filled) * 0.9)] < 300
    too_long = [f"{short(path)}: {size}" for path, size in sizes.items() if size > 500]
    assert not too_long


def is_public(node: ast.AST) -> bool:
    name = getattr(node, "name", "_")
    return not name.startswith("_")


def test_public_functions_and_classes_say_what_they_mean():
    faults = []
    for path in modules("canbo", "config"):
        if path.name == "apps.py":
            continue
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or not is_public(node):
                continue
            if node.name in DAY_TO_DAY or ast.get_docstring(node):
                continue
            # A function of a few lines says what it does.
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno < 6:
                continue
            # A closed list of choices says all in its members.
            if isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
                continue
            faults.append(f"{short(path)}:{node.lineno} {node.name}")
    assert not faults, "\n".join(faults)


def test_modules_say_what_they_are():
    faults = [
        short(path)
        for path in modules("canbo", "config")
        if path.read_text(encoding="utf-8").strip() and path.name != "apps.py" and not ast.get_docstring(tree(path))
    ]
    assert not faults


@pytest.mark.parametrize("name", ["base", "dev", "uv"])
def test_pins_name_no_host(name: str):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--index-url|--find-links", text)


def test_the_front_end_lock_names_no_registry():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert packages
    for name, package in packages.items():
        # Where a project asks for donations is part of its description, not a place to fetch from.
        package.pop("funding", None)
        assert "resolved" not in package, name
        assert "://" not in json.dumps(package), name
        assert not name or "integrity" in package, name


@pytest.mark.parametrize("name", ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"])
def test_the_repository_explains_itself(name: str):
    assert len((ROOT / name).read_text(encoding="utf-8")) > 200
