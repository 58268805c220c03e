"""``canbo import``: checks a workbook and loads it."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from canbo.foundation.kernel.clock import today
from canbo.foundation.runtime.cli import DONE, FAILED, REFUSED, emit, operator

from ..actions import check_book, load_book
from ..faults import DatabaseRefused, Fault, Findings, UnreadableFile
from ..loader.plan import Terms
from ..marking import write_faults
from ..reading import read_workbook

SHOWN = 200


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp Excel theo mẫu (canbo template)")
    parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không ghi")
    parser.add_argument("--history", action="store_true", help="số liệu lịch sử không còn văn bản")
    parser.add_argument("--accept-clean", action="store_true", help="nạp các dòng sạch, để lại các dòng lỗi")
    parser.add_argument("--faults", metavar="TỆP", type=Path, help="ghi các dòng lỗi, đã đánh dấu, ra tệp Excel")
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 when faults were found and nothing was written, 1 when the database refused."""
    path: Path = options.file
    if not path.is_file():
        return _unreadable(options, f"Không có tệp {path}.", FAILED)
    try:
        book, form_faults = read_workbook(path)
    except UnreadableFile as error:
        return _unreadable(options, str(error), REFUSED)
    terms = Terms(today=today(), historical=options.history, source=path.name)
    actor = operator()
    if options.check:
        findings, batch = check_book(actor, book, terms=terms, form_faults=form_faults, progress=_progress), None
    else:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            findings, batch = load_book(
                actor,
                book,
                terms=terms,
                sha256=digest,
                form_faults=form_faults,
                accept_clean=options.accept_clean,
                progress=_progress,
            )
        except DatabaseRefused as error:
            return _unreadable(options, str(error), FAILED)
    if options.faults and findings.faults:
        write_faults(options.faults, book, findings.faults)
    _tell(options, findings, written=batch is not None)
    return (
        REFUSED
        if findings.faults
        and (options.check or batch is None)
        and not (options.accept_clean and not options.check and batch is not None)
        else DONE
    )


def _progress(what: str, share: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{share:4.0%} {what:<30}")
        sys.stderr.flush()


def _unreadable(options: argparse.Namespace, message: str, status: int) -> int:
    if options.json:
        fault = Fault("", 0, "", str(options.file), message, "")
        emit({"sheets": {}, "faults": [fault.as_dict()], "written": False})
    else:
        sys.stderr.write(f"{message}\n")
    return status


def _tell(options: argparse.Namespace, findings: Findings, *, written: bool) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 40 + "\r")
    if options.json:
        emit(
            {
                "sheets": {name: vars(count) for name, count in findings.counts.items()},
                "faults": [fault.as_dict() for fault in findings.faults],
                "remarks": [remark.as_dict() for remark in findings.remarks],
                "written": written,
            }
        )
        return
    for name, count in findings.counts.items():
        print(
            f"{name}: {count.rows} dòng, {count.new} mới, {count.changed} đổi, {count.same} giữ nguyên, "
            f"{count.faults} lỗi"
        )
    for fault, more in findings.folded()[:SHOWN]:
        print(f"- {fault}" + (f" (và {more} dòng khác cùng loại)" if more else ""))
    for remark in findings.remarks[:SHOWN]:
        print(f"- Lưu ý: {remark}")
    if written:
        print("Đã ghi." if not findings.faults else "Đã ghi các dòng sạch; các dòng lỗi để lại.")
    elif findings.faults:
        print("Chưa ghi gì. Sửa các dòng trên, hoặc thêm --accept-clean để nạp các dòng sạch.")
    else:
        print("Không có gì thay đổi." if not options.check else "Tệp sạch, có thể nạp.")
