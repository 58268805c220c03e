"""The tree on any day: derived paths, scope, versions, lineage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.facts.organisation import actions, queries
from canbo.facts.organisation.models import Unit, UnitPath, UnitVersion
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching

D = dt.date
Make = Callable[..., Unit]
BEFORE, AFTER = D(2025, 6, 30), D(2025, 7, 1)


def paths() -> set[tuple[int, int, int, dt.date, dt.date]]:
    return set(UnitPath.objects.values_list("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to"))


def test_moving_a_unit_moves_everything_under_it_from_that_day(unit: Make, clerk: Actor) -> None:
    top, a, b = unit("T"), None, None
    a, b = unit("A", parent=top), unit("B", parent=top)
    room = unit("P", parent=a)
    desk = unit("Q", parent=room)
    actions.change_unit(clerk, unit=room, on=AFTER, parent=b)
    assert desk.pk in set(queries.subtree_ids([a.pk], BEFORE))
    assert desk.pk not in set(queries.subtree_ids([a.pk], AFTER))
    assert desk.pk in set(queries.subtree_ids([b.pk], AFTER))
    assert [found.code for found in queries.path(clerk, desk, AFTER)] == ["T", "B", "P", "Q"]
    assert [found.code for found in queries.path(clerk, desk, BEFORE)] == ["T", "A", "P", "Q"]
    assert [(n.code, n.depth, n.children) for n in queries.tree(clerk, None, AFTER, depth=3)] == [
        ("T", 0, 2),
        ("A", 1, 0),
        ("B", 1, 1),
        ("P", 2, 1),
        ("Q", 3, 0),
    ]


def test_a_new_name_does_not_cut_a_path(unit: Make, clerk: Actor) -> None:
    top = unit("T")
    room = unit("P", parent=top)
    before = paths()
    actions.change_unit(clerk, unit=room, on=AFTER, name="Phòng Mới")
    actions.rebuild_paths()
    assert paths() == before
    assert queries.version_at(room, BEFORE).name == "Đơn vị P"  # type: ignore[union-attr]
    assert queries.version_at(room, AFTER).name == "Phòng Mới"  # type: ignore[union-attr]
    room.refresh_from_db()
    assert room.name == "Phòng Mới"
    assert queries.search(clerk, "phong moi", AFTER) == [room]


def test_refusals_of_the_tree(unit: Make, clerk: Actor) -> None:
    top = unit("T")
    room = unit("P", parent=top)
    late = unit("L", on=D(2025, 7, 1))
    with pytest.raises(Refused, match="nằm dưới"):
        actions.change_unit(clerk, unit=top, on=AFTER, parent=room)
    with pytest.raises(Refused, match="không hoạt động vào ngày 30/06/2025"):
        actions.change_unit(clerk, unit=room, on=BEFORE, parent=late)
    with pytest.raises(Refused, match="còn đơn vị trực thuộc: Đơn vị P"):
        actions.close_unit(clerk, unit=top, on=AFTER)
    with pytest.raises(Refused) as refusal:
        unit("P", name="", kind="")
    assert {v.code for v in refusal.value.violations} == {"UNIT-NAME", "UNIT-KIND", "UNIT-CODE-TAKEN"}
    actions.close_unit(clerk, unit=room, on=AFTER)
    with pytest.raises(Refused, match="không hoạt động"):
        actions.change_unit(clerk, unit=room, on=D(2026, 1, 1), name="Tên khác")
    assert queries.counts_by_kind(clerk, BEFORE) == {"phòng": 2}
    assert queries.counts_by_kind(clerk, D(2024, 1, 1), under=room) == {"phòng": 1}


def test_scope_follows_the_tree_of_the_day(unit: Make, clerk: Actor) -> None:
    top = unit("T")
    a, b = unit("A", parent=top), unit("B", parent=top)
    room = unit("P", parent=a)
    head_of_b = reaching(b, permissions=("unit.read", "unit.write"))
    with pytest.raises(OutOfScope):
        actions.change_unit(head_of_b, unit=room, on=AFTER, name="Tên khác")
    reader = reaching(a, permissions=("unit.read",))
    with pytest.raises(NotPermitted):
        actions.change_unit(reader, unit=room, on=AFTER, name="Tên khác")
    mixed = Actor("x", reaches={"unit.read": Reach(True), "unit.write": Reach(units=frozenset([b.pk]))})
    with pytest.raises(NotPermitted):
        actions.change_unit(mixed, unit=room, on=AFTER, name="Tên khác")
    actions.change_unit(clerk, unit=room, on=AFTER, parent=b)
    assert room not in queries.visible(head_of_b, BEFORE)
    assert room in queries.visible(head_of_b, AFTER)
    assert [v.unit.code for v in queries.versions_at(head_of_b, AFTER)] == ["B", "P"]
    with pytest.raises(OutOfScope):
        queries.tree(head_of_b, a, AFTER)
    assert list(queries.visible(Actor("không ai"), AFTER)) == []


def test_lineage_over_several_steps(unit: Make, clerk: Actor) -> None:
    old1, old2, kept = unit("X1"), unit("X2"), unit("K")
    mid = unit("M", on=D(2020, 1, 1))
    new = unit("N", on=AFTER)
    for old in (old1, old2):
        actions.record_lineage(clerk, old=old, new=mid, on=D(2020, 1, 1), operation="hop_nhat")
        actions.close_unit(clerk, unit=old, on=D(2020, 1, 1))
    actions.record_lineage(clerk, old=mid, new=new, on=AFTER, operation="sap_nhap")
    actions.record_lineage(clerk, old=kept, new=new, on=AFTER, operation="tach")
    actions.close_unit(clerk, unit=mid, on=AFTER)
    assert queries.became(clerk, old1, D(2019, 12, 31)) == [old1]
    assert queries.became(clerk, old1, BEFORE) == [mid]
    assert queries.became(clerk, old1, AFTER) == [new]
    assert queries.became(clerk, kept, AFTER) == [kept, new]
    assert {u.code for u in queries.made_of(clerk, new, AFTER)} == {"X1", "X2", "K"}
    assert queries.made_of(clerk, new, BEFORE) == []
    with pytest.raises(Refused, match="Đã ghi quan hệ"):
        actions.record_lineage(clerk, old=mid, new=new, on=AFTER, operation="sap_nhap")


def test_lineage_never_runs_against_time(unit: Make, clerk: Actor) -> None:
    first, second, third = unit("X"), unit("Y"), unit("Z")
    actions.record_lineage(clerk, old=second, new=third, on=D(2015, 1, 1), operation="tach")
    actions.record_lineage(clerk, old=first, new=second, on=D(2020, 1, 1), operation="tach")
    assert queries.became(clerk, first, AFTER) == [first, second], "Z left Y before X came into it"
    assert queries.made_of(clerk, third, AFTER) == [second]


DAYS = [D(2020, 1, 1) + dt.timedelta(days=n) for n in range(0, 100, 10)]


@st.composite
def forests(draw: st.DrawFn) -> list[list[tuple[int, int, int | None]]]:
    """For each unit, versions as (first, until, parent); a parent has a lower number, so that no cycle arises."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        cuts = sorted(draw(st.sets(st.integers(0, 9), min_size=1, max_size=4)))
        rows: list[tuple[int, int, int | None]] = []
        for first, until in zip(cuts, [*cuts[1:], 99], strict=True):
            if draw(st.booleans()) or not rows:
                parent = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
                rows.append((first, until, parent))
        found.append(rows)
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(forests(), st.sets(st.integers(0, 6), max_size=2))
def test_paths_equal_an_independent_walk(forest: list[list[tuple[int, int, int | None]]], voided: set[int]) -> None:
    with transaction.atomic():
        units = [Unit.objects.create(code=f"H{n}", name=f"H{n}", sort_key="", search_text="") for n in range(7)]
        for number, rows in enumerate(forest):
            for first, until, parent in rows:
                UnitVersion.objects.create(
                    unit=units[number],
                    name=f"H{first}",
                    kind="phòng",
                    shelf="nha_nuoc",
                    parent=None if parent is None else units[parent],
                    in_force=(DAYS[first], None if until == 99 else DAYS[until]),
                    since=DAYS[first],
                )
        actions.rebuild_paths()
        changed = [units[n] for n in voided]
        UnitVersion.objects.filter(unit__in=changed).update(voided_on=DAYS[0], voided_why="thử")
        actions.rebuild_paths([found.pk for found in changed])
        few = paths()
        actions.rebuild_paths()
        assert few == paths(), "the few and the whole derive the same rows"
        for day in DAYS:
            there = [row for row in paths() if row[3] <= day < row[4]]
            pairs = [(a, d) for a, d, *_ in there]
            assert len(pairs) == len(set(pairs)), "one path between two units on a day"
            parents = {
                v.unit_id: v.parent_id for v in UnitVersion.objects.filter(voided_on=None, in_force__contains=day)
            }
            walked = set()
            for start in parents:
                here: int | None = start
                depth = 0
                while here is not None:
                    walked.add((here, start, depth))
                    here, depth = parents.get(here), depth + 1
            assert {(a, d, n) for a, d, n, *_ in there} == walked
        transaction.set_rollback(True)
