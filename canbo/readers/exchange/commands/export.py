"""``canbo export``: the workbook of what is recorded."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.kernel.dates import DAY, parse_date
from canbo.foundation.runtime.cli import DONE, REFUSED, operator

from ..actions import export_book


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp .xlsx sẽ ghi")
    parser.add_argument("--under", metavar="ĐƠN-VỊ", help="mã đơn vị: chỉ đơn vị ấy và bên dưới")
    parser.add_argument("--on", metavar="NGÀY", help="chỉ dữ liệu có hiệu lực ngày ấy; không ghi: toàn bộ quá trình")


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 when the place, the unit or the day is wrong."""
    path: Path = options.file
    if path.suffix.lower() != ".xlsx" or not path.absolute().parent.is_dir():
        sys.stderr.write(f"Không ghi được vào {path}: cần tên tệp .xlsx trong thư mục đã có.\n")
        return REFUSED
    day = None
    if options.on:
        try:
            found = parse_date(options.on)
        except ValueError as error:
            sys.stderr.write(f"{error}. Ghi như 31/12/2021.\n")
            return REFUSED
        if found.precision != DAY:
            sys.stderr.write(f"{options.on} thiếu ngày hoặc tháng. Ghi như 31/12/2021.\n")
            return REFUSED
        day = found.first
    actor = operator()
    under = unit_by_code(actor, options.under) if options.under else None
    part = path.with_suffix(".part.xlsx")
    try:
        counts = export_book(actor, path=part, under=under, on=day, progress=_progress)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 40 + "\r")
    for name, rows in counts.items():
        print(f"{name}: {rows} dòng")
    return DONE


def _progress(what: str, share: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{share:4.0%} {what:<30}")
        sys.stderr.flush()
