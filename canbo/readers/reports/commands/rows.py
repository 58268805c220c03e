"""``canbo rows CODE --unit UNIT --period P``: the rows behind a figure."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.runtime.cli import operator
from canbo.foundation.runtime.output import emit

from .. import queries
from .value import place


def configure(parser: ArgumentParser) -> None:
    place(parser)
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: Namespace) -> int:
    """Prints as many rows as the value says; those of its first part for a derived value."""
    found = queries.rows(operator(), options.code, options.unit, options.period)
    if options.json:
        emit({"rows": [row.as_json() for row in found]})
        return 0
    for row in found:
        print("\t".join((row.person, row.name, row.unit_name, format_date(row.day), row.detail)))
    return 0
