"""``canbo rules check`` and ``canbo rules show SUBJECT --on DAY``."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Mapping
from typing import Any

from canbo.foundation import rulebooks
from canbo.foundation.kernel import clock
from canbo.foundation.kernel.dates import DAY, format_date, parse_date
from canbo.foundation.kernel.numbers import format_number

from .model import CERTAINTIES, LEVEL_LABELS, UNITS, Ruling


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the two subcommands."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="VIỆC")
    check = actions.add_parser("check", help="kiểm tra mọi tệp quy tắc")
    check.add_argument("--json", action="store_true", help="in một tài liệu JSON")
    show = actions.add_parser("show", help="in những gì đang có hiệu lực và theo văn bản nào")
    show.add_argument("subject", metavar="CHỦ_ĐỀ", help="ví dụ party.admission")
    show.add_argument("--on", metavar="NGÀY", help="dd/mm/yyyy hoặc yyyy-mm-dd; mặc định hôm nay")
    show.add_argument("--unit", metavar="MÃ", action="append", help="mã đơn vị, để tính cả quy định của tỉnh, đơn vị")
    show.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(options: argparse.Namespace) -> int:
    """Exit status 0 done, 1 the rulebooks cannot be read, 2 faults found or the question refused."""
    return _check(options) if options.action == "check" else _show(options)


def _check(options: argparse.Namespace) -> int:
    faults = rulebooks.check(rulebooks.directories())
    if options.json:
        rows = [{"code": f.code, "file": str(f.file), "line": f.line, "message": f.message} for f in faults]
        print(json.dumps({"ok": not faults, "faults": rows}, ensure_ascii=False))
    elif faults:
        print("\n".join(map(str, faults)))
        print(f"Có {len(faults)} lỗi trong bộ quy tắc.")
    else:
        rules = rulebooks.load(rulebooks.directories())
        print(
            f"Bộ quy tắc không có lỗi: {len(rules.subjects)} chủ đề, {len(rules.sources)} văn bản, bản {rules.version}."
        )
    return 2 if faults else 0


def _show(options: argparse.Namespace) -> int:
    try:
        on = _day(options.on)
        rules = rulebooks.load(rulebooks.directories())
        # Asking for what only one place has is asking for that place.
        unit = options.unit or rules.home(options.subject) or None
        rulings = list(rules.in_force(options.subject, on=on, unit=unit))
    except (ValueError, rulebooks.NoRuleInForce) as error:
        return _refuse(str(error), options, 2)
    except rulebooks.FaultyRulebooks as error:
        return _refuse(str(error), options, 1)
    if options.json:
        document = {
            "subject": options.subject,
            "title": rules.title(options.subject),
            "on": on.isoformat(),
            "version": rules.version,
            "values": [as_json(r) for r in rulings],
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    print(f"{rules.title(options.subject)} ({options.subject}), ngày {format_date(on)}, bản {rules.version}")
    if not rulings:
        print("Không có quy định nào có hiệu lực vào ngày này.")
    for ruling in rulings:
        print(_lines(ruling))
    return 0


def _day(text: str | None) -> dt.date:
    if text is None:
        return clock.today()
    found = parse_date(text)
    if found.precision != DAY:
        raise ValueError(f"“{text}” chưa đủ ngày, tháng, năm.")
    return found.first


def _refuse(message: str, options: argparse.Namespace, status: int) -> int:
    if options.json:
        print(json.dumps({"ok": False, "message": message}, ensure_ascii=False))
    else:
        print(message, file=sys.stderr)
    return status


def as_json(ruling: Ruling) -> dict[str, Any]:
    """A ruling as plain data, dates as ISO texts."""
    return {
        "path": ruling.path,
        "title": ruling.title,
        "unit": ruling.unit,
        "value": _plain(ruling.value),
        "source": {"id": ruling.source.id, "number": ruling.source.number, "issued": _plain(ruling.source.issued)},
        "article": ruling.article,
        "certainty": ruling.certainty,
        "from": None if ruling.valid_from == dt.date.min else ruling.valid_from.isoformat(),
        "to": _plain(ruling.valid_to),
        "layer": ruling.layer.level,
        "layer_name": ruling.layer.name,
        "note": ruling.note,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _lines(ruling: Ruling) -> str:
    since = "" if ruling.valid_from == dt.date.min else f"từ {format_date(ruling.valid_from)}"
    until = f"đến trước {format_date(ruling.valid_to)}" if ruling.valid_to else ""
    span = f"{since} {until}".strip() or "không giới hạn ngày"
    layer = f"; lớp {LEVEL_LABELS[ruling.layer.level]} {ruling.layer.name}" if ruling.layer.level != "central" else ""
    return (
        f"- {ruling.title} [{ruling.path}]: {_words(ruling.value)} {UNITS[ruling.unit]}".rstrip()
        + f"\n    {ruling.reference}; {span}; {CERTAINTIES[ruling.certainty]}{layer}"
        + (f"\n    {ruling.note}" if ruling.note else "")
    )


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, Mapping):
        if "label" in value and "key" in value:
            rest = {key: inner for key, inner in value.items() if key not in ("label", "key") and inner != ()}
            return f"{value['label']} ({value['key']})" + (f"; {_words(rest)}" if rest else "")
        return ", ".join(f"{key}: {_words(inner)}" for key, inner in value.items())
    if isinstance(value, tuple):
        return "; ".join(map(_words, value))
    return str(value)
