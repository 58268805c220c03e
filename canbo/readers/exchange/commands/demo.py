"""``canbo demo``: an invented province, or a published one rebuilt, in an empty database."""

from __future__ import annotations

import argparse
import sys

from django.db import transaction

from canbo.facts.access.actions import link_person, open_account
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.foundation.accounts.models import User
from canbo.foundation.accounts.passwords import first_password
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.runtime.cli import DONE, REFUSED, operator

from ..actions import load_book
from ..demo.acts import Department, live, propose, somebody
from ..demo.cases import CASES, Case
from ..loader.plan import Terms

HINTS: list[str] = []
"""What ``canbo up --demo`` prints: filled while a case is loaded; passwords are shown that once."""

ACCOUNTS = (
    ("lanhdao", "lanh_dao", "Hoàng Thị Lãnh Đạo"),
    ("chuyenvien", "chuyen_vien", "Đinh Văn Chuyên Viên"),
    ("coso", "co_so", "Lò Thị Cơ Sở"),
    ("bithu", "bi_thu", "Quách Văn Bí Thư"),
    ("thanhtra", "thanh_tra", "Hà Thị Thanh Tra"),
    ("quantri", "quan_tri", "Phùng Văn Quản Trị"),
)
"""One invented account for each of the main roles: sign-in name, role, name."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--case", required=True, metavar="BỘ", choices=sorted(CASES), help=" | ".join(sorted(CASES)))
    parser.add_argument("--size", type=int, metavar="N", help="số đảng viên (mặc định: cỡ đầy đủ của bộ)")


def needed() -> bool:
    """Whether the database is still empty, so that a demonstration may be loaded."""
    return not (Person.objects.exists() or Unit.objects.exists())


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 when the database is not empty or the records have faults."""
    if not needed():
        raise Refused(Violation(
            "DEMO-FULL", "Cơ sở dữ liệu đã có dữ liệu; bộ mẫu chỉ nạp vào chỗ trống.",
            fix="Dùng một thư mục dữ liệu khác: canbo --data THƯ-MỤC demo …",
        ))  # fmt: skip
    if options.size is not None and options.size < 50:
        raise Refused(Violation("DEMO-SIZE", "Cỡ nhỏ nhất là 50 đảng viên.", "size"))
    case, actor = CASES[options.case], operator()
    if not _load(actor, case, options.case, options.size):
        return REFUSED
    department = _live(actor, case)
    HINTS[:] = [f"Dữ liệu mẫu: {case.title}.", case.try_this, "", "Tài khoản để thử (mật khẩu chỉ hiện lần này):"]
    HINTS.extend(_accounts(actor, case))
    if department is not None:
        HINTS.extend(_own_accounts(actor, department))
    print("\n".join(HINTS))
    return DONE


def _load(actor: Actor, case: Case, name: str, size: int | None) -> bool:
    day = today()
    for number, book in enumerate(case.books(size, today=day), 1):
        terms = Terms(today=day, historical=True, source=f"{name} ({number})")
        findings, batch = load_book(actor, book, terms=terms, progress=_progress)
        if batch is None and findings.faults:
            sys.stderr.write(f"\rBộ dữ liệu {name} có {len(findings.faults)} lỗi, chưa nạp:\n")
            for fault, more in findings.folded(2)[:20]:
                sys.stderr.write(f"- {fault}" + (f" (và {more} dòng khác)\n" if more else "\n"))
            return False
    if sys.stderr.isatty():
        sys.stderr.write("\r" + " " * 40 + "\r")
    return True


def _live(actor: Actor, case: Case) -> Department | None:
    """The months of a living province's department, in one transaction: all of them or none."""
    if not case.alive:
        return None
    _progress("Ghi công việc, đánh giá", 1)
    with transaction.atomic():
        propose(actor, case.state_root, today())
        return live(actor, case.state_root, today())


def _progress(what: str, share: float) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{share:4.0%} {what:<30}")
        sys.stderr.flush()


def _own_accounts(actor: Actor, department: Department) -> list[str]:
    """Accounts of the director and of one of her people, linked to their records: what is theirs to do waits for them."""
    lines, day = [], today()
    for username, role, person, place in (
        ("thutruong", "thu_truong", department.director, department.unit),
        ("canhan", "ca_nhan", somebody(department), department.unit),
    ):
        if User.objects.filter(username=username).exists():
            continue
        password = first_password()
        user = open_account(
            actor, username=username, display_name=person.name, role=role, unit=place, password=password, on=day
        )
        link_person(actor, user=user, person_id=person.pk, on=day)
        lines.append(f"  {username:<12} {password:<20} {person.name}, {place.name} ({place.code})")
    return lines


def _accounts(actor: Actor, case: Case) -> list[str]:
    day = today()
    root = Unit.objects.filter(code=case.root).first()
    small = Unit.objects.filter(pk__in=Person.objects.exclude(party_unit=None).values("party_unit")).order_by("code")
    cell = small.first() or root
    above = _superior(cell, day)
    places = {"co_so": above, "bi_thu": cell}
    lines = []
    for username, role, name in ACCOUNTS:
        if User.objects.filter(username=username).exists():
            continue
        password = first_password()
        place = None if role in {"quan_tri", "thanh_tra", "lanh_dao", "chuyen_vien"} else places.get(role) or root
        open_account(actor, username=username, display_name=name, role=role, unit=place, password=password, on=day)
        where = f"{place.name} ({place.code})" if place else "toàn hệ thống"
        lines.append(f"  {username:<12} {password:<20} {name}, {where}")
    return lines


def _superior(cell: Unit | None, day: object) -> Unit | None:
    if cell is None:
        return None
    from canbo.facts.organisation.models import UnitPath

    path = UnitPath.objects.filter(descendant=cell, depth=1, valid_from__lte=day, valid_to__gt=day).first()
    return Unit.objects.get(pk=path.ancestor_id) if path else cell
