"""``canbo indicators``: the catalogue."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from canbo.foundation.runtime.output import emit

from .. import queries


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: Namespace) -> int:
    """Prints code, title, unit of measure, groupings and official cells of every indicator."""
    entries = queries.catalogue()
    if options.json:
        emit(
            [
                {
                    "code": e.code,
                    "title": e.title,
                    "unit": e.unit,
                    "groupings": list(e.groupings),
                    "cells": list(e.cells),
                    "definition": e.definition,
                    "source": e.source,
                    "certainty": e.certainty,
                }
                for e in entries
            ]
        )
        return 0
    for entry in entries:
        print(f"{entry.code:<6} {entry.title} ({entry.unit})")
        if entry.groupings:
            print(f"       chia theo: {', '.join(entry.groupings)}")
    return 0
