"""What may not be printed: secret papers, marks and signing forms the system does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from canbo.foundation.kernel.violation import Refused, Violation

from .blocks import OPEN, Block, Content, Fill, Heading, Items, Options, Paper, Paragraph, Table
from .layout import Layout

_STAMP = re.compile(r"^(?:TUYỆT MẬT|TỐI MẬT|MẬT)$")
_LAW = "Luật Bảo vệ bí mật nhà nước"


def violations(paper: Paper, layout: Layout) -> list[Violation]:
    """Every reason against producing the paper, in reading order."""
    found: list[Violation] = []
    if unicodedata.normalize("NFC", paper.secrecy).strip().casefold() != OPEN:
        found.append(
            Violation(
                "PAPERS-SECRECY",
                "Hệ thống nối mạng không được soạn văn bản có độ mật.",
                field="secrecy",
                source=_LAW,
                fix="Soạn trên máy tính độc lập theo quy định về bí mật nhà nước.",
            )
        )
    if any(_STAMP.match(" ".join(unicodedata.normalize("NFC", t).split())) for t in _lines(paper)):
        found.append(
            Violation(
                "PAPERS-SECRET-STAMP",
                "Nội dung có dấu chỉ độ mật.",
                field="body",
                source=_LAW,
                fix="Văn bản mật phải soạn ngoài hệ thống này.",
            )
        )
    accepted = layout.urgencies.split("|")
    if paper.urgency and unicodedata.normalize("NFC", paper.urgency).upper() not in accepted:
        found.append(
            Violation(
                "PAPERS-URGENCY",
                f"Không có mức độ khẩn “{paper.urgency}”.",
                field="urgency",
                fix=f"Chọn một trong: {', '.join(accepted)}.",
            )
        )
    for signing in paper.signings:
        if signing.form != "direct" and not getattr(layout, signing.form):
            found.append(
                Violation(
                    "PAPERS-SIGNING-FORM",
                    "Thể thức này không có hình thức đề ký đã chọn.",
                    field="signings",
                    fix="Chọn hình thức đề ký khác.",
                )
            )
        elif signing.form != "direct" and not signing.body.strip():
            found.append(
                Violation("PAPERS-SIGNING-BODY", "Chưa ghi ký thay mặt hoặc ký thay cho ai.", field="signings")
            )
    for field, value in (("issuer", paper.issuer), ("doc_type", paper.doc_type), ("issuer_code", paper.issuer_code)):
        if not value.strip() and (paper.numbered or field != "issuer_code"):
            found.append(Violation("PAPERS-EMPTY", "Thiếu tên cơ quan ban hành, thể loại hoặc ký hiệu.", field=field))
    return found


def check(paper: Paper, layout: Layout) -> None:
    """Raises Refused with all violations, if there are any."""
    found = violations(paper, layout)
    if found:
        raise Refused(found)


def _lines(paper: Paper) -> Iterator[str]:
    """Texts that stand alone and could therefore be a stamp."""
    yield from (paper.abstract, paper.doc_type, paper.urgency)
    for block in (*paper.body, *(b for a in paper.appendices for b in a.blocks)):
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield _plain(block.content)
        case Items():
            yield from (_plain(item) for item in block.items)
        case Fill():
            yield _plain(block.label)
        case Options():
            yield from (text for text, _ in block.options)
        case Table():
            # Not the cells: "Mật" may be a column of a statistic, but never a capital stamp above it.
            yield block.caption


def _plain(content: Content) -> str:
    if isinstance(content, str):
        return content
    return "".join(run.text for run in (content if isinstance(content, tuple) else (content,)))
