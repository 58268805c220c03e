"""What stands in a unit that ends goes on where it belongs; what is there already becomes one; and comes back."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.access.models import Delegation, Grant
from canbo.facts.organisation.carriers import declared, ratios
from canbo.facts.organisation.models import Target
from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person
from canbo.facts.staffing.models import Assignment, Post
from canbo.processes.restructuring import actions, queries
from canbo.readers.reports.models import ReportDraft

from ... import factories as make
from .conftest import EVE, MERGE, ON, TODAY, dump

D = dt.date


def test_grants_and_delegations_go_on_and_one_held_in_both_becomes_one(boss, world, carry_out):
    both, one, helper = make.account("hai"), make.account("mot"), make.account("giup")
    here = make.grant(both, "co_so", world["PX"])
    there = make.grant(both, "co_so", world["PY"])
    own = make.grant(one, "co_so", world["PY"], until=D(2026, 1, 1))
    for grant in (there, own):
        Delegation.objects.create(
            grant=grant,
            delegate=helper,
            reason="đi học",
            in_force=make.period(D(2025, 6, 1), D(2025, 8, 1)),
            since=D(2025, 6, 1),
        )
    before = dump()
    row = carry_out()
    assert [(g.user, g.unit) for g in Grant.objects.at(ON).order_by("user_id")] == [
        (both, world["PX"]),
        (one, world["PX"]),
    ]
    moved = Grant.objects.at(ON).get(user=one)
    assert moved.in_force.upper == D(2026, 1, 1)
    assert {d.grant_id for d in Delegation.objects.at(ON)} == {here.pk, moved.pk}
    assert {d.grant_id for d in Delegation.objects.at(EVE)} >= {there.pk}
    assert row.totals["joined"]["grant"] == 1
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    after = dump()
    counted = {name: len(rows) for name, rows in after.items()}
    assert counted == {name: len(rows) for name, rows in before.items()}


def test_posts_keep_their_term_and_a_post_held_in_both_is_held_once(boss, world, carry_out):
    who = make.person("Người Hai Nơi")
    for code in ("UX", "UY"):
        Assignment.objects.create(
            person=who, unit=world[code], title="Kế toán", title_key="ke toan", acts=["phân công"], concurrent=code == "UY",
            term_until=D(2027, 1, 1), managed_by="BTV", in_force=make.period(), since=make.START,
        )  # fmt: skip
        Post.objects.create(
            unit=world[code], title="Chủ tịch", title_key="chu tich", seats=1, in_force=make.period(), since=make.START
        )
    row = carry_out()
    held = Assignment.objects.at(ON).get(person=who)
    assert (held.unit, held.term_until, held.managed_by) == (world["UX"], D(2027, 1, 1), "BTV")
    assert row.totals["joined"]["assignment"] == 1
    assert Post.objects.at(ON).get(unit=world["UX"]).seats == 1


def test_targets_are_added_up_and_drafts_pointed_on(boss, world, carry_out):
    for code, value in (("PX", 5), ("PY", 7)):
        Target.objects.create(
            unit=world[code], indicator="KN01", period="2025", value=value, in_force=make.period(), since=make.START
        )
    ReportDraft.objects.create(kind="year-end", unit=world["PY"], period="2025", saved_by="x")
    ReportDraft.objects.create(kind="membership", unit=world["PY"], period="2025", saved_by="x")
    ReportDraft.objects.create(kind="membership", unit=world["PX"], period="2025", saved_by="x")
    row = carry_out()
    assert Target.objects.at(ON).get().value == 12
    assert {(d.kind, d.unit) for d in ReportDraft.objects.all()} == {
        ("year-end", world["PX"]), ("membership", world["PX"]), ("membership", world["PY"]),
    }  # fmt: skip
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    assert {(d.kind, d.unit) for d in ReportDraft.objects.all()} == {
        ("year-end", world["PY"]), ("membership", world["PX"]), ("membership", world["PY"]),
    }  # fmt: skip


def test_somebody_registered_without_a_post_goes_along(boss, world, carry_out):
    who = make.person("Chưa Có Chức Vụ", world["UY"])
    Person.objects.filter(pk=who.pk).update(party_unit=None)
    row = carry_out()
    who.refresh_from_db()
    assert who.work_unit == world["UX"]
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    who.refresh_from_db()
    assert who.work_unit == world["UY"]


def test_divided_by_a_list_the_rest_waits(boss, world, case, carry_out):
    rows = [{"old_code": "PZ.1", "new_code": "A1", "new_name": "Chi bộ A", "new_kind": "chi bộ trực thuộc", "new_parent": "PZ"},
            {"old_code": "PZ.1", "new_code": "A2", "new_name": "Chi bộ B", "new_kind": "chi bộ trực thuộc", "new_parent": "PZ"}]  # fmt: skip
    found = case(rows)
    actions.set_way(boss, case=found, unit="PZ.1", rule="danh_sach")
    people = queries.people_of(boss, found, world["PZ.1"], "membership")
    assert [standee.label.split(" (")[0] for standee in people] == ["Nguyễn Văn Z2", "Nguyễn Văn Z4"]
    actions.set_places(boss, case=found, kind="membership", rows=[people[0].row], target="A2")
    move = next(m for m in queries.plan(boss, found).moves if m.kind == "membership")
    assert (move.count, move.listed, move.waiting) == (2, 1, 1)
    row = carry_out(found)
    assert Membership.objects.at(ON).get(person=world.people["Z2"]).unit.code == "A2"
    assert [w.person for w in queries.waiting(boss, row)] == [world.people["Z4"]]
    assert Membership.objects.at(ON).get(person=world.people["Z4"]).unit.code == "PZ"


def test_a_unit_that_goes_on_keeps_those_who_are_on_no_list(boss, world, case, carry_out):
    rows = [{"old_code": "PZ.1", "new_code": "PZ.1"}, {"old_code": "PZ.1", "new_code": "PZ.2"}]
    found = case(rows)
    actions.answer(boss, case=found, answers=[("PZ.1", "chia_nhieu", "tung_nguoi", "")])
    row = carry_out(found)
    assert Membership.objects.at(ON).filter(unit=world["PZ.1"]).count() == 2
    waiting = list(queries.waiting(boss, row))
    assert len(waiting) == 2
    actions.place(boss, case=row, rows=[waiting[0].pk], unit=world["PZ.2"], on=ON, today=TODAY)
    actions.place(boss, case=row, rows=[waiting[1].pk], unit=world["PZ.1"], on=ON, today=TODAY)
    assert Membership.objects.at(ON).filter(unit=world["PZ.1"]).count() == 1
    assert not queries.waiting(boss, row).exists()


def test_subordinate_units_wait_too(boss, world, carry_out):
    row = carry_out(rows=[{"old_code": "PZ", "operation": "giải thể"}])
    waiting = queries.waiting(boss, row).filter(kind="unit")
    assert waiting.count() == 2
    actions.place(boss, case=row, rows=[w.pk for w in waiting], unit=world["PX"], on=D(2025, 8, 1), today=D(2025, 8, 1))
    from canbo.facts.organisation.queries import path

    assert [u.code for u in path(boss, world["PZ.1"], D(2025, 7, 15))] == ["PP", "PZ.1"]
    assert [u.code for u in path(boss, world["PZ.1"], D(2025, 8, 1))] == ["PP", "PX", "PZ.1"]


@pytest.mark.parametrize("code", [carrier.code for carrier in declared()])
def test_every_carrier_names_a_table_and_columns_that_are_there(code):
    from django.db import connection

    carrier = next(c for c in declared() if c.code == code)
    with connection.cursor() as cursor:
        there = {column.name for column in connection.introspection.get_table_description(cursor, carrier.table)}
    wanted = {carrier.column, *carrier.same, *carrier.closing, *carrier.opening} | ({carrier.amount} - {""})
    assert wanted - there == set()
    assert carrier.dated == ("in_force" in there)


def test_the_world_has_what_the_lines_speak_of(world):
    assert {row["old_code"] for row in MERGE} <= set(world.units)


@pytest.mark.parametrize(
    ("here", "there", "goes_on", "pointed_out"),
    [(90, 80, 90, True), (90, 90, 90, False), (None, 80, 80, False)],
    ids=["own stays", "equal", "only one"],
)
def test_targets_that_are_ratios_are_never_added_up(boss, world, case, carry_out, here, there, goes_on, pointed_out):
    ratio = ratios()[0]
    for code, value in (("PX", here), ("PY", there)):
        if value is not None:
            Target.objects.create(
                unit=world[code], indicator=ratio, period="2025", value=value, in_force=make.period(), since=make.START
            )
    found = case()
    assert ("RESTRUCTURE-RATIO" in {f.code for f in queries.plan(boss, found).findings}) == pointed_out
    before = dump()
    row = carry_out(found)
    assert [(t.unit.code, t.value) for t in Target.objects.at(ON)] == [("PX", goes_on)]
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    assert dump()["organisation_target"] == before["organisation_target"]


def test_ratios_that_differ_end_with_their_units_where_a_new_one_takes_their_place(boss, world, carry_out):
    for code, value in (("PX.1", 70), ("PY.1", 80)):
        Target.objects.create(
            unit=world[code],
            indicator=ratios()[0],
            period="2025",
            value=value,
            in_force=make.period(),
            since=make.START,
        )
    before = dump()
    row = carry_out()
    assert not Target.objects.at(ON).exists()
    assert Target.objects.at(EVE).count() == 2
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    assert dump()["organisation_target"] == before["organisation_target"]
