"""``canbo restructure``: a whole restructuring from a file, checked, carried out or annulled, without a screen."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.runtime.cli import DONE, REFUSED, emit, operator

SHOWN = 40


def day_argument(text: str) -> dt.date:
    """A day of the command line: 01/07/2025 or 2025-07-01."""
    try:
        return parse_date(text).first
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="TỆP", type=Path, nargs="?", help="csv: level,old_code,new_code,new_name,…")
    parser.add_argument("--decision", metavar="SỐ", help="số quyết định; chưa có trong sổ thì ghi vào sổ")
    parser.add_argument("--on", type=day_argument, metavar="NGÀY", help="ngày có hiệu lực")
    parser.add_argument("--check", action="store_true", help="chỉ xem trước, không ghi")
    parser.add_argument("--answers", metavar="TỆP", type=Path, help="csv trả lời câu hỏi: unit,choice,value")
    parser.add_argument("--issuer", metavar="TÊN", default="", help="cơ quan ban hành quyết định")
    parser.add_argument(
        "--issued", type=day_argument, metavar="NGÀY", help="ngày ban hành (mặc định: ngày có hiệu lực)"
    )
    parser.add_argument("--title", metavar="TÊN", default="", help="tên phương án (mặc định: tên tệp)")
    parser.add_argument("--annul", action="store_true", help="hủy đợt sắp xếp đã thực hiện theo quyết định này")
    parser.add_argument("--reason", metavar="LÝ-DO", default="", help="lý do hủy")
    parser.add_argument(
        "--export-reform",
        metavar="TỆP",
        type=Path,
        help="ghi phương án của cuộc sắp xếp thật ra csv, kèm tệp gợi ý trả lời",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON")


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 while questions are open or faults were found."""
    if options.export_reform:
        return _export(options)
    if options.annul:
        return _annul(options)
    if options.file is None or options.on is None or not (options.decision or options.check):
        raise Refused(Violation(
            "RESTRUCTURE-ARGUMENTS", "Cần tệp phương án, --on NGÀY và --decision SỐ.",
            fix="Ví dụ: canbo restructure sap-xep.csv --decision 1-QĐ/TU --on 01/07/2025 --check",
        ))  # fmt: skip
    return _restructure(options)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refused(Violation("RESTRUCTURE-FILE", f"Không đọc được tệp {path}: {error.strerror}.")) from None
    except UnicodeDecodeError:
        raise Refused(
            Violation("RESTRUCTURE-FILE", f"Tệp {path} không phải UTF-8.", fix="Lưu lại thành CSV UTF-8.")
        ) from None


def _restructure(options: argparse.Namespace) -> int:
    from .. import actions, queries  # the module is read before Django is set up
    from ..rules.reading import read_answers, read_lines

    rows, faults = read_lines(_read(options.file))
    replies, more = read_answers(_read(options.answers)) if options.answers else ([], [])
    faults += more
    _progress("Tính phương án", 0.1)
    lines, plan, unused = queries.answered(queries.Lines(options.on, rows), replies, look_closer=options.check)
    faults += [*plan.faults, *unused]
    totals: dict[str, Any] = {}
    applied = False
    if not options.check and not faults and not plan.questions:
        case = actions.run_at_once(
            operator(), lines=lines, number=options.decision, issuer=options.issuer, issued_on=options.issued,
            title=options.title or options.file.stem, source=options.file.name, today=today(), progress=_progress,
        )  # fmt: skip
        totals, applied = case.totals, True
    _quiet()
    if options.json:
        emit(_document(plan, faults, totals, applied))
    else:
        _tell(plan, faults, totals, applied, check=options.check)
    return REFUSED if faults or plan.questions else DONE


def _document(plan: Any, faults: list[Violation], totals: dict[str, Any], applied: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "closes": len(plan.closings),
        "opens": len(plan.openings),
        "changes": len(plan.changes),
        "moves": dict(plan.moved()),
        "waiting": plan.waiting(),
        "questions": [
            {
                "unit": question.unit,
                "question": question.question,
                "choices": list(question.choices),
                "name": question.name,
                "kind": question.kind,
                "level": question.level,
                "labels": list(question.labels),
                "hints": list(question.hints),
                "about": question.about,
            }
            for question in plan.questions
        ],
        "faults": [{"code": f.code, "message": f.message, "field": f.field, "fix": f.fix} for f in faults],
        "findings": [{"code": f.code, "unit": f.unit, "message": f.message} for f in plan.findings],
        "applied": applied,
    }
    return found | ({"totals": totals} if totals else {})


def _tell(plan: Any, faults: list[Violation], totals: dict[str, Any], applied: bool, *, check: bool) -> None:
    print(f"Kết thúc {len(plan.closings)} đơn vị, mở {len(plan.openings)}, thay đổi {len(plan.changes)}.")
    for kind, count in plan.moved().items():
        print(f"  chuyển {count} {_label(plan, kind)}")
    if plan.waiting():
        print(f"  trong đó {plan.waiting()} dòng chờ bố trí từng người")
    _listed("Lỗi", faults)
    _listed(
        "Câu hỏi",
        [f"{q.name} ({q.unit}): {q.question} [{', '.join(q.choices)}] {q.about}".strip() for q in plan.questions],
    )
    _listed("Cần xem trước khi ký", [finding.message for finding in plan.findings])
    if applied:
        words = _words()
        print(f"{'':<30}{'trước':>12}{'sau':>12}{'gộp':>10}")
        for kind, before in totals["before"].items():
            joined = totals["joined"].get(kind, 0)
            print(f"{words.get(kind, kind):<30}{before:>12}{totals['after'][kind]:>12}{joined:>10}")
        print("Đã thực hiện; tổng trước và sau khớp.")
    elif faults or plan.questions:
        print("Chưa ghi gì.")
    elif check:
        print("Phương án thực hiện được.")


def _listed(title: str, rows: list[Any]) -> None:
    for row in rows[:SHOWN]:
        print(f"- {title}: {row}")
    if len(rows) > SHOWN:
        print(f"- {title}: … và {len(rows) - SHOWN} nữa (xem hết bằng --json)")


def _label(plan: Any, kind: str) -> str:
    return next((move.label for move in plan.moves if move.kind == kind), kind)


def _words() -> dict[str, str]:
    """What people call each kind of row that is counted, as the packages say themselves."""
    from canbo.facts.organisation.carriers import declared

    return {"person": "người"} | {carrier.code: carrier.label for carrier in declared()}


def _annul(options: argparse.Namespace) -> int:
    from .. import actions, queries

    if not options.decision:
        raise Refused(Violation("RESTRUCTURE-ARGUMENTS", "Cần --decision SỐ của đợt sắp xếp phải hủy."))
    actor = operator()
    case = queries.applied_under(actor, options.decision)
    actions.annul(actor, case=case, on=today(), reason=options.reason, progress=_progress)
    _quiet()
    if options.json:
        emit({"annulled": True, "case": case.pk, "title": case.title})
    else:
        print(f"Đã hủy đợt sắp xếp “{case.title}”; mọi dữ liệu trở lại như trước.")
    return DONE


def _export(options: argparse.Namespace) -> int:
    from .. import queries

    day = options.on or queries.REFORM
    written, answers = queries.export_reform(operator(), options.export_reform, day)
    if options.json:
        emit({"file": str(options.export_reform), "rows": written, "answers": str(answers)})
    else:
        print(
            f"Đã ghi {written} dòng vào {options.export_reform}; gợi ý trả lời ở {answers}: xem lại rồi dùng --answers."
        )
    return DONE


def _progress(what: str, share: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{share:4.0%} {what:<40}")
        sys.stderr.flush()


def _quiet() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 50 + "\r")
