"""``make bench``: runs every measure, or those named, and prints figure, limit and ratio.

Runs on a database of its own under a temporary directory. Nothing here fails a build: figures are for reading.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass

MEASURES = ["evaluation", "handing", "load", "report", "restructure", "search", "start"]


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Args:
        name: what was measured.
        value: the figure with its unit, as printed.
        limit: what was promised, as printed.
        kept: whether the promise holds; None where there is none.
    """

    name: str
    value: str
    limit: str = ""
    kept: bool | None = None


def main(names: list[str]) -> None:
    """Runs the measures and prints a line for each figure."""
    folder = tempfile.mkdtemp(prefix="canbo-bench-")
    os.environ["CANBO_DATA"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ.pop("DATABASE_URL", None)
    print(f"{'measure':<62} {'figure':>26} {'limit':>14}")
    try:
        for name in names or MEASURES:
            for figure in importlib.import_module(f"bench.{name}").run():
                mark = "" if figure.kept is None else (" kept" if figure.kept else " MISSED")
                print(f"{figure.name:<62} {figure.value:>26} {figure.limit:>14}{mark}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
