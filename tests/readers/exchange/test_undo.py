"""Taking a load back: as if it had never been, except for the trace it leaves."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.decisions.models import Batch, Decision
from canbo.facts.organisation.models import UnitPath, UnitVersion
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person, PersonRecord
from canbo.facts.staffing.models import Assignment
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.readers.exchange.actions import load_book, undo_batch
from canbo.readers.exchange.book import Book
from canbo.readers.exchange.loader.plan import Terms

from . import books

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = dt.date(2024, 6, 15), dt.date(2024, 7, 1), dt.date(2024, 8, 1)


def load(actor: Actor, book: Book, today: dt.date = FIRST) -> Batch:
    findings, batch = load_book(actor, book, terms=Terms(today=today, historical=False, source="thử.xlsx"))
    assert findings.faults == []
    assert batch is not None
    return batch


def transfer() -> Book:
    """HS0001 leaves one cell for another."""
    return books.only(
        **{
            "Đảng viên": {
                "Mã hồ sơ": ["HS0001", "HS0001"],
                "Mã tổ chức đảng sinh hoạt": ["CB01", "CB02"],
                "Từ ngày": ["01/07/2020", "02/03/2024"],
                "Đến ngày": ["01/03/2024", None],
                "Hành vi": ["kết nạp", "chuyển đến"],
                "Hành vi kết thúc": ["chuyển đi", None],
                "Số quyết định": ["12-QĐ/ĐU", "77-QĐ/ĐU"],
                "Số quyết định kết thúc": ["77-QĐ/ĐU", None],
            }
        }
    )


def standing() -> dict[str, list[tuple]]:
    """Everything that stands, without row numbers."""
    return {
        "members": sorted(
            Membership.objects.standing().values_list(
                "person__code",
                "unit__code",
                "in_force",
                "since",
                "closing_act",
                "opened_by__number",
                "closed_by__number",
            ),
            key=str,
        ),
        "posts": sorted(Assignment.objects.standing().values_list("person__code", "title", "in_force"), key=str),
        "people": sorted(
            PersonRecord.objects.standing().values_list("person__code", "full_name", "residence"), key=str
        ),
        "units": sorted(UnitVersion.objects.standing().values_list("unit__code", "name", "in_force"), key=str),
        "paths": sorted(UnitPath.objects.values_list("ancestor__code", "descendant__code", "depth")),
        "places": sorted(Person.objects.values_list("code", "name", "party_unit__code", "work_unit__code"), key=str),
        "papers": sorted(Decision.objects.filter(annulled_on=None).values_list("number")),
    }


def test_a_first_load_undone_leaves_nothing_in_force_and_can_be_repeated(the_operator: Actor):
    batch = load(the_operator, books.book())
    full = standing()
    undo_batch(the_operator, batch=batch, on=SECOND, reason="nạp nhầm tệp")
    empty = standing()
    assert [empty[k] for k in ("members", "posts", "people", "units", "paths", "papers")] == [[]] * 6
    assert all(place[2:] == (None, None) for place in empty["places"])
    batch.refresh_from_db()
    assert batch.undone_at is not None
    assert AuditEntry.objects.get(verb="exchange.batch.undo").reason == "nạp nhầm tệp"
    load(the_operator, books.book(), SECOND)
    assert standing() == full


def test_what_a_load_closed_is_open_again(the_operator: Actor):
    load(the_operator, books.book())
    before = standing()
    batch = load(the_operator, transfer(), SECOND)
    assert standing() != before
    undo_batch(the_operator, batch=batch, on=THIRD, reason="chưa có quyết định")
    assert standing() == before


def test_a_corrected_row_is_recorded_again(the_operator: Actor):
    load(the_operator, books.book())
    before = standing()
    wrong = {**books.POSTS, "Đến ngày": ["31/12/2023"], "Sửa sai": ["x"], "Ghi chú": ["ghi nhầm ngày"]}
    batch = load(the_operator, books.only(**{"Chức vụ": wrong}), SECOND)
    assert standing() != before
    undo_batch(the_operator, batch=batch, on=THIRD, reason="ngày cũ đúng")
    assert standing() == before


def test_a_changed_dossier_goes_back_to_its_old_name(the_operator: Actor):
    load(the_operator, books.book())
    before = standing()
    renamed = {**books.PEOPLE, "Họ và tên khai sinh": ["Lò Thị Mây Hồng", "Vừ A Sáng"]}
    batch = load(the_operator, books.only(**{"Hồ sơ": renamed}), SECOND)
    assert Person.objects.get(code="HS0001").name == "Lò Thị Mây Hồng"
    undo_batch(the_operator, batch=batch, on=THIRD, reason="sai tên")
    assert standing() == before


def test_later_records_stand_in_the_way_and_are_named(the_operator: Actor):
    first = load(the_operator, books.book())
    second = load(the_operator, transfer(), SECOND)
    with pytest.raises(Refused) as refused:
        undo_batch(the_operator, batch=first, on=THIRD, reason="thử")
    words = str(refused.value)
    assert "thử.xlsx" in words or "77-QĐ/ĐU" in words
    assert "hoàn tác đợt nạp ghi sau trước" in words
    assert Membership.objects.standing().count() == 3
    undo_batch(the_operator, batch=second, on=THIRD, reason="thử")
    undo_batch(the_operator, batch=first, on=THIRD, reason="thử")
    assert not Membership.objects.standing().exists()


def test_a_decision_on_which_others_lean_is_kept(the_operator: Actor):
    load(the_operator, books.book())
    more = books.only(
        **{
            "Quyết định": {
                "Số ký hiệu": ["90-QĐ/ĐU"],
                "Ngày ban hành": ["01/05/2024"],
                "Cơ quan ban hành": ["Đảng ủy"],
            },
        }
    )
    paper = load(the_operator, more, SECOND)
    card = {"Mã hồ sơ": ["HS0001"], "Ngày cấp": ["19/05/2024"], "Hình thức": ["phát"], "Số quyết định": ["90-QĐ/ĐU"]}
    load(the_operator, books.only(**{"Thẻ đảng": card}), SECOND)
    undo_batch(the_operator, batch=paper, on=THIRD, reason="thử")
    assert Decision.objects.get(number="90-QĐ/ĐU").annulled_on is None


def test_no_reason_and_a_second_time_are_refused(the_operator: Actor):
    batch = load(the_operator, books.book())
    with pytest.raises(Refused, match="lý do"):
        undo_batch(the_operator, batch=batch, on=SECOND, reason=" ")
    undo_batch(the_operator, batch=batch, on=SECOND, reason="thử")
    with pytest.raises(Refused, match="đã được hoàn tác"):
        undo_batch(the_operator, batch=batch, on=SECOND, reason="thử")


def test_a_clerk_takes_back_her_own_loads_only(the_operator: Actor):
    from ... import factories

    batch = load(the_operator, books.book())
    unit = factories.unit("Đảng bộ khác")
    from canbo.foundation.kernel.actor import Reach

    clerk = Actor(name="Cán bộ xã", user_id=5, reaches={"exchange.load": Reach(units=frozenset({unit.pk}))})
    with pytest.raises(OutOfScope):
        undo_batch(clerk, batch=batch, on=SECOND, reason="thử")
