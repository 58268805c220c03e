"""Decisions that evaluation ends in: recognising results with their list, grading again (HD 43, Mẫu 03)."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.foundation.papers.blocks import Appendix, Column, Paper, Paragraph, Signing, System, Table, Text

from .printed import form_of
from .shapes import Listed, Office, Scale


def recognition_paper(
    office: Office,
    system: System,
    period: str,
    rows: Sequence[Listed],
    scale: Scale,
    *,
    grounds: Sequence[str],
    signing: Signing,
    collectives: bool = False,
) -> Paper:
    """Quyết định công nhận kết quả xếp loại, with the list of everybody graded as its appendix."""
    whom = "tập thể" if collectives else "cá nhân"
    columns = (
        Column("TT", "center", 0.8),
        Column("Tên tập thể" if collectives else "Họ và tên", "left", 4.2),
        Column("Chức vụ, đơn vị", "left", 5),
        Column("Mức xếp loại", "left", 3.6),
        Column("Ghi chú", "left", 4),
    )
    listed = tuple(
        (
            str(n),
            Text(row.name, verbatim=True),
            Text(", ".join(filter(None, (row.post, row.unit))), verbatim=True),
            scale.words(row.grade),
            Text(row.note, verbatim=True),
        )
        for n, row in enumerate(rows, 1)
    )
    return Paper(
        system=system,
        profile_on=office.on,
        issuer=office.issuer,
        superior=office.superior,
        doc_type="Quyết định",
        type_code="QĐ",
        issuer_code=office.code or "…",
        place=office.place,
        abstract=f"công nhận kết quả đánh giá, xếp loại chất lượng {whom} {_inner(period)}",
        legal_grounds=tuple(grounds),
        body=(
            Paragraph(Text("QUYẾT ĐỊNH", bold=True), "center"),
            _article(
                1,
                f"Công nhận kết quả đánh giá, xếp loại chất lượng {_inner(period)} đối với {len(rows)} {whom} "
                "có tên trong danh sách kèm theo.",
            ),
            _article(
                2,
                "Kết quả xếp loại được thông báo đến từng trường hợp, lưu hồ sơ và làm căn cứ thực hiện công tác cán bộ, "
                "thi đua, khen thưởng theo quy định.",
            ),
            _article(
                3, f"Quyết định có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị liên quan và {whom} có tên thi hành."
            ),
        ),
        signings=(signing,),
        recipients=("Như Điều 3", "Lưu hồ sơ"),
        appendices=(Appendix(f"Danh sách {whom} được xếp loại {_inner(period)}", (Table(columns, listed, size=12),)),),
    )


def regrade_paper(
    office: Office,
    year: int,
    subject: str,
    *,
    old: str,
    new: str,
    why: str,
    former: str = "",
    grounds: Sequence[str] = (),
    signing: Signing | None = None,
) -> Paper:
    """Quyết định đánh giá, xếp loại lại (Mẫu 03): the old grade is cancelled and the new one takes its place.

    Args:
        former: the decision that is cancelled in this point: ``Quyết định số 12-QĐ/ĐU ngày 20/12/2026``.
    """
    printed = form_of("hd43-03", office.on)
    cancelled = f" tại {former}" if former else ""
    return Paper(
        system=printed.system,
        profile_on=office.on,
        issuer=office.issuer,
        superior=office.superior,
        doc_type="Quyết định",
        type_code="QĐ",
        issuer_code=office.code or "…",
        place=office.place,
        abstract=f"đánh giá, xếp loại lại {subject} năm {year}",
        legal_grounds=tuple(grounds),
        form=printed.number,
        body=(
            Paragraph(Text("QUYẾT ĐỊNH", bold=True), "center"),
            _article(1, f"Huỷ kết quả xếp loại “{old}” năm {year} của {subject}{cancelled}."),
            _article(2, f"Xếp loại lại {subject} năm {year}: {new}. Lý do: {why.strip().rstrip('.')}."),
            _article(
                3,
                "Quyết định có hiệu lực kể từ ngày ký. Các tổ chức, cá nhân liên quan và đối tượng có tên tại Điều 1 "
                "thi hành.",
            ),
        ),
        signings=(signing or Signing(),),
        recipients=("Như Điều 3", "Lưu hồ sơ"),
    )


def _article(number: int, words: str) -> Paragraph:
    return Paragraph((Text(f"Điều {number}. ", bold=True), Text(words, verbatim=True)))


def _inner(period: str) -> str:
    """The period inside a sentence: ``tháng 7 năm 2026``."""
    return period[:1].lower() + period[1:]
