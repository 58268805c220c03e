"""``canbo score``: applies a rulebook to one subject described in a JSON file; nothing is stored."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import DAY, format_date, parse_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.rulebooks import FaultyRulebooks, NoRuleInForce, current
from canbo.foundation.runtime.cli import DONE, FAILED, REFUSED, emit

from ..rules import Book, Outcome, book, books, codes, evaluate
from ..rules.described import plain, subject_of

HITS = {True: "không thuộc", False: "THUỘC", None: "chưa đủ dữ liệu"}
SIGNS = {True: "đạt", False: "KHÔNG ĐẠT", None: "chưa đủ dữ liệu"}
KINDS = {"knockout": "trường hợp loại trừ", "ceiling": "mức trần", "special": "trường hợp đặc biệt"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("rulebook", nargs="?", metavar="BỘ-QUY-TẮC", help="mã hoặc số văn bản, xem bằng --list")
    parser.add_argument("file", nargs="?", type=Path, metavar="TỆP", help="tệp JSON mô tả một người hoặc một tập thể")
    parser.add_argument("--list", action="store_true", help="các bộ quy tắc và ngày có hiệu lực")
    parser.add_argument("--on", metavar="NGÀY", help="ngày đầu của kỳ đánh giá, mặc định hôm nay")
    parser.add_argument("--unit", metavar="MÃ", action="append", default=[], help="mã đơn vị, gần nhất trước")
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(options: argparse.Namespace) -> int:
    """Status 0 scored, 1 the rules or the file cannot be read, 2 refused with every fault."""
    try:
        on = _day(options.on)
        if options.list:
            return _list(on if options.on else None, options.unit, as_json=options.json)
        if not options.rulebook or not options.file:
            return _refuse(
                [Violation("EVAL-ARGUMENTS", "Cần mã bộ quy tắc và tệp JSON.", fix="Xem: canbo score --list.")], options
            )
        chosen = book(options.rulebook, on=on, unit_codes=options.unit)
        subject, found = subject_of(_read(options.file), chosen)
        if subject is None:
            return _refuse(found, options)
        outcome = evaluate(chosen, subject)
    except FaultyRulebooks as error:
        return _refuse([Violation("EVAL-RULES", str(error))], options, FAILED)
    except OSError as error:
        return _refuse([Violation("EVAL-FILE", f"Không đọc được {options.file}: {error.strerror}.")], options, FAILED)
    except Refused as error:
        return _refuse(error.violations, options)
    except (NoRuleInForce, ValueError) as error:
        return _refuse([Violation("EVAL-RULEBOOK", str(error))], options)
    if options.json:
        emit(plain(chosen, outcome))
    else:
        _tell(chosen, outcome)
    return DONE


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise ValueError(f"{path} không phải UTF-8. Lưu lại với mã UTF-8.") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"{path}, dòng {error.lineno}, cột {error.colno}: không đúng cú pháp JSON.") from None


def _day(text: str | None) -> dt.date:
    if text is None:
        return today()
    found = parse_date(text)
    if found.precision != DAY:
        raise ValueError(f"“{text}” chưa đủ ngày, tháng, năm.")
    return found.first


def _list(on: dt.date | None, units: list[str], *, as_json: bool) -> int:
    rules = current()
    rows: list[dict[str, Any]] = []
    for code in codes(rules) if on is None else books(on=on, unit_codes=units or None, rules=rules):
        path = f"evaluation.{code}.track"
        frames = [r for layer in rules.layers_of(path) for r in rules.history(path, unit=layer.unit or None)]
        first, last = frames[0], frames[-1]
        chosen = book(code, on=on or first.valid_from, unit_codes=units, rules=rules)
        rows.append(
            {
                "code": code,
                "title": chosen.title,
                "track": chosen.track,
                "source": chosen.source,
                "from": first.valid_from.isoformat(),
                "to": last.valid_to.isoformat() if last.valid_to else None,
                "layer": first.layer.name,
                "groups": list(chosen.groups),
                "periods": list(chosen.periods),
            }
        )
    if as_json:
        emit({"rulebooks": rows})
        return DONE
    for row in rows:
        until = f" đến trước {format_date(dt.date.fromisoformat(row['to']))}" if row["to"] else ""
        print(f"{row['code']}: {row['title']}")
        print(f"    {row['source']}; từ {format_date(dt.date.fromisoformat(row['from']))}{until}; lớp {row['layer']}")
        print(f"    nhóm đối tượng: {', '.join(row['groups'])}; kỳ: {', '.join(row['periods'])}")
    return DONE


def _refuse(found: list[Violation], options: argparse.Namespace, status: int = REFUSED) -> int:
    if options.json:
        rows = [
            {"code": v.code, "field": v.field, "message": v.message, "source": v.source, "fix": v.fix} for v in found
        ]
        emit({"ok": False, "faults": rows})
        return status
    sys.stderr.write("\n".join(map(str, found)) + "\n")
    if len(found) > 1:
        sys.stderr.write(f"Có {len(found)} lỗi; chưa chấm.\n")
    return status


def _tell(chosen: Book, outcome: Outcome) -> None:
    titles = {grade.key: grade.title for grade in chosen.grades}
    print(f"{chosen.title} ({chosen.source})")
    for line in outcome.formula_lines:
        limit = f" (tối đa {format_number(line.maximum)})" if line.maximum is not None and line.key != "total" else ""
        print(f"- {line.label}{limit}: {line.filled}")
    print(f"Mức theo điểm: {titles.get(outcome.grade_by_points or '', 'chưa xác định')}")
    print(f"Mức theo điều kiện: {titles.get(outcome.grade_by_conditions or '', 'không khớp hoặc chưa đủ dữ liệu')}")
    for reason in outcome.reasons:
        if reason.kind != "points":
            kind = f"{KINDS[reason.kind]}: " if reason.kind in KINDS else f"{reason.grade}: "
            sign = (HITS if reason.kind in ("knockout", "special") else SIGNS)[reason.met]
            print(f"- [{sign}] {kind}{reason.text}. {reason.value}")
            record = f"; hồ sơ: {reason.record}" if reason.record else ""
            print(f"    {reason.article}{record}")
    for note in outcome.notes:
        print(f"! {note}")
    print(f"Kết quả: {titles.get(outcome.grade or '', 'chưa xếp loại')}.")
