"""Collectives, heads not above their bodies, Party members at their cell, points suggested from above, order of steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.processes.evaluation import actions, queries
from canbo.processes.evaluation.models import Cycle, Finding, NotGraded, Sheet
from tests import factories

from .conftest import World, at, person_actor, sheet_of, work_of
from .test_steps import codes

D = dt.date
Open = Callable[..., Cycle]
DECEMBER = at(D(2026, 12, 10))
PARTY = "qd366-2025"


def test_the_head_waits_for_the_body_and_is_not_above_it(world: World, opened: Open):
    """NĐ 335, Điều 20: the head's grade is not above the body's; the body is decided first."""
    cycle = opened(world.province, "2026", collectives=True, at=DECEMBER)
    body, head = Sheet.objects.get(cycle=cycle, collective=world.body), sheet_of(cycle, world["Giám đốc"])
    situation = {s.pk: found for s, found in queries.situations(cycle, [head], D(2026, 12, 10))}[head.pk]
    assert situation.known.facts["unit_grade"] is None
    Sheet.objects.filter(pk=body.pk).update(grade="HT", state="decided")
    situation = {s.pk: found for s, found in queries.situations(cycle, [head], D(2026, 12, 10))}[head.pk]
    assert situation.known.facts["unit_grade"] == "HT"


def test_the_body_waits_for_those_below_it(world: World, opened: Open):
    """NĐ 335, Điều 6 to 9: the lower is recognised before the higher."""
    cycle = opened(world.province, "2026", collectives=True, people=False, at=DECEMBER)
    top, body = (Sheet.objects.get(cycle=cycle, collective=unit) for unit in (world.province, world.body))

    def failed() -> object:
        return next(f for _, f in queries.situations(cycle, [top], D(2026, 12, 10))).known.facts["subunits_failed"]

    assert failed() is None
    Sheet.objects.filter(pk=body.pk).update(grade="KHT", state="decided")
    assert failed() == 1


def test_the_head_writes_for_the_collective_and_does_not_decide_on_it(world: World, opened: Open):
    cycle = opened(world.province, "2026", collectives=True, people=False, at=DECEMBER)
    sheet = Sheet.objects.get(cycle=cycle, collective=world.body)
    director = person_actor(world["Giám đốc"], "evaluation.decide")
    saved = actions.save_self(director, sheet=sheet, version=1, field="strengths", value="Hoàn thành kế hoạch.")
    assert saved.strengths
    Sheet.objects.filter(pk=sheet.pk).update(state="scored")
    with pytest.raises(Refused) as caught:
        actions.decide(director, rows=[actions.Verdict(sheet.pk, saved.version, "HTT", "x")], at=DECEMBER)
    assert codes(caught) == ["EVAL-OWN"]
    with pytest.raises(OutOfScope):
        actions.save_self(person_actor(world["Phó giám đốc"]), sheet=sheet, version=2, field="strengths", value="x")


@pytest.fixture
def cell(world: World) -> World:
    """A Party committee with one cell: its secretary, a member, a candidate of five months."""
    committee = factories.unit("Đảng bộ Sở Nội vụ", kind="đảng bộ cơ sở", code="DBSNV")
    cell = factories.unit("Chi bộ 1", committee, kind="chi bộ", code="CB1")
    world.people["Bí thư đảng ủy"] = factories.person("Bí thư đảng ủy", committee)
    world.people["Bí thư chi bộ"] = factories.person("Bí thư chi bộ", cell)
    for name, unit in (("Bí thư đảng ủy", committee), ("Bí thư chi bộ", cell)):
        factories.assignment(world[name], unit, "Bí thư")
        factories.membership(world[name], cell)
    for name, since in (("Đảng viên", D(2020, 1, 1)), ("Đảng viên mới", D(2026, 8, 1))):
        world.people[name] = factories.person(name, cell)
        factories.membership(world[name], cell, since)
    world.body = committee
    return world


def test_members_are_graded_at_their_cell(cell: World, opened: Open):
    """QĐ 366, Điều 5: members at their cell; admitted under six months: not graded, and said so; leaders by their post."""
    cycle = opened(cell.body, "2026", PARTY, at=DECEMBER)
    member = sheet_of(cycle, cell["Đảng viên"])
    assert (member.unit.code, member.superior, member.decider) == ("CB1", cell["Bí thư chi bộ"], cell["Bí thư đảng ủy"])
    assert member.body == cell.body
    assert sheet_of(cycle, cell["Bí thư chi bộ"]).superior == cell["Bí thư đảng ủy"]
    left = NotGraded.objects.get(cycle=cycle)
    assert left.person == cell["Đảng viên mới"]
    assert left.source


def test_every_suggested_point_is_answered_before_handing_in(cell: World, opened: Open, manager: Actor):
    """HD 43, mục 2: section IV of the forms answers every point suggested from above."""
    cycle = opened(cell.body, "2026", PARTY, at=DECEMBER)
    who = cell["Đảng viên"]
    sheet = sheet_of(cycle, who)
    points = [
        actions.suggest(manager, cycle=cycle, subject=who, text=text, issuer="Ban Thường vụ Đảng ủy", at=DECEMBER)
        for text in ("Việc chấp hành quy chế.", "Đơn thư phản ánh.")
    ]
    me = person_actor(who)
    actions.answer_suggestion(me, suggestion=points[0], answer="Đã khắc phục.", at=DECEMBER)
    with pytest.raises(Refused) as caught:
        actions.submit_self(me, sheet=sheet, version=sheet.version, at=DECEMBER)
    open_ = [v for v in caught.value.violations if v.code == "EVAL-SUGGESTION"]
    assert [v.field for v in open_] == [f"{sheet.pk}.suggestion.{points[1].pk}"]
    with pytest.raises(OutOfScope):
        actions.answer_suggestion(person_actor(cell["Bí thư chi bộ"]), suggestion=points[1], answer="x", at=DECEMBER)


def test_civil_servants_are_graded_before_party_members(world: World, opened: Open):
    """NĐ 335, Điều 19 and 23."""
    cell = factories.unit("Chi bộ Sở", kind="chi bộ")
    factories.membership(world["Viên A1"], cell)
    opened(world.province, "2026", at=DECEMBER)
    party = opened(cell, "2026", PARTY, at=DECEMBER)
    sheet = sheet_of(party, world["Viên A1"])
    assert [v.code for v in queries.order_faults(party, [sheet])] == ["EVAL-ORDER"]
    Sheet.objects.filter(person=world["Viên A1"]).exclude(cycle=party).update(state="decided")
    assert queries.order_faults(party, [sheet]) == []


def test_findings_count_once_and_where_they_happened(world: World, opened: Open, manager: Actor):
    """NĐ 335, Điều 11: one act counts once; an act at another unit counts in the result of that unit."""
    who, elsewhere = world["Viên A1"], factories.unit("Sở Tài chính", world.province, kind="sở", shelf="nha_nuoc")
    given = {"fact": "finding_degeneration", "value": True, "on": D(2026, 3, 1), "record": "Kết luận 5-KL/UBKT"}
    actions.record_finding(manager, subject=who, at=DECEMBER, at_unit=elsewhere, **given)
    with pytest.raises(Refused) as caught:
        actions.record_finding(manager, subject=who, at=DECEMBER, **{**given, "on": D(2025, 12, 1)})
    assert codes(caught) == ["EVAL-ONCE"]
    cycle = opened(world.province)
    sheet = sheet_of(cycle, who)
    known = next(f for _, f in queries.situations(cycle, [sheet], D(2026, 7, 27))).known
    assert "finding_degeneration" not in known.facts
    actions.record_finding(
        manager, subject=who, at=DECEMBER, at_unit=world.a, **{**given, "record": "Kết luận 6-KL/UBKT"}
    )
    known = next(f for _, f in queries.situations(cycle, [sheet], D(2026, 7, 27))).known
    assert known.facts["finding_degeneration"] is True
    assert known.records["finding_degeneration"] == "Kết luận 6-KL/UBKT, ngày 01/03/2026"


def test_nobody_records_findings_on_herself(world: World, manager: Actor):
    me = person_actor(world["Viên A1"], "evaluation.manage")
    with pytest.raises(Refused) as caught:
        actions.record_finding(
            me, subject=world["Viên A1"], fact="prior_defects", value=0, on=D(2026, 3, 1), record="x", at=DECEMBER
        )
    assert codes(caught) == ["EVAL-OWN"]
    with pytest.raises(Refused) as caught:
        actions.record_finding(
            manager, subject=world["Viên A1"], fact="khac", value=0, on=D(2026, 3, 1), record=" ", at=DECEMBER
        )
    assert codes(caught) == ["EVAL-FACT", "EVAL-RECORD"]
    assert not Finding.objects.exists()


def test_the_two_ways_of_summing_agree(world: World, opened: Open):
    """Lines handed to the engine and the one statement over everybody come to the same sums."""
    from canbo.processes.evaluation import rules

    cycle = opened(world.province)
    who, on = world["Viên A1"], D(2026, 8, 3)
    for more in (
        {},
        {"done": "0", "failed": True},
        {"quality_fails": 2, "excused_fails": 1},
        {"delays": 5, "late": True},
        {"ad_hoc": True, "exceeded": True},
        {"taken_over": True},
        {"handed_back": True, "done": "0.5"},
        {"closed": False, "done": "0", "state": "open"},
        {"coef": None},
        {"voided": True},
        {"delays": 2, "excused_delays": 2, "late_days": 6, "excused_days": 6},
        {"counts_on": D(2026, 8, 1)},
    ):
        work_of(who, assigned="2", **{"done": "2", **more})
    book = queries.book_of(cycle)
    lines = queries.task_lines(book, [who.pk], cycle.first, cycle.last, on)[who.pk]
    assert len(lines) == 9
    assert queries.totals(book, cycle.first, cycle.last, on, persons=[who.pk])[who.pk] == rules.totals_of(lines, book)
    assert queries.totals(book, cycle.first, cycle.last, on)[who.pk] == rules.totals_of(lines, book)


def test_the_year_2025_opens_under_the_text_of_august_its_early_quarters_do_not(cell: World, opened: Open):
    """CV 10072-CV/BTCTW of 06/11/2025: year-end 2025 by QĐ 366; a quarter goes by its own first day."""
    when = at(D(2025, 11, 20))
    cycle = opened(cell.province, "2025", rulebook=PARTY, at=when)
    assert (cycle.first, cycle.sheets.count() > 0) == (D(2025, 1, 1), True)
    for early in ("2025-Q1", "2025-Q3"):
        with pytest.raises(Refused) as caught:
            opened(cell.province, early, rulebook=PARTY, at=when)
        assert codes(caught) == ["EVAL-PERIOD"]
