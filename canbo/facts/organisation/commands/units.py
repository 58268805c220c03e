"""``canbo units``: the units in force on a day."""

from __future__ import annotations

import argparse
import datetime as dt

from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date, parse_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.runtime.cli import emit, operator


def day(text: str) -> dt.date:
    """A day of the command line: 31/12/2021 or 2021-12-31."""
    try:
        return parse_date(text).first
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=day, metavar="NGÀY", help="ngày cần xem (mặc định: hôm nay)")
    parser.add_argument("--under", metavar="MÃ", help="chỉ đơn vị này và các đơn vị bên dưới")
    parser.add_argument("--count", action="store_true", help="chỉ đếm, theo loại hình")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(options: argparse.Namespace) -> int:
    from canbo.facts.organisation import queries  # the module is read before Django is set up

    actor, on = operator(), options.on or today()
    under = queries.unit_by_code(actor, options.under) if options.under else None
    if options.count:
        by_kind = queries.counts_by_kind(actor, on, under)
        total = sum(by_kind.values())
        if options.json:
            emit({"total": total, "by_kind": by_kind})
        else:
            print(f"Ngày {format_date(on)}: {format_number(total)} đơn vị")
            for kind, number in by_kind.items():
                print(f"{format_number(number):>10}  {kind}")
        return 0
    rows = queries.versions_at(actor, on, under)
    if options.json:
        emit(
            [
                {
                    "code": row.unit.code,
                    "name": row.name,
                    "kind": row.kind,
                    "local_type": row.local_type,
                    "parent": row.parent.code if row.parent else None,
                    "from": row.since,
                    "to": row.last_day,
                }
                for row in rows
            ]
        )
    else:
        for row in rows:
            print(f"{row.unit.code}\t{row.name}\t{row.local_type or row.kind}\t{row.parent.code if row.parent else ''}")
    return 0
