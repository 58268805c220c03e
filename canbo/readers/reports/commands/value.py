"""``canbo value CODE --unit UNIT --period P``: one figure."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from canbo.foundation.kernel.numbers import format_number, format_percent
from canbo.foundation.runtime.cli import operator
from canbo.foundation.runtime.output import emit

from .. import queries


def configure(parser: ArgumentParser) -> None:
    place(parser)
    parser.add_argument(
        "--by", nargs="+", action="extend", default=[], metavar="NHÓM", help="chia theo; nhiều nhóm thì chia chéo"
    )
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def place(parser: ArgumentParser) -> None:
    """The arguments that name an indicator, a unit and a period."""
    parser.add_argument("code", metavar="MÃ", help="mã chỉ tiêu, xem canbo indicators")
    parser.add_argument("--unit", required=True, metavar="ĐƠN-VỊ", help="mã đơn vị")
    parser.add_argument(
        "--period", required=True, metavar="KỲ", help="2021, 2021-H1, 2021-Q3, 2021-06, 2021-12-31 hoặc ngày..ngày"
    )


def run(options: Namespace) -> int:
    """Prints the value with its plan, the same period of the year before and its groups."""
    figure = queries.value(operator(), options.code, options.unit, options.period, options.by)
    if options.json:
        emit(figure.as_json())
        return 0
    indicator = queries.indicator(options.code)
    print(f"{indicator.title}: {format_number(figure.value) or 'chưa tính được'} {indicator.unit}")
    if figure.plan is not None:
        print(f"  chỉ tiêu giao {format_number(figure.plan)}, đạt {format_percent(figure.plan_ratio)}")
    if figure.previous is not None:
        print(f"  cùng kỳ năm trước {format_number(figure.previous)}")
    if figure.note:
        print(f"  {figure.note}")
    for group in figure.groups:
        print(f"  {group.label}: {format_number(group.value)}")
    return 0
