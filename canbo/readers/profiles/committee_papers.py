"""The list of the members of a committee as a paper."""

from __future__ import annotations

from canbo.facts.people.choices import Sex
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.papers.blocks import Block, Column, Heading, Paper, Paragraph, Signing, Table, Text

from .queries.committees import CommitteePage, Line, says

BLANK = "…"
COLUMNS = (
    Column("TT", "center", 0.4), Column("Họ và tên", "left", 1.9), Column("Nam", "center", 0.8, "Ngày sinh"),
    Column("Nữ", "center", 0.8, "Ngày sinh"), Column("Dân tộc", "left", 0.8), Column("Chức danh", "left", 1.7),
    Column("Trình độ chuyên môn", "left", 1.1), Column("Lý luận chính trị", "left", 1), Column("Hình thức", "left", 0.9),
)  # fmt: skip


def of_committee(page: CommitteePage) -> Paper:
    """``Danh sách Ban Chấp hành`` with the structure below it."""
    rows = tuple(_row(n, line) for n, line in enumerate(page.lines, 1))
    structure = tuple(
        (heading, label.capitalize(), str(number), _share(number, len(page.lines)))
        for heading, parts in page.parts
        for _, label, number in parts
    )
    body: list[Block] = [
        Paragraph(Text(says(page), verbatim=True)),
        Table(COLUMNS, rows or (tuple(BLANK for _ in COLUMNS),), size=11),
        Heading("Cơ cấu"),
        Table(
            (
                Column("Tiêu chí", "left", 1.4),
                Column("Nhóm", "left", 2),
                Column("Số người", "right", 0.8),
                Column("Tỷ lệ (%)", "right", 0.8),
            ),
            structure or ((BLANK, BLANK, BLANK, BLANK),),
        ),
    ]
    return Paper(
        system="party",
        profile_on=page.day,
        issuer=page.name,
        superior=page.superior or BLANK,
        doc_type="Danh sách",
        issuer_code=BLANK,
        abstract=f"{page.body_name} {page.name} ngày {format_date(page.day)}",
        body=tuple(body),
        signings=(Signing("on_behalf", "Ban Thường vụ"),),
    )


def _row(number: int, line: Line) -> tuple[str | Text, ...]:
    record = line.record
    born = format_date(record.born_on, record.born_precision) if record else BLANK
    woman = record is not None and record.sex == Sex.FEMALE
    return (
        str(number),
        Text(line.member.post.person.name, verbatim=True),
        "" if woman else born,
        born if woman else "",
        line.ethnic_group or BLANK,
        line.member.post.title,
        (record.qualification if record else "") or BLANK,
        (record.political_theory if record else "") or BLANK,
        line.member.mode,
    )


def _share(number: int, total: int) -> str:
    return f"{number * 100 / total:.1f}".replace(".", ",") if total else BLANK
