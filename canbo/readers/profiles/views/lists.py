"""The lists: people, units, members, posts, quotas, courses; all of the viewing day."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, reverse

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.ui.lists import Action, Empty, list_page

from ..actions import take_list
from ..queries import headcount, lists, narrow, rows
from ..tables import people as people_tables
from ..tables import posts, units

COUNTED = 10_000


def _answer(request: Request, key: str, **options: Any) -> HttpResponseBase:
    """The list, whose workbook leaves a line in the log."""

    def note(count: int) -> None:
        take_list(request.actor, page=key, rows=count, query=request.GET.urlencode()[:500])

    return list_page(request, key=key, on_export=note, **options)


def _to(name: str, label: str, icon: str = "", *, reads: bool = False) -> list[Action]:
    """A button, if its page is installed."""
    try:
        return [Action(label, reverse(name), icon, reads)]
    except NoReverseMatch:
        return []


def _empty(title: str, text: str) -> Empty:
    return Empty(title, text, [*_to("import", "Nạp từ tệp Excel", "import"), *_to("decision_new", "Ghi quyết định")])


def people(request: Request) -> HttpResponseBase:
    """People seen today, as they stood on the viewing day."""
    return _answer(
        request,
        "people",
        title="Con người",
        noun="người",
        rows=lists.people(request.actor, today()),
        table=people_tables.PeopleTable,
        filters=people_tables.PeopleListFilter,
        search=narrow.people_search,
        search_hint="Tìm tên (có dấu hoặc không), mã hồ sơ, số định danh",
        prepare=rows.for_people(request.day),
        count_up_to=COUNTED,
        empty=_empty("Chưa có hồ sơ nào", "Ở đây hiện mọi người trong phạm vi của bạn, xếp theo tên."),
    )


def party(request: Request) -> HttpResponseBase:
    """Party members of the viewing day."""
    return _answer(
        request,
        "members",
        title="Đảng viên",
        noun="đảng viên",
        rows=lists.members(request.actor, today(), request.day),
        table=people_tables.MemberTable,
        filters=people_tables.MemberFilter,
        search=narrow.members_search,
        search_hint="Tìm tên, số thẻ, mã hồ sơ, số định danh",
        prepare=rows.for_facts(request.day, with_seniority=True),
        count_up_to=COUNTED,
        empty=_empty("Chưa có đảng viên nào vào ngày này", "Ở đây hiện đảng viên dự bị và chính thức của ngày xem."),
    )


def assignments(request: Request) -> HttpResponseBase:
    """Posts held on the viewing day."""
    return _answer(
        request,
        "assignments",
        title="Chức vụ",
        noun="chức vụ",
        rows=lists.assignments(request.actor, today(), request.day),
        table=posts.AssignmentTable,
        filters=posts.AssignmentFilter,
        search=narrow.posts_search,
        search_hint="Tìm người giữ, chức vụ",
        prepare=rows.for_facts(request.day),
        count_up_to=COUNTED,
        empty=_empty("Chưa có chức vụ nào vào ngày này", "Ở đây hiện ai giữ chức vụ gì, ở đâu, đến bao giờ."),
    )


def staffing(request: Request) -> HttpResponseBase:
    """Quotas of the viewing day against those present."""
    return _answer(
        request,
        "quotas",
        title="Biên chế",
        noun="dòng biên chế",
        rows=lists.quotas(request.actor, request.day),
        table=posts.QuotaTable,
        filters=posts.QuotaFilter,
        search=narrow.units_search,
        search_hint="Tìm đơn vị",
        prepare=headcount.for_quotas(request.actor, request.day),
        actions=_to("quota_overview", "Tổng quan, phân bổ, giai đoạn", "quota", reads=True),
        empty=_empty("Chưa giao biên chế vào ngày này", "Ở đây hiện biên chế giao, có mặt và chênh lệch của đơn vị."),
    )


def training(request: Request) -> HttpResponseBase:
    """Courses begun up to the viewing day."""
    return _answer(
        request,
        "courses",
        title="Đào tạo, bồi dưỡng",
        noun="lượt",
        rows=lists.courses(request.actor, today(), request.day),
        table=posts.CourseTable,
        filters=posts.CourseFilter,
        search=narrow.courses_search,
        search_hint="Tìm người học, khóa học",
        prepare=rows.for_facts(request.day, posts=True),
        count_up_to=COUNTED,
        empty=_empty("Chưa có lượt đào tạo nào", "Ở đây hiện ai học lớp nào, từ ngày nào, kết quả ra sao."),
    )


def unit_list(request: Request) -> HttpResponseBase:
    """Units in force on the viewing day."""
    return _answer(
        request,
        "units",
        title="Đơn vị",
        noun="đơn vị",
        rows=lists.units(request.actor, request.day),
        table=units.UnitTable,
        filters=units.UnitFilterSet,
        search=narrow.units_search,
        search_hint="Tìm tên hoặc mã đơn vị",
        prepare=headcount.for_units(request.day),
        count_up_to=COUNTED,
        actions=_to("units_tree", "Xem theo cây", "units", reads=True),
        empty=_empty("Chưa có đơn vị nào vào ngày này", "Ở đây hiện các đơn vị đang hoạt động vào ngày xem."),
    )
