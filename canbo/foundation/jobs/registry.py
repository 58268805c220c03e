"""Kinds of background work, as packages declare them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

Work = Callable[..., Any]
_kinds: dict[str, Kind] = {}
_nightly: dict[str, Callable[[], object]] = {}


@dataclass(frozen=True)
class Kind:
    """One kind of work.

    Args:
        code: stable dotted name, such as ``exchange.load``.
        work: called with a ``Run`` and the arguments of the job; what it returns is kept as the job's result.
        rerun: whether a job whose worker died is run again; else it is marked failed. Only work that begins anew
            without harm may be run again: one transaction, or files written under a name of their own.
        ended: told the job after it ended in whatever way, so that the package can set its own rows right.
    """

    code: str
    work: Callable[..., Any]
    rerun: bool = True
    ended: Callable[[Any], None] | None = None


def job(code: str, *, rerun: bool = True, ended: Callable[[Any], None] | None = None) -> Callable[[Work], Work]:
    """Declares a function as a kind of work; see ``Kind``."""

    def declare(work: Work) -> Work:
        _kinds[code] = Kind(code, work, rerun, ended)
        return work

    return declare


def nightly(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Declares a function to be called every night; it opens its own transaction and may be called twice."""

    def declare(work: Callable[[], object]) -> Callable[[], object]:
        _nightly[name] = work
        return work

    return declare


def kind(code: str) -> Kind:
    """The kind of a code; raises KeyError when no installed package declares it."""
    _load()
    return _kinds[code]


def nights() -> dict[str, Callable[[], object]]:
    """What is done every night, by name."""
    _load()
    return dict(_nightly)


def _load() -> None:
    for module in settings.JOB_MODULES:
        importlib.import_module(module)
