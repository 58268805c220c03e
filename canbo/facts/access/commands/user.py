"""``canbo user``: open accounts, give a forgotten one a new password, tell whose they are, list what they may do."""

from __future__ import annotations

import argparse
import getpass
import sys

from canbo.facts.access import actions, queries
from canbo.facts.access.models import Grant
from canbo.facts.access.roles import BY_CODE, ROLES, role_of
from canbo.foundation.accounts.models import User
from canbo.foundation.accounts.passwords import first_password
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation
from canbo.foundation.runtime.cli import emit, operator

EVERYWHERE = "*"


def configure(parser: argparse.ArgumentParser) -> None:
    """``add NAME --role ROLE --unit UNIT``, ``password NAME``, ``link NAME PERSON`` and ``list``."""
    acts = parser.add_subparsers(dest="act", metavar="VIỆC", title="việc", required=True)
    add = acts.add_parser("add", help="mở tài khoản với một vai trò")
    add.add_argument("name", metavar="TÊN", help="tên đăng nhập")
    roles = ", ".join(f"{role.code} ({role.name})" for role in ROLES)
    add.add_argument("--role", required=True, metavar="VAI-TRÒ", help=f"một trong: {roles}")
    add.add_argument("--unit", required=True, metavar="ĐƠN-VỊ", help="mã đơn vị; * cho toàn hệ thống")
    add.add_argument("--display-name", metavar="HỌ-TÊN", help="họ và tên; mặc định là tên đăng nhập")
    again = acts.add_parser("password", help="đặt lại mật khẩu của một tài khoản")
    again.add_argument("name", metavar="TÊN", help="tên đăng nhập")
    for place in (add, again):
        secret = place.add_mutually_exclusive_group()
        secret.add_argument("--password", metavar="MẬT-KHẨU", help="mật khẩu đầu tiên; bỏ trống để máy tự đặt")
        secret.add_argument("--prompt", action="store_true", help="hỏi mật khẩu ở bàn phím")
        place.add_argument("--json", action="store_true", help="in một văn bản JSON")
    link = acts.add_parser("link", help="gắn tài khoản với hồ sơ của người dùng")
    link.add_argument("name", metavar="TÊN", help="tên đăng nhập")
    link.add_argument("person", metavar="HỒ-SƠ", help="mã hồ sơ")
    link.add_argument("--json", action="store_true", help="in một văn bản JSON")
    show = acts.add_parser("list", help="tài khoản và quyền đang có")
    show.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: argparse.Namespace) -> int:
    """Does what was asked; 0 done. Refusals are told by the frame."""
    return {"add": _add, "password": _password, "link": _link, "list": _list}[options.act](options)


def _add(options: argparse.Namespace) -> int:
    actor, day = operator(), today()
    role = role_of(options.role)
    unit = None if options.unit == EVERYWHERE else queries.unit_to_grant(actor, options.unit, day)
    password = _asked() if options.prompt else options.password or first_password()
    user = actions.open_account(
        actor,
        username=options.name,
        display_name=options.display_name or options.name,
        password=password,
        role=role.code,
        unit=unit,
        on=day,
    )
    shown = None if options.prompt or options.password else password
    if options.json:
        emit({"username": user.username, "role": role.code, "unit": options.unit, "password": shown})
        return 0
    where = str(unit) if unit else "toàn hệ thống"
    print(f"Đã mở tài khoản {user.username}: {role.name}, {where}.")
    if shown:
        print(f"Mật khẩu đầu tiên (chỉ hiện lần này, phải đổi khi đăng nhập): {shown}")
    return 0


def _password(options: argparse.Namespace) -> int:
    actor = operator()
    user = queries.open_account_named(options.name)
    if user is None:
        raise OutOfScope(f"Không có tài khoản {options.name} đang mở. Danh sách: canbo user list")
    password = _asked() if options.prompt else options.password or first_password()
    actions.reset_password(actor, user=user, password=password, on=today())
    shown = None if options.prompt or options.password else password
    if options.json:
        emit({"username": user.username, "password": shown})
        return 0
    print(f"Đã đặt lại mật khẩu của {user.username}; các phiên đang mở của tài khoản này đã kết thúc.")
    if shown:
        print(f"Mật khẩu mới (chỉ hiện lần này, phải đổi khi đăng nhập): {shown}")
    return 0


def _link(options: argparse.Namespace) -> int:
    actor, day = operator(), today()
    user = queries.open_account_named(options.name)
    if user is None:
        raise OutOfScope(f"Không có tài khoản {options.name} đang mở. Danh sách: canbo user list")
    found, name = queries.person_to_link(actor, options.person, day)
    actions.link_person(actor, user=user, person_id=found, on=day)
    if options.json:
        emit({"username": user.username, "person": options.person, "name": name})
    else:
        print(f"Tài khoản {user.username} gắn với hồ sơ của {name} ({options.person}).")
    return 0


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass.getpass("Mật khẩu: "), getpass.getpass("Nhập lại: ")
    if first != second:
        raise Refused(Violation("ACCESS-PASSWORD-TWICE", "Hai lần nhập không giống nhau.", field="password"))
    return first


def _list(options: argparse.Namespace) -> int:
    rows = queries.accounts_with_grants(operator(), today())
    if options.json:
        emit([_document(user, held) for user, held in rows])
        return 0
    if not rows:
        print("Chưa có tài khoản nào. Mở tài khoản đầu tiên: canbo user add TÊN --role quan_tri --unit '*'")
    for user, held in rows:
        print(f"{user.username}  {user.display_name}{'' if user.is_active else '  (đã đóng)'}")
        for grant in held:
            role = BY_CODE[grant.role].name if grant.role in BY_CODE else grant.role
            where = grant.unit.code if grant.unit else "toàn hệ thống"
            until = f" đến {format_date(grant.last_day)}" if grant.last_day else ""
            print(f"    {role}, {where}, từ {format_date(grant.since)}{until}")
    return 0


def _document(user: User, held: list[Grant]) -> dict[str, object]:
    grants = [
        {"role": g.role, "unit": g.unit.code if g.unit else EVERYWHERE, "since": g.since, "until": g.last_day}
        for g in held
    ]
    return {
        "username": user.username,
        "name": user.display_name,
        "open": user.is_active,
        "last_sign_in": user.last_login,
        "grants": grants,
    }
