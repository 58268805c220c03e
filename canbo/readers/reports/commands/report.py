"""``canbo report KIND --unit UNIT --period P --out FILE [--issue]``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.dates import parse_date
from canbo.foundation.runtime.cli import operator
from canbo.foundation.runtime.output import emit, tell

from .. import actions, drafting, paper, queries
from ..document import from_json
from ..shapes import shapes


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", metavar="LOẠI", help="loại báo cáo, xem --list")
    parser.add_argument("--unit", metavar="ĐƠN-VỊ", help="mã đơn vị")
    parser.add_argument("--period", metavar="KỲ", help="2021, 2021-H1, 2021-Q3, 2021-06, ngày hoặc ngày..ngày")
    parser.add_argument("--out", metavar="TỆP", help="tệp .docx, .pdf, .xlsx hoặc .json")
    parser.add_argument("--issue", action="store_true", help="phát hành: giữ nguyên bản này")
    parser.add_argument("--list", action="store_true", help="in các loại báo cáo rồi thôi")
    parser.add_argument("--json", action="store_true", help="với --list: in một văn bản JSON")
    parser.add_argument("--dated", metavar="NGÀY", help="ngày ghi trên báo cáo (mặc định hôm nay)")
    for name, metavar, text in (
        ("number", "SỐ", "số văn bản"),
        ("issuer", "CƠ-QUAN", "cơ quan ban hành (mặc định Ban Tổ chức)"),
        ("superior", "CẤP-TRÊN", "cơ quan cấp trên (mặc định tên đơn vị)"),
        ("issuer-code", "KÝ-HIỆU", "ký hiệu cơ quan (mặc định BTC)"),
        ("place", "NƠI", "địa danh"),
        ("position", "CHỨC-VỤ", "chức vụ người ký"),
        ("signer", "NGƯỜI-KÝ", "họ và tên người ký"),
    ):
        parser.add_argument(f"--{name}", metavar=metavar, help=text)


def run(options: Namespace) -> int:
    """Writes the report; with ``--issue`` it is frozen first and the file is that of the issue."""
    if options.list:
        if options.json:
            emit([{"kind": one.kind, "title": one.title} for one in shapes().values()])
        else:
            for one in shapes().values():
                print(f"{one.kind:<16} {one.title}")
        return 0
    missing = [name for name in ("kind", "unit", "period", "out") if not getattr(options, name)]
    if missing:
        names = {"kind": "LOẠI", "unit": "--unit", "period": "--period", "out": "--out"}
        raise queries.refused("REPORT-ARGUMENT", f"Thiếu {', '.join(names[name] for name in missing)}.")
    actor, day = operator(), today()
    if options.dated:
        try:
            day = parse_date(options.dated).first
        except ValueError as error:
            raise queries.refused("REPORT-DATED", str(error), field="dated") from error
    document = drafting.document(actor, options.kind, options.unit, options.period)
    head = drafting.head(actor, document, day)
    given = ("number", "issuer", "superior", "issuer_code", "place", "position", "signer")
    head = replace(head, **{name: getattr(options, name) for name in given if getattr(options, name)})
    if not options.issue:
        content = paper.written(options.out, document, head)
    else:
        made = actions.issue(
            actor,
            kind=options.kind,
            unit=options.unit,
            period=options.period,
            dated=day,
            issued_at=now(),
            number=head.number,
            head=head,
        )
        ending = options.out.rsplit(".", 1)[-1].lower()
        frozen = {"docx": made.docx, "pdf": made.pdf}.get(ending)
        content = frozen or paper.written(options.out, from_json(made.content), head, numbered=True)
        tell(f"Đã phát hành bản số {made.pk}.")
    Path(options.out).write_bytes(content)
    tell(f"Đã ghi {options.out}: {len(document.figures())} số liệu.")
    return 0
