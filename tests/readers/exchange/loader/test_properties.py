"""Whatever clean or faulty books come in whatever order, no two facts overlap and the last book is a no-op."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.readers.exchange.book import Book

from .books import Row, make, paper, person, post, stay, unit
from .conftest import Load, contents, rows

DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2027, 6, 30)).map(lambda d: d.replace(day=1))
ENDS = st.one_of(st.none(), st.none(), DAYS)
CODES = st.sampled_from(["P1", "P2"])
CELLS = st.sampled_from(["A", "B"])
STAYS = st.builds(
    lambda p, c, since, until, number: stay(p, c, since, **{"Đến ngày": until, "Số lý lịch": number}),
    CODES, CELLS, DAYS, ENDS, st.sampled_from([None, "1", "2"]),
)  # fmt: skip
POSTS = st.builds(
    lambda p, c, since, until, by: post(p, c, since=since, **{"Đến ngày": until, "Diện quản lý": by}),
    CODES, CELLS, DAYS, ENDS, st.sampled_from([None, "Tỉnh ủy"]),
)  # fmt: skip
PEOPLE = st.builds(
    lambda p, name, died: person(p, name, **{"Ngày mất": died}),
    CODES, st.sampled_from(["Nguyễn Thị Mẫu", "Trần Văn Thử"]), st.one_of(st.none(), st.none(), DAYS),
)  # fmt: skip
UNITS = st.builds(
    lambda c, parent, since, until: unit(c, parent, **{"Từ ngày": since, "Đến ngày": until}),
    CELLS, st.sampled_from([None, "T", "A", "B"]), DAYS, ENDS,
)  # fmt: skip


@st.composite
def books(draw: st.DrawFn) -> Book:
    sheets: dict[str, list[Row]] = {
        "Đơn vị": draw(st.lists(UNITS, max_size=2)),
        "Hồ sơ": draw(st.lists(PEOPLE, max_size=2)),
        "Chức vụ": draw(st.lists(POSTS, max_size=2)),
        "Đảng viên": draw(st.lists(STAYS, max_size=3)),
    }
    return make(sheets)


FIRST = make({
    "Quyết định": [paper()],
    "Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "T")],
    "Hồ sơ": [person("P1"), person("P2")],
})  # fmt: skip
OVERLAPS = """SELECT count(*) FROM {0} a JOIN {0} b ON a.id < b.id AND a.{1} = b.{1} AND a.in_force && b.in_force
WHERE a.voided_on IS NULL AND b.voided_on IS NULL {2}"""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(books(), st.integers(0, 30)), min_size=1, max_size=4))
def test_any_sequence_of_books(load: Load, sequence: list[tuple[Book, int]]) -> None:
    """Faulty rows are left out; what is written holds together, and is known again."""
    with transaction.atomic():
        load(FIRST, clean=True, today=dt.date(2026, 1, 1))
        day = dt.date(2026, 1, 1)
        for book, later in sequence:
            day += dt.timedelta(days=later)
            first = load(book, accept_clean=True, today=day)
            before = contents()
            if not first.faults:
                again = load(book, accept_clean=True, today=day)
                assert again.faults == []
                assert contents() == before
        assert rows(OVERLAPS.format("party_membership", "person_id", "")) == [(0,)]
        assert rows(OVERLAPS.format("organisation_unitversion", "unit_id", "")) == [(0,)]
        assert rows(OVERLAPS.format("people_personrecord", "person_id", "")) == [(0,)]
        assert rows(OVERLAPS.format("staffing_assignment", "person_id", "AND a.unit_id = b.unit_id")) == [(0,)]
        transaction.set_rollback(True)
