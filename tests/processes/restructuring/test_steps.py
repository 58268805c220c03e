"""From step to step; who may do what; the decision and the batch under a case are annulled with the case only."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.decisions import actions as ledger
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.restructuring import actions, queries
from canbo.processes.restructuring.models import HandOver, Step
from canbo.readers.exchange.actions import undo_batch

from ... import factories as make
from .conftest import EVE, ON, TODAY

D = dt.date


def codes(error) -> set[str]:
    return {violation.code for violation in error.value.violations}


def test_a_step_is_not_left_out_without_saying_why(boss, world, case):
    found = case()
    with pytest.raises(Refused) as error:
        actions.take_step(boss, case=found, step="trinh", on=D(2025, 6, 1))
    assert codes(error) == {
        "RESTRUCTURE-STEP-DAY", "RESTRUCTURE-STEP-SKIPPED", "RESTRUCTURE-SKIP-REASON", "RESTRUCTURE-PAPER",
    }  # fmt: skip
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án 5-ĐA/TU")
    row = actions.take_step(boss, case=found, step="trinh", on=EVE, paper="Tờ trình 9-TTr/BTC", reason="đã gộp")
    assert row.state == "trinh"
    assert [step.key for step in queries.steps(boss, row)] == ["de_xuat", "de_an", "trinh"]
    offers = queries.next_stages(boss, row, EVE)
    assert [(offer.stage.key, offer.back) for offer in offers][:2] == [("quyet_dinh", False), ("de_xuat", True)]


def test_given_back_the_plan_opens_again(boss, world, case):
    found = case()
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án")
    row = actions.decide(boss, case=found, decision=make.decision("1-QĐ/TU", on=EVE), on=EVE, reason="gấp")
    with pytest.raises(Refused, match="không sửa được"):
        actions.set_rows(boss, case=row, rows=[{"old_code": "X"}])
    with pytest.raises(Refused, match="lý do"):
        actions.take_step(boss, case=row, step="de_an", on=EVE)
    row = actions.take_step(boss, case=row, step="de_an", on=EVE, reason="sửa tên")
    actions.set_rows(boss, case=row, rows=[{"old_code": "Z", "operation": "giải thể"}])
    with pytest.raises(Refused, match="chưa có quyết định"):
        actions.apply(boss, case=row, today=TODAY)


def test_a_withdrawn_case_is_over(boss, world, case):
    found = case()
    with pytest.raises(Refused, match="lý do"):
        actions.withdraw(boss, case=found, on=EVE, reason=" ")
    row = actions.withdraw(boss, case=found, on=EVE, reason="chờ hướng dẫn")
    assert queries.state_label(row) == "Đã rút"
    with pytest.raises(Refused, match="được rút"):
        actions.take_step(boss, case=row, step="de_an", on=EVE, paper="x")


def test_steps_are_never_changed(boss, world, case):
    from django.db import IntegrityError

    found = case()
    with pytest.raises(IntegrityError):
        Step.objects.filter(case=found).update(by="người khác")


@pytest.mark.parametrize(
    ("role", "where", "outcome"),
    [("lanh_dao", "P", None), ("chuyen_vien", "P", NotPermitted), ("nguoi_xem", "P", NotPermitted), ("lanh_dao", "PP", OutOfScope)],
)  # fmt: skip
def test_who_may_decide_and_carry_out(boss, world, case, make_actor, role, where, outcome):
    found = case([{"old_code": "Z", "new_code": "Z", "new_name": "Xã Cần Mới"}], scope=world["P"])
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án")
    actor = make_actor(role, world[where])
    paper = make.decision("1-QĐ/TU", on=EVE)
    if outcome is None:
        actions.decide(actor, case=found, decision=paper, on=EVE, reason="thử")
        row = actions.apply(actor, case=queries.case_by_id(actor, found.pk), today=TODAY)
        assert row.applied
        return
    with pytest.raises(outcome):
        actions.decide(actor, case=found, decision=paper, on=EVE, reason="thử")


def test_a_case_outside_the_reach_does_not_exist(boss, world, case, make_actor):
    found = case(scope=world["P"])
    outsider = make_actor("lanh_dao", world["PP"])
    assert not queries.cases(outsider, ON).exists()
    with pytest.raises(OutOfScope):
        queries.case_by_id(outsider, found.pk)
    assert list(queries.cases(make_actor("lanh_dao", world["P"]), ON)) == [found]


def test_the_decision_and_the_batch_are_taken_back_with_the_case_only(boss, world, carry_out):
    row = carry_out()
    with pytest.raises(Refused, match="Hủy đợt sắp xếp"):
        ledger.annul(boss, decision=row.decision, on=TODAY, reason="thử")
    with pytest.raises(Refused, match="trang Sắp xếp tổ chức"):
        undo_batch(boss, batch=row.batch, on=TODAY, reason="thử")
    actions.annul(boss, case=row, on=TODAY, reason="thử")
    ledger.annul(boss, decision=row.decision, on=TODAY, reason="thử")
    with pytest.raises(Refused, match="đã bị hủy"):
        actions.annul(boss, case=row, on=TODAY, reason="lần nữa")


def test_handing_over_is_ticked_off(boss, world, carry_out):
    row = carry_out()
    actions.hand_over(boss, case=row, unit=world["UY"], asset="con_dau", on=TODAY, note="Biên bản 1")
    actions.hand_over(boss, case=row, unit=world["UY"], asset="con_dau", on=TODAY, note="Biên bản 2")
    assert [h.note for h in queries.hand_overs(boss, row)] == ["Biên bản 2"]
    actions.hand_over(boss, case=row, unit=world["UY"], asset="con_dau", on=TODAY, done=False)
    assert not HandOver.objects.exists()
    row = actions.take_step(boss, case=row, step="hoan_thanh", on=TODAY, paper="Báo cáo 3-BC/TU")
    assert queries.state_label(row) == "Hoàn thành, báo cáo"
