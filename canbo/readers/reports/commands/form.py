"""``canbo form CODE --unit UNIT --period P --out FILE``: an official statistical form with its checks."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from canbo.foundation.kernel.clock import today
from canbo.foundation.runtime.cli import operator
from canbo.foundation.runtime.output import emit, tell

from .. import drafting, paper, queries, statistics


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", metavar="BIỂU", help="mã biểu, như 1-BTCTW; xem --list")
    parser.add_argument("--unit", metavar="ĐƠN-VỊ", help="mã đơn vị")
    parser.add_argument("--period", metavar="KỲ", help="2021, 2021-H1, 2021-Q3, 2021-06, ngày hoặc ngày..ngày")
    parser.add_argument("--out", metavar="TỆP", help="tệp .json, .xlsx, .docx hoặc .pdf")
    parser.add_argument("--json", action="store_true", help="in biểu ra màn hình dưới dạng JSON")
    parser.add_argument("--list", action="store_true", help="in các biểu có sẵn rồi thôi")


def run(options: Namespace) -> int:
    """Fills in the form, writes it, and says which of its checks do not hold; they do not stop it."""
    if options.list:
        for code, shape in statistics.shapes().items():
            print(f"{code:<10} {shape['title']}")
        return 0
    missing = [name for name in ("code", "unit", "period") if not getattr(options, name)]
    if missing or not (options.out or options.json):
        names = {"code": "BIỂU", "unit": "--unit", "period": "--period"}
        told = [names[name] for name in missing] or ["--out hoặc --json"]
        raise queries.refused("REPORT-ARGUMENT", f"Thiếu {', '.join(told)}.")
    form = statistics.form(operator(), options.code, options.unit, options.period)
    if options.out:
        if options.out.lower().endswith(".json"):
            content = json.dumps(form.as_json(), ensure_ascii=False, indent=2).encode()
        else:
            document = form.as_document()
            content = paper.written(options.out, document, drafting.head(operator(), document, today()))
        Path(options.out).write_bytes(content)
    if options.json:
        emit(form.as_json())
    for check in form.checks:
        if not check.ok:
            tell(f"Không khớp: {check.says} ({check.left} và {check.right}).")
    return 0
