"""What commands print: one JSON document on standard output, everything else on standard error."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def typed() -> str:
    """How this command is typed from here: by its name where the shell finds it, else by its path."""
    own = Path(sys.argv[0])
    if own.name != "canbo" or shutil.which("canbo"):
        return "canbo"
    return os.path.relpath(own) if own.is_relative_to(Path.cwd()) else str(own)


def emit(document: Any) -> None:
    """Prints the one JSON document of a ``--json`` command; days as ISO, decimals as numbers."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """A line of progress or explanation, kept out of standard output."""
    print(text, file=sys.stderr, flush=True)
