"""What holds for any sequence of decisions, recorded or refused, annulled or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.facts.decisions import actions
from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit, UnitPath
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment
from canbo.foundation.kernel.actor import Actor, operator
from canbo.foundation.kernel.violation import Refused

from .conftest import snapshot

D = dt.date
START = D(2020, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: START + dt.timedelta(days=n))
UNITS = st.sampled_from(["A", "B"])
CELLS = st.sampled_from(["C1", "C2"])
TITLES = st.sampled_from(["Trưởng phòng", "Phó trưởng phòng"])
STEPS = st.one_of(
    st.tuples(
        st.sampled_from(["bo_nhiem", "dieu_dong", "dieu_dong_bo_nhiem", "chi_dinh", "biet_phai", "tiep_nhan"]),
        st.fixed_dictionaries({"unit": UNITS, "title": TITLES, "concurrent": st.booleans(), "keep": st.booleans()}),
    ),
    st.tuples(
        st.sampled_from(["mien_nhiem", "thoi_giu_chuc", "bo_nhiem_lai"]),
        st.fixed_dictionaries({}, optional={"unit": UNITS, "title": TITLES}),
    ),
    st.tuples(
        st.sampled_from(["ket_nap", "ket_nap_lai", "chuyen_den", "phuc_hoi", "chuyen_sinh_hoat"]),
        st.fixed_dictionaries({"unit": CELLS}),
    ),
    st.tuples(st.just("cong_nhan_chinh_thuc"), st.fixed_dictionaries({"official_on": DAYS.map(str)})),
    st.tuples(st.sampled_from(["nghi_huu", "chuyen_di", "khai_tru", "xoa_ten"]), st.just({})),
)
RUN = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Make = Callable[..., Unit]


def world(unit: Make, person: Callable[..., Person]) -> Person:
    for code in ("A", "B"):
        unit(code)
    for code in ("C1", "C2"):
        unit(code, shelf="dang", kind="chi bộ")
    return person("HS1")


def attempt(clerk: Actor, number: int, day: dt.date, items: list[Item]) -> Decision | None:
    try:
        return actions.record(
            clerk, number=f"{number}-QĐ/TU", issued_on=day, issuer="Tỉnh ủy Mẫu", effective_on=day, items=items
        )
    except Refused:
        return None


def places(who: Person) -> tuple[int | None, int | None]:
    who.refresh_from_db()
    return who.work_unit_id, who.party_unit_id


@RUN
@given(st.lists(st.tuples(DAYS, st.lists(STEPS, min_size=1, max_size=2)), min_size=1, max_size=8))
def test_no_sequence_overlaps_and_a_day_has_one_answer(
    unit: Make, person: Callable[..., Person], steps: list[tuple[dt.date, list[tuple[str, dict[str, object]]]]]
) -> None:
    clerk = operator("kiểm thử")
    with transaction.atomic():
        who = world(unit, person)
        for number, (day, acts) in enumerate(steps, start=1):
            before = snapshot()
            if attempt(clerk, number, day, [Item(act, who.pk, values) for act, values in acts]) is None:
                assert snapshot() == before, "what was refused left nothing behind"
        for offset in range(0, 62, 7):
            day = START + dt.timedelta(days=offset)
            assert Membership.objects.at(day).filter(person=who).count() <= 1
            posts = list(Assignment.objects.at(day).values_list("unit_id", "title_key"))
            assert len(posts) == len(set(posts))
        periods = [row.in_force for row in Membership.objects.standing().order_by("in_force")]
        assert all(a.upper is not None and a.upper <= b.lower for a, b in pairwise(periods))
        transaction.set_rollback(True)


@RUN
@given(
    st.lists(st.tuples(DAYS, st.lists(STEPS, min_size=1, max_size=2)), max_size=5),
    DAYS,
    st.lists(STEPS, min_size=1, max_size=3),
)
def test_annulling_restores_exactly_the_state_before(
    unit: Make,
    person: Callable[..., Person],
    steps: list[tuple[dt.date, list[tuple[str, dict[str, object]]]]],
    day: dt.date,
    last: list[tuple[str, dict[str, object]]],
) -> None:
    clerk = operator("kiểm thử")
    with transaction.atomic():
        who = world(unit, person)
        for number, (issued, acts) in enumerate(steps, start=1):
            attempt(clerk, number, issued, [Item(act, who.pk, values) for act, values in acts])
        before = snapshot()
        where = places(who)
        decision = attempt(clerk, 99, day, [Item(act, who.pk, values) for act, values in last])
        if decision is not None:
            actions.annul(clerk, decision=decision, on=day, reason="thử")
            assert snapshot() == before
            if all(where):
                assert places(who) == where
        transaction.set_rollback(True)


@RUN
@given(st.sampled_from(["doi_ten", "chuyen_cap_tren", "giai_the", "thanh_lap", "sap_nhap"]), DAYS)
def test_annulling_acts_on_units_restores_the_tree(
    unit: Make, person: Callable[..., Person], act: str, day: dt.date
) -> None:
    clerk = operator("kiểm thử")
    with transaction.atomic():
        top, other = unit("T"), unit("O")
        room = unit("P", parent=top)
        values = {
            "doi_ten": {"name": "Phòng Mới"},
            "chuyen_cap_tren": {"parent": "O"},
            "giai_the": {},
            "sap_nhap": {"into": "O"},
            "thanh_lap": {
                "code": "N",
                "name": "Đơn vị N",
                "kind": "phòng",
                "shelf": "Nhà nước",
                "origin": "O",
                "operation": "tách",
            },
        }[act]
        columns = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
        before, tree, names = snapshot(), set(UnitPath.objects.values_list(*columns)), {room.name, other.name}
        decision = attempt(clerk, 1, day, [Item(act, room.pk, values)])
        assert decision is not None
        assert snapshot() != before
        actions.annul(clerk, decision=decision, on=day, reason="thử")
        assert snapshot() == before
        assert set(UnitPath.objects.values_list(*columns)) == tree
        assert set(Unit.objects.filter(pk__in=[room.pk, other.pk]).values_list("name", flat=True)) == names
        transaction.set_rollback(True)
