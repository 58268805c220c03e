"""Mẫu 01, 2A, 2B, 2C of HD 43-HD/BTCTW: review and self-grading, in the order of parts the rulebook gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from canbo.foundation.papers.blocks import (
    Appendix,
    Block,
    Column,
    Heading,
    Options,
    Paper,
    Paragraph,
    Signing,
    Table,
    Text,
)

from .plain import form
from .printed import form_of, parts_of
from .shapes import Review
from .tables import tasks_table
from .words import amount, line, points, text

STATES = (("done", "Đã khắc phục"), ("doing", "Đang khắc phục"), ("not", "Chưa khắc phục"))


def review_paper(review: Review) -> Paper:
    """The report as a paper; parts nobody wrote are dotted lines.

    Raises:
        NoRuleInForce: the form did not exist on the day.
    """
    printed = form_of(review.form, review.office.on)
    body: list[Block] = [*_head(review)]
    for part in parts_of(review.form, review.office.on):
        body.append(Heading(part["label"], min(part["level"], 3)))
        body.extend(_part(review, part))
    paper = form(
        review.office,
        printed.system,
        printed.title,
        f"Năm {review.year}",
        tuple(body),
        (Signing(position=review.signer.position, signer=review.signer.name, note="(Ký, ghi rõ họ tên)"),),
        number=printed.number,
        dated=review.signer.on,
    )
    if not review.tasks:
        return paper
    annex = Appendix("Kết quả thực hiện nhiệm vụ được giao", (tasks_table(review.tasks),), landscape=True)
    return replace(paper, appendices=(annex,))


def _head(review: Review) -> Iterator[Block]:
    who = review.who
    if review.form == "hd43-01":
        yield line("Tên tập thể", who.name)
        return
    yield line("Họ và tên", who.name)
    yield line("Ngày sinh", who.born)
    if review.form == "hd43-2a":
        yield line("Chức vụ Đảng", who.party_post)
        yield line("Chức vụ chính quyền", who.post)
        yield line("Chức vụ đoàn thể", who.mass_post)
    elif review.form == "hd43-2b":
        yield line("Chức danh, vị trí việc làm", who.post)
    if review.form != "hd43-2c" or who.unit:
        yield line("Đơn vị công tác", who.unit)
    yield line("Chi bộ", who.cell)


def _part(review: Review, part: Mapping[str, Any]) -> Iterator[Block]:
    kind, lines = part.get("kind", "text"), part.get("lines", 0)
    written = review.texts.get(part["key"], "")
    match kind:
        case "scores":
            yield from _scores(review)
        case "defects" if review.defects:
            yield _defects(review)
        case "suggested" if review.suggestions:
            for number, (asked, answer) in enumerate(review.suggestions, 1):
                yield Paragraph((Text(f"{number}. Nội dung gợi ý: ", bold=True), Text(asked, verbatim=True)))
                yield Paragraph(Text("Giải trình:", italic=True))
                yield from text(answer, 2)
        case "comments" if review.comments:
            for whose, words in review.comments:
                yield Paragraph(Text(f"{whose}:", bold=True))
                yield from text(words, lines or 2)
        case _ if written or lines:
            yield from text(written, lines or 2)


def _defects(review: Review) -> Table:
    columns = (
        Column("TT", "center", 1),
        Column("Hạn chế, khuyết điểm đã được chỉ ra", "left", 6),
        *(Column(words, "center", 1.7) for _, words in STATES),
        Column("Khó khăn, vướng mắc", "left", 3),
        Column("Trách nhiệm", "left", 2.5),
    )
    rows = tuple(
        (
            str(number),
            Text(defect.text, verbatim=True),
            *("x" if defect.state == key else "" for key, _ in STATES),
            Text(defect.difficulty, verbatim=True),
            Text(defect.responsible, verbatim=True),
        )
        for number, defect in enumerate(review.defects, 1)
    )
    return Table(columns, rows, size=11)


def _scores(review: Review) -> Iterator[Block]:
    whole = (
        None if review.common_most is None or review.result_most is None else review.common_most + review.result_most
    )
    for label, value, most in (
        ("1. Điểm nhóm tiêu chí chung", review.common, review.common_most),
        ("2. Điểm nhóm tiêu chí kết quả thực hiện nhiệm vụ", review.result, review.result_most),
        ("3. Tổng điểm", review.total, whole),
    ):
        yield Paragraph(f"{label}: {points(value)}/{amount(most)} điểm")
    yield Paragraph("4. Tự xếp loại mức chất lượng:")
    yield Options(review.scale.boxes(review.own_grade))
