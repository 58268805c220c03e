"""What a test may not do: use a template variable nobody set, reach the network, or delete facts by flushing."""

from __future__ import annotations

import ipaddress
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


class UndefinedVariable(AssertionError):
    """A template of ours printed a variable that its view did not set."""


class Strict(str):
    """Stands for an undefined variable: silent in templates of libraries, a failure in ours."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _rendered_template()
        if origin and str(ROOT / "canbo") in origin:
            raise UndefinedVariable(f"{variable} is not defined in {origin}")
        return ""


def _rendered_template() -> str:
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            node = frame.f_locals["self"]
            return str(getattr(node.origin, "name", ""))
        frame = frame.f_back  # type: ignore[assignment]
    return ""


def refuse_undefined_variables() -> None:
    """Makes every template engine of Django strict."""
    from django.template import engines

    for engine in engines.all():
        engine.engine.string_if_invalid = Strict("%s")  # type: ignore[attr-defined]


def is_local(address: Any) -> bool:
    """Whether a socket address stays on this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that opens a connection beyond this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guard(original: Any) -> Any:
        def checked(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not is_local(address):
                pytest.fail(f"a test reached for the network: {address}")
            return original(self, address)

        return checked

    monkeypatch.setattr(socket.socket, "connect", guard(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guard(connect_ex))


def flush_past_the_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets Django empty the tables after a test with committed data, which the guards refuse to everybody else."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def sql_flush(self: Any, *args: Any, **options: Any) -> list[str]:
        statements = flush(self, *args, **options)
        return [_GUARDS.format(act="DISABLE"), *statements, _GUARDS.format(act="ENABLE")] if statements else []

    monkeypatch.setattr(DatabaseOperations, "sql_flush", sql_flush)


# The owner of a table may switch its triggers off; ``session_replication_role`` would ask for a superuser.
_GUARDS = """
DO $$ DECLARE guarded regclass; BEGIN
  FOR guarded IN SELECT DISTINCT tgrelid::regclass FROM pg_trigger
    WHERE NOT tgisinternal AND tgfoid::regproc::text LIKE 'canbo%' LOOP
    EXECUTE format('ALTER TABLE %s {act} TRIGGER USER', guarded);
  END LOOP;
END $$;
"""
