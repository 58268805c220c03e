"""The frame of the ``canbo`` command: arguments, database, refusals, exit status.

A command module offers ``configure(parser)`` and ``run(options) -> int``. Exit status: 0 done, 1 failed,
2 refused or faults found.
"""

from __future__ import annotations

import argparse
import getpass
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from canbo import __version__
from canbo.foundation.kernel import actor as actors
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from . import apart, postgres, preparation
from .arguments import Formatter, Parser, take_option
from .output import emit as emit
from .output import tell
from .problems import Unavailable, describe

DONE, FAILED, REFUSED = 0, 1, 2


_commands: dict[str, Command] = {}


@dataclass(frozen=True)
class Command:
    """A subcommand.

    Args:
        name: what is typed.
        module: dotted name, imported only when the command is asked for.
        help: one line for ``canbo --help``.
        database: whether the database is opened, and prepared if need be, before ``run``.
    """

    name: str
    module: str
    help: str
    database: bool = True


def main(commands: Sequence[Command], arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    _commands.update({command.name: command for command in commands})
    data, rest = take_option(sys.argv[1:] if arguments is None else arguments, "--data")
    if data:
        os.environ["CANBO_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    signal.signal(signal.SIGTERM, _leave)
    with _failures_told() as outcome, ExitStack() as stack:
        command, place, options = _read(commands, rest)
        if command.database:
            stack.enter_context(database())
            preparation.prepare()
        outcome.status = place.run(options)
    return outcome.status


def module(name: str) -> ModuleType:
    """The module of another command, such as the one that loads a demonstration."""
    if name not in _commands:
        raise Unavailable(f"Bản này không có lệnh «{name}».")
    try:
        return importlib.import_module(_commands[name].module)
    except ModuleNotFoundError as error:
        if os.environ.get("CANBO_DEBUG") == "1":
            raise
        raise Unavailable(f"Lệnh «{name}» chưa có trong bản đang dùng ({error.name}).") from error


def again(name: str, arguments: Sequence[str]) -> int:
    """Runs another command inside this one, on the database already open; returns its exit status."""
    other = module(name)
    parser = Parser(prog=f"canbo {name}")
    other.configure(parser)
    with _failures_told() as outcome:
        outcome.status = other.run(parser.parse_args(list(arguments)))
    return outcome.status


def _leave(*_: object) -> None:
    """Ends like any other command, so that a server started for it is stopped again."""
    raise SystemExit(143)


def _read(commands: Sequence[Command], arguments: list[str]) -> tuple[Command, ModuleType, argparse.Namespace]:
    parser = Parser(prog="canbo", description="Hệ thống làm việc của ban tổ chức.", formatter_class=_Wide)
    parser.add_argument("--data", metavar="THƯ-MỤC", help="thư mục dữ liệu (mặc định: CANBO_DATA, rồi ./var)")
    parser.add_argument("--version", action="version", version=f"canbo {__version__}", help="in phiên bản rồi thôi")
    places = parser.add_subparsers(dest="command", metavar="LỆNH", title="lệnh", required=True)
    # Only the command asked for is imported and configured; the others are known by name and help alone.
    asked = next((a for a in arguments if not a.startswith("-")), None)
    chosen: tuple[Command, ModuleType] | None = None
    for command in commands:
        place = places.add_parser(command.name, help=command.help, description=command.help)
        if command.name == asked:
            if command.database:
                _set_up()  # the module names models, so that they must exist before it is imported
            found = module(command.name)
            found.configure(place)
            chosen = command, found
    options = parser.parse_args(arguments)
    if chosen is None:  # argparse has already refused an unknown or missing command
        parser.error("thiếu lệnh")
    return *chosen, options


class _Wide(Formatter):
    def __init__(self, prog: str):
        super().__init__(prog, max_help_position=16)


def data_dir() -> Path:
    """The data directory: ``CANBO_DATA`` (set by ``--data``), else ``./var``."""
    return Path(os.environ.get("CANBO_DATA") or "var").absolute()


def _set_up() -> None:
    """Prepares Django; touches neither the data directory nor a database."""
    os.environ["CANBO_DATA"] = str(data_dir())
    import django

    django.setup()


def _sign_with(key: str) -> None:
    """Hands the key to Django, already set up, and to child processes."""
    from django.conf import settings

    settings.SECRET_KEY = os.environ["CANBO_SECRET_KEY"] = key


def _point_at(url: str) -> None:
    """Tells Django, already set up, where the server that was started since then listens."""
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    connections.settings["default"].update({names[k]: v for k, v in parts.items() if k in names})


@contextmanager
def server() -> Iterator[None]:
    """The database server and the signing key, in the environment; the embedded server is left as it was found.

    With ``DATABASE_URL`` set no server is started. Needs no Django.
    """
    folder = data_dir()
    postgres.prepare_folder(folder)
    os.environ["CANBO_DATA"] = str(folder)
    if not os.environ.get("CANBO_SECRET_KEY"):
        os.environ["CANBO_SECRET_KEY"] = preparation.secret_key(folder)
    embedded = not os.environ.get("DATABASE_URL")
    if embedded:
        os.environ["DATABASE_URL"] = postgres.ensure(folder)
    else:
        postgres.require_answer(os.environ["DATABASE_URL"])
    try:
        yield
    finally:
        if embedded:
            os.environ.pop("DATABASE_URL", None)
            postgres.release(folder)


@contextmanager
def database() -> Iterator[None]:
    """``server``, and Django set up on it. Does not migrate: see ``preparation.prepare``."""
    with server():
        _set_up()
        _sign_with(os.environ["CANBO_SECRET_KEY"])
        _point_at(os.environ["DATABASE_URL"])
        try:
            yield
        finally:
            close_connections()


def in_child(step: Callable[[], dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    """Runs a step on the database in a child process, so that Django does not stay in this one.

    Returns:
        The exit status, failures already told, and what the step gave.
    """

    def told() -> tuple[int, dict[str, Any]]:
        document: dict[str, Any] = {}
        with _failures_told() as outcome, database():
            document = step()
            outcome.status = DONE
        return outcome.status, document

    return apart.in_child(told)


def close_connections() -> None:
    """Gives back every database connection of this process, those waiting in the pool too."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def operator() -> Actor:
    """The actor of a command: the operating-system user who typed it (also behind sudo)."""
    try:
        name = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return actors.operator(name)


@dataclass
class _Outcome:
    status: int = FAILED


@contextmanager
def _failures_told() -> Iterator[_Outcome]:
    """Turns refusals into printed lines and status 2, failures into one line and status 1."""
    outcome = _Outcome()
    try:
        yield outcome
    except Refused as refusal:
        for violation in refusal.violations:
            tell(f"- {violation}")
        outcome.status = REFUSED
    except NotPermitted as error:
        tell(f"Không có quyền: {error}")
        outcome.status = REFUSED
    except OutOfScope as error:
        tell(f"Không tìm thấy: {error}" if str(error) else "Không tìm thấy.")
        outcome.status = REFUSED
    except KeyboardInterrupt:
        tell("Đã dừng.")
        outcome.status = 130
    except BrokenPipeError:
        # The reader of our output went away (``canbo … | head``): nothing to say, nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        outcome.status = FAILED
    except Exception as error:
        if os.environ.get("CANBO_DEBUG") == "1":
            raise
        tell(_one_line(error))
        outcome.status = FAILED


def _one_line(error: Exception) -> str:
    if isinstance(error, Unavailable):
        return f"Lỗi: {error}"
    if type(error).__name__ in {"OperationalError", "InterfaceError", "PoolTimeout"}:
        return f"Lỗi: không làm việc được với cơ sở dữ liệu: {' '.join(str(error).split())}"
    if isinstance(error, OSError):
        return f"Lỗi: {describe(error)}"
    return f"Lỗi ngoài dự tính: {type(error).__name__}: {error} (đặt CANBO_DEBUG=1 để xem chi tiết)"
