"""Loads, validates and looks up dated rules (quy định) kept as data under ``rulebooks/``.

No rule in force is an error, never a default. Usage::

    from canbo.foundation import rulebooks
    rulebooks.current().value("party.admission.age_min", on=day).value
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from pathlib import Path

from .lookup import Rulebooks, UnitCodes, check, fingerprint, load
from .model import (
    CERTAINTIES,
    LEVEL_LABELS,
    Catalogue,
    Fault,
    FaultyRulebooks,
    Layer,
    NoRuleInForce,
    Row,
    Ruling,
    Source,
    UnknownRule,
)  # fmt: skip

__all__ = [
    "CERTAINTIES", "LEVEL_LABELS", "Catalogue", "Fault", "FaultyRulebooks", "Layer", "NoRuleInForce", "Row",
    "Rulebooks", "Ruling", "Source", "UnitCodes", "UnknownRule", "check", "configure", "current", "directories",
    "fingerprint", "forget", "load",
]  # fmt: skip

_RECHECK_SECONDS = 2.0
_log = logging.getLogger(__name__)
_directories: tuple[Path, ...] = ()
_last: tuple[float, Rulebooks] | None = None


def configure(paths: Sequence[Path]) -> None:
    """Tells once, at start, where the rules are: the Centre's directory, then the local ones."""
    global _directories, _last
    _directories, _last = tuple(Path(p) for p in paths), None


def directories() -> tuple[Path, ...]:
    """Where the rules are: as configured, else as the environment says.

    ``RULEBOOKS`` else ``rulebooks/`` beside the package; then ``CANBO_LOCAL_RULES`` else ``rulebooks`` in the data
    directory (``CANBO_DATA``, ``var`` when it is not set).
    """
    if _directories:
        return _directories
    root = Path(__file__).resolve().parents[3]
    central = Path(os.environ.get("RULEBOOKS") or root / "rulebooks")
    data = Path(os.environ.get("CANBO_DATA") or root / "var")
    return central, Path(os.environ.get("CANBO_LOCAL_RULES") or data / "rulebooks")


def current() -> Rulebooks:
    """The rules of this installation; edited files are noticed within seconds.

    An edit with faults is reported in the log and not used: the last sound rules stay.

    Raises:
        FaultyRulebooks: there has been no sound state since the start.
    """
    global _last
    moment = time.monotonic()
    if _last and moment - _last[0] < _RECHECK_SECONDS:
        return _last[1]
    try:
        rules = load(directories())
    except FaultyRulebooks as error:
        if _last is None:
            raise
        _log.error("%s", error)
        rules = _last[1]
    _last = (moment, rules)
    return rules


def forget() -> None:
    """Looks at the files again at the next question: for whoever has just written them."""
    global _last
    if _last is not None:
        _last = (_last[0] - _RECHECK_SECONDS - 1, _last[1])
