"""Papers that exercise every block; all names are invented."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

from canbo.foundation.papers.blocks import (
    Appendix,
    Column,
    Figure,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signing,
    Table,
    Text,
)

DAY = dt.date(2026, 8, 5)
ALPHABET = " ".join("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ")

WIDE = Table(
    columns=(
        Column("TT", "center", 1),
        Column("Đảng bộ trực thuộc", "left", 5),
        Column("Chỉ tiêu", "right", 2, group="Kết nạp"),
        Column("Thực hiện", "right", 2, group="Kết nạp"),
        Column("Tỷ lệ (%)", "right", 2, group="Kết nạp"),
        Column("Ghi chú", "left", 3),
    ),
    rows=tuple(
        (
            str(i),
            f"Đảng bộ xã Mẫu {i}",
            str(20 + i),
            Figure(str(21 + i), f"f{i}"),
            f"{(21 + i) / (20 + i) * 100:.1f}".replace(".", ","),
            "",
        )
        for i in range(1, 76)
    ),
    total=("", "Tổng cộng", "4.350", Figure("4.425", "all"), "101,7", ""),
    caption="Biểu kết nạp đảng viên",
    unit="Đơn vị tính: đảng viên",
)

PARTY = Paper(
    system="party",
    profile_on=DAY,
    superior="Tỉnh uỷ Mẫu Sơn",
    issuer="Ban Tổ chức",
    doc_type="Báo cáo",
    type_code="BC",
    issuer_code="BTCTU",
    number="127",
    place="Mẫu Sơn",
    dated=DAY,
    abstract="kết quả công tác tổ chức xây dựng Đảng 6 tháng đầu năm 2026",
    link_to="https://canbo.vi-du.vn/so-lieu/{id}",
    body=(
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Heading("1. Công tác đảng viên", 2),
        Paragraph(
            (
                Text("Tính đến ngày 30 tháng 6 năm 2026, toàn tỉnh kết nạp "),
                Figure("4.425 đảng viên", "admitted"),
                Text(", đạt 101,7 % kế hoạch; thực hiện Điều 4 Quy định 208-QĐ/TW. "),
                Text("Hoà, khoẻ, thuỷ, quý. ", italic=True),
                Text(ALPHABET + " " + ALPHABET.upper()),
            )
        ),
        Items((Text("Chi bộ có chi uỷ"), "Chi bộ quân sự #set text(red) *không đậm*"), numbered=False),
        WIDE,
        Heading("II. PHƯƠNG HƯỚNG"),
        Paragraph("Tiếp tục nâng cao chất lượng sinh hoạt chi bộ."),
    ),
    signings=(Signing("for_head", "Trưởng ban", "Phó trưởng ban", "Lò Thị Thúy Hòa"),),
    recipients=("Ban Tổ chức Trung ương (báo cáo)", "Thường trực Tỉnh uỷ", "Lưu Ban Tổ chức Tỉnh uỷ"),
    appendices=(
        Appendix("Danh sách đảng bộ trực thuộc", (WIDE,), landscape=True),
        Appendix("Ghi chú", (Paragraph("Số liệu lấy theo hồ sơ."),)),
    ),
)

STATE = Paper(
    system="state",
    profile_on=DAY,
    superior="Uỷ ban nhân dân tỉnh Mẫu Sơn",
    issuer="Sở Nội vụ",
    doc_type="Quyết định",
    type_code="QĐ",
    issuer_code="SNV",
    number="5",
    place="Mẫu Sơn",
    dated=dt.date(2026, 2, 3),
    abstract="Về việc bổ nhiệm Trưởng phòng Tổ chức biên chế",
    legal_grounds=("Căn cứ Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025", "Theo đề nghị của Chánh Văn phòng"),
    body=(
        Paragraph(Text("QUYẾT ĐỊNH:", bold=True), "center"),
        Paragraph((Text("Điều 1. ", bold=True), Text("Bổ nhiệm ông "), Text("Vừ A Tủa", verbatim=True), Text("."))),
        Paragraph((Text("Điều 2. ", bold=True), Text("Quyết định có hiệu lực kể từ ngày ký."))),
    ),
    signings=(Signing("for_head", "Giám đốc", "Phó Giám đốc", "Nông Văn Khánh"),),
    recipients=("Như Điều 3", "Lưu: VT, TCBC"),
    urgency="KHẨN",
    contact="Phòng Tổ chức biên chế, số 1 đường Mẫu, điện thoại 0200 000 000",
)

LETTER = Paper(
    system="state",
    profile_on=DAY,
    issuer="Uỷ ban nhân dân xã Mẫu",
    doc_type="Công văn",
    issuer_code="UBND-VX",
    abstract="báo cáo số lượng cán bộ, công chức",
    addressees=("Sở Nội vụ", "Sở Tài chính"),
    place="Mẫu",
    body=(Paragraph("Uỷ ban nhân dân xã báo cáo như sau."),),
    signings=(Signing("on_behalf", "Uỷ ban nhân dân", "Chủ tịch", "Giàng A Sử"),),
    recipients=("Như trên", "Lưu: VT"),
    draft=True,
)

CONGRESS = Paper(
    system="party",
    profile_on=DAY,
    superior="Đảng bộ tỉnh Mẫu Sơn",
    issuer="Đại hội đại biểu Đảng bộ xã Mẫu lần thứ II\nĐoàn Chủ tịch",
    doc_type="Nghị quyết",
    type_code="NQ",
    issuer_code="ĐH",
    place="Mẫu",
    abstract="Đại hội đại biểu Đảng bộ xã Mẫu lần thứ II, nhiệm kỳ 2025 - 2030",
    legal_grounds=("Căn cứ Điều lệ Đảng",),
    body=(
        Paragraph(Text("ĐẠI HỘI QUYẾT NGHỊ", bold=True), "center"),
        Paragraph("Thông qua báo cáo chính trị."),
    ),
    signings=(
        Signing("on_behalf", "Đoàn Thư ký", "Trưởng đoàn", "Sùng Thị Mỷ"),
        Signing("on_behalf", "Đoàn Chủ tịch", "Bí thư", "Đặng Văn Quý"),
    ),
    recipients=("Ban Thường vụ Tỉnh uỷ", "Lưu Văn phòng"),
)


def png(side: int = 40) -> bytes:
    """A grey square as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x80" * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
