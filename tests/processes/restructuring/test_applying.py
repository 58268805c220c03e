"""A small reform carried out and taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from canbo.facts.organisation import queries as organisation
from canbo.facts.organisation.models import UnitLineage
from canbo.facts.party.models import Membership
from canbo.facts.staffing.actions import refresh_places
from canbo.facts.staffing.models import Assignment, StaffQuota
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.violation import Refused
from canbo.processes.restructuring import actions, queries
from canbo.processes.restructuring.models import Waiting
from canbo.readers.desk.integrity import checks
from canbo.readers.reports import queries as reports

from ... import factories as make
from .conftest import EVE, ON, TODAY, dump

D = dt.date


def test_the_plan_says_what_closes_opens_changes_and_moves(boss, world, case):
    plan = queries.plan(boss, case())
    assert not plan.faults
    assert not plan.questions
    assert {c.code for c in plan.closings} == {"Y", "D1", "D2", "UY", "PY", "PX.1", "PY.1"}
    assert [o.code for o in plan.openings] == ["PX.9"]
    assert {(link.old, link.new, link.operation) for link in plan.links} == {
        ("Y", "X", "sap_nhap"), ("UY", "UX", "sap_nhap"), ("PY", "PX", "sap_nhap"),
        ("PX.1", "PX.9", "hop_nhat"), ("PY.1", "PX.9", "hop_nhat"),
    }  # fmt: skip
    follows = {change.code: change.parent for change in plan.changes if change.follows}
    assert follows == {"PY.2": "PX"}, "a cell goes along with its Party body"
    assert plan.moved()["assignment"] == 4
    assert plan.moved()["membership"] == 4


def test_after_carrying_out_everybody_is_somewhere_and_the_tree_is_new(boss, world, carry_out):
    row = carry_out()
    counts = organisation.counts_by_kind(boss, ON)
    assert "huyện" not in counts
    assert counts["xã"] == 2
    assert organisation.counts_by_kind(boss, EVE)["huyện"] == 2
    assert row.totals["before"]["membership"] == row.totals["after"]["membership"] == 12
    assert row.totals["before"]["quota"] == row.totals["after"]["quota"] == 60
    assert [u.code for u in organisation.became(boss, world["Y"], ON)] == ["X"]
    quota = StaffQuota.objects.at(ON).get(unit=world["UX"])
    assert quota.assigned == 40
    moved = Assignment.objects.at(ON).get(person=world.people["Y1"])
    assert (moved.unit, moved.title, moved.acts) == (world["UX"], "Chủ tịch", ["bố trí do sắp xếp tổ chức"])
    assert Assignment.objects.at(EVE).get(person=world.people["Y1"]).closing_act == "kết thúc do sắp xếp tổ chức"
    stay = Membership.objects.at(ON).get(person=world.people["Y2"])
    assert stay.unit.code == "PX.9"
    assert stay.ceremony_on == make.START
    world.people["Y2"].refresh_from_db()
    assert world.people["Y2"].party_unit_id == stay.unit_id


def test_one_audit_line_and_one_batch(boss, world, carry_out):
    row = carry_out()
    assert AuditEntry.objects.filter(verb="restructuring.apply").count() == 1
    assert set(UnitLineage.objects.values_list("opened_in", flat=True)) == {row.batch_id}


def test_annulling_puts_everything_back(boss, world, carry_out):
    before = dump()
    row = carry_out()
    assert dump() != before
    actions.annul(boss, case=row, on=TODAY, reason="ghi nhầm ngày")
    after = dump()
    for name, rows in before.items():
        assert after[name] == rows, name


def test_carried_out_again_after_annulling(boss, world, carry_out, case):
    row = carry_out()
    first = {k: v for k, v in row.totals.items() if k != "moved"}
    actions.annul(boss, case=row, on=TODAY, reason="làm lại")
    again = carry_out(paper=make.decision("2-QĐ/TU", on=EVE))
    assert {k: v for k, v in again.totals.items() if k != "moved"} == first


def test_facts_recorded_ahead_move_too_and_come_back(boss, world, carry_out):
    ends = make.person("Trần Thị Hết Hạn")
    Assignment.objects.create(
        person=ends, unit=world["UY"], title="Phó Chủ tịch", title_key="pho chu tich", acts=["bầu cử"],
        in_force=make.period(D(2021, 6, 1), D(2025, 9, 1)), since=D(2021, 6, 1), closing_act="nghỉ hưu",
    )  # fmt: skip
    begins = make.person("Lê Văn Sắp Đến")
    Assignment.objects.create(
        person=begins, unit=world["UY"], title="Phó Chủ tịch", title_key="pho chu tich", acts=["bổ nhiệm"],
        in_force=make.period(D(2025, 9, 1)), since=D(2025, 9, 1),
    )  # fmt: skip
    refresh_places(EVE)
    before = dump()
    row = carry_out()
    rows = {str(a.in_force.lower): a for a in Assignment.objects.standing().filter(person=ends)}
    assert rows["2021-06-01"].unit == world["UY"]
    assert rows["2025-07-01"].unit == world["UX"]
    assert rows["2025-07-01"].in_force.upper == D(2025, 9, 1)
    assert rows["2025-07-01"].closing_act == "nghỉ hưu"
    moved = Assignment.objects.standing().get(person=begins)
    assert (moved.unit, moved.since, moved.acts) == (world["UX"], D(2025, 9, 1), ["bổ nhiệm"])
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    after = dump()
    for name, found in before.items():
        assert after[name] == found, name


def test_refused_when_the_records_changed_since_the_decision(boss, world, case):
    found = case()
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án 1")
    actions.decide(boss, case=found, decision=make.decision("1-QĐ/TU", on=EVE), on=EVE, reason="thử")
    make.assignment(make.person("Hoàng Mới"), world["UY"], "Chuyên viên")
    with pytest.raises(Refused, match="không còn như đã duyệt"):
        actions.apply(boss, case=found, today=TODAY)


def test_later_facts_stand_in_the_way_of_annulling_and_are_named(boss, world, carry_out):
    row = carry_out()
    new = organisation.unit_by_code(boss, "PX.9")
    late = make.person("Đỗ Thị Đến Sau")
    make.membership(late, new, D(2025, 8, 1))
    with pytest.raises(Refused, match="Đỗ Thị Đến Sau"):
        actions.annul(boss, case=row, on=D(2025, 9, 1), reason="thử")


def test_dissolved_people_wait_until_the_list_is_empty(boss, world, carry_out):
    before = dump()
    row = carry_out(rows=[{"level": "party", "old_code": "PZ.1", "operation": "giải thể"}])
    waiting = queries.waiting(boss, row)
    assert waiting.count() == 2
    assert {w.unit.code for w in waiting} == {"PZ"}
    assert Membership.objects.at(ON).count() == 12
    done = actions.place(boss, case=row, rows=[w.pk for w in waiting], unit=world["PZ.2"], on=ON, today=TODAY)
    assert done == 2
    assert not queries.waiting(boss, row).exists()
    assert Membership.objects.at(ON).filter(unit=world["PZ.2"]).count() == 4
    assert Membership.objects.standing().filter(unit=world["PZ"]).count() == 0
    actions.annul(boss, case=queries.case_by_id(boss, row.pk), on=TODAY, reason="thử")
    after = dump()
    for name, found in before.items():
        assert after[name] == found, name
    assert Waiting.objects.filter(case=row).count() == 2


@pytest.mark.parametrize("root", ["PP", "PX", "PY", "PZ", "PX.9", "PX.1", "PY.2"])
def test_members_add_up_in_every_unit_and_no_move_counts_as_a_transfer(boss, world, carry_out, root):
    """DV10–DV16: stock = before + entries − exits; an automatic move is no transfer."""
    carry_out()

    def value(code):
        return reports.value(boss, code, root, "2025").value or 0

    assert [value(code) for code in ("DV10", "DV11", "DV16")] == [0, 0, 0]
    moved = {"PX": (4, 0), "PY": (0, 4), "PX.9": (4, 0), "PX.1": (0, 2)}
    assert (value("DV20"), value("DV21")) == moved.get(root, (0, 0))


def test_a_post_that_goes_on_is_no_appointment_and_nobody_is_relieved(boss, world, carry_out):
    carry_out()
    found = {code: reports.value(boss, code, "P", "2025").value or 0 for code in ("CB02", "CB05", "CB08", "CB21")}
    assert found == {"CB02": 0, "CB05": 0, "CB08": 0, "CB21": 0}
    assert reports.value(boss, "CB21", "P", "2015").value == 12


def test_the_records_are_whole_after_carrying_out_and_after_annulling(boss, world, carry_out):
    row = carry_out()
    assert [check.message for check in checks(TODAY) if not check.ok] == []
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    assert [check.message for check in checks(TODAY) if not check.ok] == []


def test_a_large_move_leaves_the_same_rows_and_every_constraint(boss, world, carry_out, monkeypatch):
    row = carry_out()
    usual = row.totals
    actions.annul(boss, case=row, on=TODAY, reason="thử lại")
    left = dump()
    monkeypatch.setattr("canbo.facts.decisions.actions.rebuilding.LARGE", 1)
    with CaptureQueriesContext(connection) as asked:
        large = carry_out(paper=make.decision("2-QĐ/TU", on=EVE))
    assert any("DROP CONSTRAINT" in query["sql"] for query in asked), "the large way was not taken"
    assert large.totals == usual
    assert [check.message for check in checks(TODAY) if not check.ok] == []
    actions.annul(boss, case=large, on=TODAY, reason="thử lại lần nữa")
    assert {name: len(rows) for name, rows in dump().items()} == {name: len(rows) for name, rows in left.items()}
