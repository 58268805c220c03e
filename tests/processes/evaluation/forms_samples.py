"""Values for printed forms; all names are invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from canbo.processes.evaluation.papers.shapes import (
    Criterion,
    Formula,
    Hand,
    Listed,
    MonthSheet,
    Office,
    Scale,
    TaskRow,
    Who,
)

DAY = dt.date(2026, 8, 5)
STATE = Office(issuer="Sở Nội vụ", superior="Ủy ban nhân dân tỉnh Mẫu Sơn", on=DAY, code="SNV", place="Mẫu Sơn")
PARTY = Office(issuer="Đảng uỷ xã Mẫu", superior="Đảng bộ tỉnh Mẫu Sơn", on=DAY, code="ĐU", place="Mẫu")
SCALE = Scale(
    (
        ("HTXS", "Hoàn thành xuất sắc nhiệm vụ"),
        ("HTT", "Hoàn thành tốt nhiệm vụ"),
        ("HT", "Hoàn thành nhiệm vụ"),
        ("KHT", "Không hoàn thành nhiệm vụ"),
    )
)
WHO = Who(
    name="Lò Thị Thúy Hòa",
    born="12/03/1985",
    post="Chuyên viên",
    unit="Phòng Tổ chức biên chế",
    cell="Chi bộ Sở Nội vụ",
    party_post="Chi uỷ viên",
)
CRITERIA = (
    Criterion("I", "Phẩm chất chính trị", Decimal(10), Decimal(9), Decimal("8.5"), group=True),
    Criterion("I.1", "Phẩm chất chính trị, đạo đức", Decimal(5), Decimal("4.5"), Decimal(4)),
    Criterion("I.2", "Ý thức kỷ luật", Decimal(5), Decimal("4.5"), Decimal("4.5")),
    Criterion("II", "Năng lực chuyên môn", Decimal(10), None, None, group=True),
    Criterion("II.1", "Khả năng đáp ứng", Decimal(10)),
)
TASKS = (
    TaskRow("Báo cáo quý", "Báo cáo số liệu", Decimal("2.7"), Decimal(3), Decimal(3), 1, 2),
    TaskRow("Soạn công văn", "Văn bản đơn giản", Decimal(1), Decimal(5), Decimal(4), 0, 4, "có 1 văn bản đột xuất"),
)
FORMULAS = (Formula("a. Số lượng", "a = 100 × 15,06 / 16,8 = 89,6", Decimal("89.64"), "Điều 14 khoản 2 điểm a"),)
MONTH = MonthSheet(
    office=STATE,
    who=WHO,
    period="Tháng 7 năm 2026",
    criteria=CRITERIA,
    common=Decimal("25.5"),
    result=Decimal("46.66"),
    total=Decimal("72.16"),
    strengths="Chủ động.\nĐúng hạn.",
    tasks=TASKS,
    formulas=FORMULAS,
    own=Hand("Người tự đánh giá", "Lò Thị Thúy Hòa", DAY),
)
ROWS = (
    Listed(
        name="Nông Văn Khánh",
        post="Trưởng phòng",
        unit="Phòng Một",
        common=Decimal(28),
        result=Decimal(64),
        total=Decimal(92),
        own="HTXS",
        proposed="HTXS",
        grade="HTT",
        note="Hạ do vượt tỷ lệ",
    ),
    Listed(name="Vừ A Tủa", post="Chuyên viên", unit="Phòng Một", total=Decimal(75), own="HTT", grade="HTT"),
    Listed(name="Sùng Thị Mỷ", post="Chuyên viên", unit="Phòng Một"),
)
