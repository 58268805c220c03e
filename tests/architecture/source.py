"""Reading the source as text and as trees, for the laws that import contracts cannot say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHELVES = ("foundation", "facts", "processes", "readers")


def modules(*tops: str, migrations: bool = False) -> list[Path]:
    """Python files under the given folders, without migrations."""
    found = sorted(path for top in tops for path in (ROOT / top).rglob("*.py"))
    return [path for path in found if migrations or "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    """A path as tests print it."""
    return path.relative_to(ROOT).as_posix()


def package_of(path: Path) -> tuple[str, ...]:
    """The feature package a file belongs to, such as ``("canbo", "facts", "people")``; shorter above them."""
    parts = path.relative_to(ROOT).parts
    return parts[:3] if len(parts) > 3 and parts[0] == "canbo" and parts[1] in SHELVES else parts[:-1]


def role_of(path: Path) -> str:
    """The first name inside the package: ``actions`` for ``people/actions.py`` and ``people/actions/merge.py``."""
    rest = path.relative_to(ROOT).parts[len(package_of(path)) :]
    return rest[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of everything a file imports."""
    package = list(path.relative_to(ROOT).parts[:-1])
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def is_test_of_types(node: ast.AST) -> bool:
    """Whether a node is ``if TYPE_CHECKING:``."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
