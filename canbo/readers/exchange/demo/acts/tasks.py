"""A month of work: a catalogue, the same tasks for everybody of a team, and how they went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from canbo.facts.organisation.models import Unit
from canbo.facts.work import actions
from canbo.facts.work.actions import ProductEntry, Terms
from canbo.facts.work.choices import Source
from canbo.facts.work.models import Product, Share
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import VIETNAM
from canbo.foundation.kernel.workdays import add_working, next_working

from .staff import Team, acting

CATALOGUE = (
    ProductEntry("VB", "Văn bản tham mưu", 1, Decimal(5), output="Dự thảo văn bản", standard=True, usual=True),
    ProductEntry("HS", "Hồ sơ thẩm định", 1, Decimal(8), output="Phiếu thẩm định", usual=True),
    ProductEntry("BC", "Báo cáo tháng", 1, Decimal(15), output="Báo cáo", usual=True),
    ProductEntry("DA", "Đề án, kế hoạch", 2, Decimal(40), output="Đề án trình cấp có thẩm quyền"),
    ProductEntry("DX", "Việc đột xuất được giao", 1, Decimal(5), output="Kết quả theo yêu cầu"),
)


@dataclass(frozen=True)
class Line:
    """What a team gets in a month."""

    title: str
    product: str
    quantity: int
    due: int
    source: str = Source.ROUTINE
    source_text: str = ""


STAFF = (
    Line("Tham mưu văn bản trả lời cơ quan, đơn vị", "VB", 4, 12),
    Line("Thẩm định hồ sơ tiếp nhận, điều động", "HS", 3, 19, Source.ROUTINE),
    Line("Báo cáo công tác tháng của phòng", "BC", 1, 25, Source.DOCUMENT, "Quy chế làm việc của Sở"),
)
LEADERS = (
    Line("Chủ trì kế hoạch công tác tháng của lĩnh vực", "DA", 1, 10),
    Line("Báo cáo kết quả thực hiện kết luận giao ban", "BC", 1, 24, Source.CONCLUSION, "Kết luận giao ban tháng"),
)


def moment(day: dt.date, hour: int = 9) -> dt.datetime:
    """A moment in office hours."""
    return dt.datetime.combine(day, dt.time(hour), VIETNAM)


def catalogue(keeper: Actor, unit: Unit, on: dt.date) -> dict[str, Product]:
    """The department's catalogue of products from a day on, by code."""
    return {row.code: row for row in actions.set_products(keeper, unit=unit, entries=CATALOGUE, on=on)}


def work(teams: tuple[Team, ...], products: dict[str, Product], first: dt.date, today: dt.date) -> None:
    """Gives the work of a month and tells how it went up to a day."""
    given = next_working(first)
    if given > today:
        return
    for team in teams:
        leads = len({person.work_unit_id for person in team.members}) > 1 or len(team.members) == 1
        for number, line in enumerate(LEADERS if leads else STAFF):
            due = next_working(first.replace(day=line.due))
            terms = Terms(
                title=line.title, due_on=due, product=products[line.product], quantity=Decimal(line.quantity),
                source=line.source, source_text=line.source_text,
            )  # fmt: skip
            tasks = actions.assign_each(team.actor, unit=team.unit, terms=terms, persons=team.members, at=moment(given))
            shares = list(Share.objects.filter(task__in=tasks).select_related("person", "task").order_by("id"))
            _went(team, shares, number + first.month, due, today)


def _went(team: Team, shares: list[Share], turn: int, due: dt.date, today: dt.date) -> None:
    """Most results come in time; some late, some are returned once, one now and then stays undone."""
    if due > today:
        _under_way(shares, due, today)
        return
    late_on = add_working(due, 2)
    kinds: dict[str, list[Share]] = {"plain": [], "late": [], "returned": [], "failed": []}
    for place, share in enumerate(shares):
        mark = (place * 5 + turn * 3) % 19
        kinds[{4: "late", 6: "late", 9: "returned", 13: "returned", 17: "failed"}.get(mark, "plain")].append(share)
    if kinds["plain"]:
        actions.accept(team.actor, shares=kinds["plain"], at=moment(due, 16), done_on=due)
    if late_on <= today and kinds["late"]:
        actions.accept(team.actor, shares=kinds["late"], at=moment(late_on, 16), done_on=late_on)
    for share in kinds["returned"]:
        actions.submit(acting(share.person), share=share, at=moment(due, 8))
        share.refresh_from_db()
        reason = "Thiếu căn cứ và số liệu so sánh với cùng kỳ."
        actions.give_back(team.actor, shares=[share], reason=reason, at=moment(due, 10))
        share.refresh_from_db()
        actions.submit(acting(share.person), share=share, at=moment(due, 14))
        share.refresh_from_db()
        actions.accept(team.actor, shares=[share], at=moment(due, 16))
    for share in kinds["failed"]:
        left = share.assigned - 1 if share.assigned > 1 else None
        reason = "Chưa trình đủ sản phẩm khi hết tháng."
        actions.fail(team.actor, shares=[share], reason=reason, at=moment(due, 17), quantity=left)


def _under_way(shares: list[Share], due: dt.date, today: dt.date) -> None:
    """Of work whose day is still to come some is reported in part, some handed in."""
    for share in shares[::4]:
        if due - today < dt.timedelta(days=5):
            actions.submit(acting(share.person), share=share, at=moment(today, 8), text="Đã trình trên hệ thống.")
        elif share.assigned > 1:
            actions.report(acting(share.person), share=share, quantity=Decimal(1), at=moment(today, 8))
