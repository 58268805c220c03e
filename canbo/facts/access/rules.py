"""What a grant, a delegation and a break-glass session must satisfy. Pure."""

from __future__ import annotations

import datetime as dt
import re

from canbo.foundation.kernel.violation import Violation

from .roles import Role, clash

LONGEST_GLASS = 120
LONGEST_DELEGATION = 366
_USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{1,29}$")


def username(value: str) -> list[Violation]:
    """A name to sign in with: 2 to 30 lower-case letters, digits, dots, hyphens, underscores."""
    if _USERNAME.match(value):
        return []
    return [
        Violation(
            "ACCESS-USERNAME",
            f"Tên đăng nhập “{value}” không dùng được.",
            field="username",
            fix="Dùng 2 đến 30 chữ thường không dấu, chữ số, dấu chấm, gạch nối; bắt đầu bằng chữ hoặc số.",
        )
    ]


def granting(role: Role, held: set[str], *, to_oneself: bool, since: dt.date, until: dt.date | None) -> list[Violation]:
    """Nobody raises herself; administration and inspection stay apart; a period has an order."""
    found = []
    if to_oneself:
        found.append(
            Violation("ACCESS-SELF", "Không tự phân quyền cho chính mình.", fix="Nhờ một người quản trị khác.")
        )
    if other := clash(held, role.code):
        found.append(
            Violation(
                "ACCESS-APART",
                f"Tài khoản đang giữ vai trò “{other.name}”, không giữ cùng lúc với “{role.name}”.",
                field="role",
                fix="Thu hồi vai trò kia trước, hoặc dùng tài khoản khác.",
            )
        )
    return found + _order(since, until)


def delegating(role: Role, *, to_oneself: bool, since: dt.date, until: dt.date | None, reason: str) -> list[Violation]:
    """A delegation is of a role that may be lent, to somebody else, for a stated reason and time."""
    found = []
    if not role.delegable:
        found.append(Violation("ACCESS-LEND", f"Vai trò “{role.name}” không ủy quyền được."))
    if to_oneself:
        found.append(Violation("ACCESS-LEND-SELF", "Không ủy quyền cho chính mình.", field="to"))
    if not reason.strip():
        found.append(Violation("ACCESS-LEND-WHY", "Ủy quyền phải ghi lý do.", field="reason"))
    if until is None:
        found.append(Violation("ACCESS-LEND-UNTIL", "Ủy quyền phải có ngày kết thúc.", field="until"))
    elif (until - since).days > LONGEST_DELEGATION:
        found.append(Violation("ACCESS-LEND-LONG", "Ủy quyền dài nhất một năm.", field="until"))
    return found + _order(since, until)


def breaking_glass(*, reason: str, minutes: int) -> list[Violation]:
    """A real reason, and not for long."""
    found = []
    if len(reason.strip()) < 10:
        found.append(
            Violation(
                "ACCESS-GLASS-WHY",
                "Ghi rõ lý do mở khẩn cấp.",
                field="reason",
                fix="Ít nhất 10 ký tự: việc gì, ai yêu cầu.",
            )
        )
    if not 1 <= minutes <= LONGEST_GLASS:
        found.append(Violation("ACCESS-GLASS-LONG", f"Thời hạn từ 1 đến {LONGEST_GLASS} phút.", field="minutes"))
    return found


def _order(since: dt.date, until: dt.date | None) -> list[Violation]:
    if until is not None and until <= since:
        return [Violation("ACCESS-PERIOD", "Ngày kết thúc phải sau ngày bắt đầu.", field="until")]
    return []
