"""Forms of job positions as papers: description, competency framework, the whole list of a body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from canbo.facts.staffing.queries.positions import Position
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.papers.blocks import (
    Appendix,
    Block,
    Column,
    Content,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signing,
    Table,
    Text,
)

from .queries.positions import BodyPage, Head, PositionPage

BLANK = "…"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
COMPETENCIES = (("chung", "Nhóm năng lực chung"), ("chuyen_mon", "Nhóm năng lực chuyên môn"),
                ("quan_ly", "Nhóm năng lực quản lý"))  # fmt: skip
RELATIONS = (("managed_by", "Được quản lý trực tiếp và kiểm duyệt kết quả bởi"), ("manages", "Quản lý trực tiếp"),
             ("inside", "Quan hệ bên trong"), ("outside", "Quan hệ bên ngoài"))  # fmt: skip
REQUIREMENTS = (("education", "Trình độ đào tạo"), ("theory", "Lý luận chính trị"),
                ("training", "Bồi dưỡng, chứng chỉ"), ("experience", "Kinh nghiệm (thành tích công tác)"),
                ("qualities", "Phẩm chất cá nhân"), ("other", "Các yêu cầu khác"))  # fmt: skip


def relations(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Working relations that were written, with their names."""
    return [(label, content[name]) for name, label in RELATIONS if content.get(name)]


def requirements(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Requirements that were written, with their names."""
    return [(label, content[name]) for name, label in REQUIREMENTS if content.get(name)]


def competency_groups(content: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The competencies of each group that has any."""
    rows = content.get("competencies") or []
    found = [(label, [row for row in rows if row.get("group") == key]) for key, label in COMPETENCIES]
    return [(label, lines) for label, lines in found if lines]


def of_position(page: PositionPage, day: dt.date) -> Paper:
    """The form of one position."""
    row = page.position.row
    return _paper(
        page.head,
        day,
        "Bản mô tả công việc và khung năng lực",
        f"vị trí {row.name}",
        tuple(_form(page.position, page.text.content if page.text else {}, page.name)),
    )


def of_body(page: BodyPage, texts: Mapping[str, Mapping[str, Any]]) -> Paper:
    """The list of a body, and the form of every position as an appendix."""
    appendices = tuple(
        Appendix(
            f"Bản mô tả công việc và khung năng lực vị trí {p.row.name}",
            tuple(_form(p, texts.get(p.row.code, {}), page.name)),
        )
        for p in page.positions
    )
    return _paper(
        page.head,
        page.day,
        "Danh mục vị trí việc làm",
        f"(áp dụng ngày {format_date(page.day)})",
        tuple(_list(page)),
        appendices,
    )


def _paper(
    head: Head,
    day: dt.date,
    doc_type: str,
    abstract: str,
    body: tuple[Block, ...],
    appendices: tuple[Appendix, ...] = (),
) -> Paper:
    return Paper(
        system="state" if head.state else "party",
        profile_on=day,
        issuer=head.name,
        superior=head.superior or BLANK,
        doc_type=doc_type,
        type_code="",
        issuer_code=BLANK,
        abstract=abstract,
        body=body,
        signings=(Signing(position="Thủ trưởng cơ quan"),),
        appendices=appendices,
    )


def _list(page: BodyPage) -> list[Block]:
    """The positions by group, with a sum; share of each group."""
    rows: list[tuple[Content, ...]] = []
    number = 0
    filled = [line for line in page.groups if line[2]]
    for roman, (key, label, count, _, filling) in zip(ROMAN, filled, strict=False):
        words = (roman, "", label, f"{count} vị trí", "", format_number(filling.headcount))
        rows.append(tuple(Text(word, bold=True) if word else "" for word in words))
        for p in page.positions:
            if p.row.group == key:
                number += 1
                ranks = [p.row.min_rank, p.row.max_rank if p.row.max_rank != p.row.min_rank else ""]
                span = " đến ".join(rank for rank in ranks if rank)
                rows.append((str(number), p.row.code, p.row.name, span, "", format_number(p.row.headcount)))
    columns = (
        Column("TT", "center", 0.5), Column("Mã", "left", 1), Column("Tên vị trí việc làm", "left", 3.4),
        Column("Ngạch công chức", "left", 2), Column("Ghi chú", "left", 1), Column("Số lượng", "right", 0.9),
    )  # fmt: skip
    total = ("", "", "Tổng cộng", f"{len(page.positions)} vị trí", "", format_number(page.headcount))
    return [Table(columns, tuple(rows), total=total)]


def _form(position: Position, content: Mapping[str, Any], unit: str) -> list[Block]:
    row = position.row
    ranks = [row.min_rank, row.max_rank if row.max_rank != row.min_rank else ""]
    facts = (
        ("Tên vị trí việc làm", row.name),
        ("Mã vị trí việc làm", row.code),
        ("Nhóm", row.get_group_display()),
        ("Cơ quan, đơn vị", unit),
        ("Ngạch", " đến ".join(rank for rank in ranks if rank) or BLANK),
        ("Số lượng", format_number(row.headcount)),
    )
    return [
        Table((Column("Thông tin chung", "left", 1), Column("Nội dung", "left", 2.4)), facts),
        Heading("1. Mục tiêu vị trí việc làm"),
        *_paragraphs(content.get("purpose")),
        Heading("2. Các công việc và tiêu chí đánh giá"),
        _tasks(content.get("tasks") or []),
        Heading("3. Các mối quan hệ công việc"),
        _pairs("Quan hệ", RELATIONS, content),
        Heading("4. Phạm vi quyền hạn"),
        *_powers(content.get("powers")),
        Heading("5. Các yêu cầu về trình độ, năng lực"),
        _pairs("Yêu cầu", REQUIREMENTS, content),
        Heading("6. Khung năng lực"),
        _competencies(content),
    ]


def _paragraphs(text: Any) -> list[Block]:
    lines = [line.strip() for line in str(text or BLANK).splitlines() if line.strip()]
    return [Paragraph(Text(line, verbatim=True)) for line in lines]


def _powers(text: Any) -> list[Block]:
    lines = [line.strip(" -") for line in str(text or "").splitlines() if line.strip(" -")]
    return [Items(tuple(lines))] if lines else [Paragraph(BLANK)]


def _tasks(rows: Sequence[Mapping[str, str]]) -> Table:
    columns = (
        Column("TT", "center", 0.4), Column("Nhiệm vụ, mảng công việc", "left", 1.5),
        Column("Công việc cụ thể", "left", 2), Column("Tiêu chí hoàn thành", "left", 2),
    )  # fmt: skip
    lines = [
        (str(n), row.get("task", "") or "", row.get("work", "") or "", row.get("criterion", "") or "")
        for n, row in enumerate(rows, 1)
    ]
    return Table(columns, tuple(lines) or (("1", BLANK, BLANK, BLANK),))


def _pairs(head: str, names: Sequence[tuple[str, str]], content: Mapping[str, Any]) -> Table:
    columns = (Column(head, "left", 1), Column("Nội dung", "left", 2.4))
    return Table(columns, tuple((label, str(content.get(name) or BLANK)) for name, label in names))


def _competencies(content: Mapping[str, Any]) -> Table:
    rows = [
        (label if n == 0 else "", str(line.get("name", "")), str(line.get("level") or ""))
        for label, lines in competency_groups(content)
        for n, line in enumerate(lines)
    ]
    columns = (
        Column("Nhóm năng lực", "left", 1.4),
        Column("Tên năng lực", "left", 2.6),
        Column("Cấp độ", "center", 0.7),
    )
    return Table(columns, tuple(rows) or ((BLANK, BLANK, BLANK),))
