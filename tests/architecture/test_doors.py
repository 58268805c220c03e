"""Packages are entered by their doors; rows are written in one place; nobody asks the clock in passing."""

from __future__ import annotations

import ast
from pathlib import Path

from . import exceptions
from .source import ROOT, imports, modules, package_of, role_of, short, tree

WRITES = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save", "delete",
    "create_user", "create_superuser", "set_password",
}  # fmt: skip
READ_ONLY = ("views", "tables", "urls", "forms")


def listed(path: Path, table: dict[str, str]) -> bool:
    """Whether a file stands in a table of exceptions, itself or by its folder."""
    name = short(path)
    return any(name == entry or (entry.endswith("/") and name.startswith(entry)) for entry in table)


def test_another_package_is_entered_by_its_doors_only():
    faults = []
    for path in modules("canbo"):
        own = package_of(path)
        for line, name in imports(path):
            parts = tuple(name.split("."))
            foreign = len(parts) > 3 and parts[0] == "canbo" and parts[1] != "foundation" and parts[:3] != own
            if foreign and parts[3] not in exceptions.DOORS | set(exceptions.MORE_DOORS):
                faults.append(f"{short(path)}:{line} enters {'.'.join(parts[:3])} by {parts[3]}")
    assert not faults, "\n".join(faults)


def is_write(node: ast.Call) -> bool:
    """Whether a call writes rows by the ORM, judged by its name."""
    if not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr in WRITES:
        return node.func.attr != "delete" or "cache" not in ast.dump(node.func.value)
    # ``.update(field=…)`` of a queryset takes names only; dictionaries and sets are updated by position.
    return node.func.attr == "update" and bool(node.keywords) and not node.args and ".objects" in ast.unparse(node.func)


def writes_of(path: Path) -> list[str]:
    return [
        f"{short(path)}:{node.lineno} {ast.unparse(node.func)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and is_write(node)
    ]


def test_rows_are_written_in_actions_only():
    faults = [
        write
        for path in modules("canbo/facts", "canbo/processes", "canbo/readers", "canbo/foundation/audit")
        if role_of(path) != "actions" and not listed(path, exceptions.WRITERS)
        for write in writes_of(path)
    ]
    assert not faults, "\n".join(faults)


def test_views_tables_urls_and_forms_ask_queries_for_rows():
    faults = [
        f"{short(path)}:{node.lineno}"
        for path in modules("canbo/facts", "canbo/processes", "canbo/readers")
        if role_of(path) in READ_ONLY
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not faults, "\n".join(faults)


def clock_calls(path: Path) -> list[str]:
    """Calls of today() or now() in a file, whoever they belong to."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.split(".")[-1] in {"today", "now", "utcnow", "localdate", "localtime"} and not name.startswith(
                "self."
            ):
                found.append(f"{short(path)}:{node.lineno} {name}()")
    return found


def test_only_views_and_commands_ask_what_day_it_is():
    faults = [
        call
        for path in modules("canbo")
        if role_of(path) not in exceptions.CLOCK
        and short(path) != "canbo/foundation/kernel/clock.py"
        and not listed(path, exceptions.CLOCK_ELSEWHERE)
        for call in clock_calls(path)
    ]
    assert not faults, "\n".join(faults)


def names_in(node: ast.AST) -> set[str]:
    """Every name a piece of code uses, plain or after a dot."""
    plain = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return plain | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def test_public_functions_of_actions_leave_an_audit_line():
    """Decorated with ``@action``, writing the line themselves, or a part of actions that do."""
    functions = [
        (path, node)
        for path in modules("canbo")
        if role_of(path) == "actions"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
    ]
    used = {id(node): names_in(node) - {node.name} for _, node in functions}
    acting = {n.name for _, n in functions if {x for d in n.decorator_list for x in names_in(d)} & {"action"}}
    faults = []
    for path, function in functions:
        name = f"{short(path)}:{function.name}"
        decorated = {n for d in function.decorator_list for n in names_in(d)} & {"action", "contextmanager"}
        part = any(function.name in names for key, names in used.items() if key != id(function))
        if function.name.startswith("_") or decorated or {"record", *acting} & used[id(function)] or part:
            continue
        if name not in exceptions.UNDECORATED:
            faults.append(f"{name} writes without @action")
    assert not faults, "\n".join(faults)


def test_exceptions_are_still_needed():
    names = {short(path) for path in modules("canbo")}
    named = {entry.split(":")[0] for entry in exceptions.UNDECORATED} | set(exceptions.CLOCK_ELSEWHERE)
    gone = [e for e in sorted(named) if e not in names and not any(n.startswith(e) for n in names if e.endswith("/"))]
    assert not gone


def test_planted_faults_would_be_found(tmp_path: Path):
    planted = ROOT / "tests" / "architecture" / "planted.py.txt"
    source = planted.read_text(encoding="utf-8")
    module = ast.parse(source)
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    assert [ast.unparse(c.func) for c in calls if is_write(c)] == [
        "Person.objects.create",
        "row.save",
        "Person.objects.filter(pk=1).update",
        "row.delete",
    ]
