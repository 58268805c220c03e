"""Every role (vai trò) of the product: what it is called, whom it is for, what it may do.

A role says *what*; the grant that gives it to an account says *where* (a unit and everything under it) and
*when*. Nothing else in the code asks for a role: it asks for a permission.
"""

from __future__ import annotations

from dataclasses import dataclass

from canbo.foundation.kernel.violation import Refused, Violation

GLASS = "access.glass"
"""Carried only while a break-glass session is open: every page read then is written to the log."""

PERMISSIONS = {
    "decision.read": "xem quyết định",
    "decision.record": "ghi quyết định",
    "decision.annul": "hủy quyết định",
    "unit.read": "xem đơn vị",
    "unit.write": "sửa đơn vị",
    "person.read": "xem hồ sơ",
    "person.read_sensitive": "xem phần hạn chế của hồ sơ",
    "person.write": "sửa hồ sơ",
    "party.read": "xem dữ liệu đảng viên",
    "party.write": "sửa dữ liệu đảng viên",
    "training.read": "xem đào tạo, bồi dưỡng",
    "training.write": "sửa đào tạo, bồi dưỡng",
    "staffing.read": "xem chức vụ, biên chế",
    "staffing.write": "sửa chức vụ, biên chế",
    "work.read": "xem nhiệm vụ",
    "work.assign": "giao, nghiệm thu nhiệm vụ",
    "work.catalogue": "quản lý danh mục sản phẩm, công việc",
    "evaluation.read": "xem phiếu và điểm đánh giá",
    "evaluation.score": "nhận xét, chấm điểm",
    "evaluation.decide": "quyết định xếp loại",
    "evaluation.manage": "mở, đóng kỳ đánh giá và thẩm định",
    "restructuring.read": "xem phương án sắp xếp tổ chức",
    "restructuring.prepare": "lập phương án sắp xếp tổ chức",
    "restructuring.apply": "thực hiện và hủy sắp xếp tổ chức",
    "report.read": "xem báo cáo",
    "report.write": "soạn báo cáo",
    "report.issue": "phát hành báo cáo",
    "exchange.load": "nạp tệp",
    "exchange.export": "xuất tệp",
    "access.manage": "quản lý tài khoản và phân quyền",
    "audit.read": "xem nhật ký",
    "rules.read": "xem bộ quy tắc",
    "rules.write": "đặt quy tắc của địa phương, đơn vị",
}

READING = frozenset(
    {"decision.read", "unit.read", "person.read", "party.read", "training.read", "staffing.read", "report.read"}
)
RECORDS = READING | {"person.read_sensitive"}
"""What an open break-glass session shows."""

PROCESSES = frozenset({"work.read", "evaluation.read", "restructuring.read"})
"""What those read who answer for a scope or inspect it."""

WRITING = frozenset({"decision.record", "person.write", "party.write", "training.write", "staffing.write"})


@dataclass(frozen=True)
class Role:
    """A named set of permissions.

    Args:
        code: what grants store; never changes.
        name: what people call it.
        description: for whom it is, shown where it is chosen.
        permissions: codes of ``PERMISSIONS``.
        delegable: whether its holder may let somebody else act with it.
    """

    code: str
    name: str
    description: str
    permissions: frozenset[str]
    delegable: bool = True


ROLES = (
    Role(
        "quan_tri",
        "Quản trị hệ thống",
        "Mở tài khoản, phân quyền, đặt cấu hình. Không xem hồ sơ; khi thật cần phải mở khẩn cấp có lý do, có thời hạn.",
        frozenset({"access.manage", "rules.read", "rules.write"}),
        delegable=False,
    ),
    Role(
        "lanh_dao",
        "Lãnh đạo ban",
        "Xem toàn bộ hồ sơ trong phạm vi, hủy quyết định ghi sai, phát hành báo cáo.",
        READING
        | PROCESSES
        | {
            "person.read_sensitive",
            "decision.annul",
            "work.assign",
            "evaluation.score",
            "evaluation.decide",
            "restructuring.prepare",
            "restructuring.apply",
            "report.write",
            "report.issue",
            "exchange.export",
            "rules.read",
            "rules.write",
        },
    ),
    Role(
        "chuyen_vien",
        "Chuyên viên ban tổ chức",
        "Ghi quyết định, cập nhật đơn vị và hồ sơ, nạp và xuất tệp, soạn báo cáo.",
        READING
        | WRITING
        | PROCESSES
        | {
            "work.assign",
            "work.catalogue",
            "evaluation.manage",
            "restructuring.prepare",
            "person.read_sensitive",
            "decision.annul",
            "unit.write",
            "report.write",
            "exchange.load",
            "exchange.export",
            "rules.read",
        },
    ),
    Role(
        "co_so",
        "Cán bộ cấp cơ sở",
        "Cán bộ làm công tác xây dựng Đảng của xã, phường, đảng ủy cơ sở: cập nhật dữ liệu của cơ sở mình.",
        READING
        | WRITING
        | {
            "work.read",
            "work.assign",
            "work.catalogue",
            "evaluation.read",
            "evaluation.manage",
            "report.write",
            "exchange.load",
            "exchange.export",
            "rules.read",
        },
    ),
    Role(
        "thu_truong",
        "Thủ trưởng cơ quan, đơn vị",
        "Giao và nghiệm thu nhiệm vụ, nhận xét, chấm điểm, quyết định xếp loại người thuộc quyền.",
        frozenset(
            {
                "unit.read",
                "person.read",
                "staffing.read",
                "report.read",
                "work.read",
                "work.assign",
                "evaluation.read",
                "evaluation.score",
                "evaluation.decide",
            }
        ),
    ),
    Role(
        "bi_thu",
        "Bí thư chi bộ",
        "Xem và bổ sung dữ liệu đảng viên của chi bộ mình.",
        frozenset({"unit.read", "person.read", "party.read", "party.write", "training.read", "report.read"}),
    ),
    Role("nguoi_xem", "Người xem", "Xem hồ sơ và báo cáo trong phạm vi, không sửa.", READING),
    Role(
        "thanh_tra",
        "Thanh tra, kiểm toán",
        "Xem mọi dữ liệu trong phạm vi và nhật ký; không sửa. Không kiêm quản trị hệ thống.",
        RECORDS | PROCESSES | {"audit.read", "rules.read"},
        delegable=False,
    ),
    Role(
        "ca_nhan",
        "Cá nhân",
        "Việc được giao, phiếu đánh giá, kết quả và kiến nghị của chính mình; không xem của người khác.",
        frozenset(),
        delegable=False,
    ),
)

BY_CODE = {role.code: role for role in ROLES}

APART = (frozenset({"quan_tri", "thanh_tra"}),)
"""Roles that one account never holds together: who administers is not who inspects the administration."""


def role_of(code: str) -> Role:
    """The role of a code.

    Raises:
        Refused: there is no such role; the message lists those there are.
    """
    try:
        return BY_CODE[code]
    except KeyError:
        known = ", ".join(f"{role.code} ({role.name})" for role in ROLES)
        raise Refused(
            Violation("ACCESS-ROLE", f"Không có vai trò “{code}”.", field="role", fix=f"Chọn một trong: {known}.")
        ) from None


def clash(held: set[str], wanted: str) -> Role | None:
    """The role already held that one account may not combine with ``wanted``; None when there is none."""
    for apart in APART:
        if wanted in apart and (both := (apart - {wanted}) & held):
            return BY_CODE[min(both)]
    return None
