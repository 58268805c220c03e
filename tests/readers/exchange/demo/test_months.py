"""The months of the sample's department: told through the actions, on whatever day the demonstration is loaded."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.access.models import AccountPerson
from canbo.facts.work.models import Share
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.dates import add_months
from canbo.foundation.kernel.workdays import next_working
from canbo.processes.evaluation import queries
from canbo.processes.evaluation.choices import Stage, State
from canbo.processes.evaluation.models import Cycle, Result, Sheet
from canbo.processes.restructuring import queries as restructuring
from canbo.processes.restructuring.models import Restructuring
from canbo.readers.desk.integrity import checks
from canbo.readers.exchange.actions import load_book
from canbo.readers.exchange.commands import demo
from canbo.readers.exchange.demo.acts import live, propose, somebody
from canbo.readers.exchange.demo.cases import CASES
from canbo.readers.exchange.loader.plan import Terms
from tests import factories

pytestmark = pytest.mark.django_db
CASE = CASES["tinh-mau"]


@pytest.mark.parametrize("day", [dt.date(2026, 11, 27), dt.date(2026, 2, 1), dt.date(2027, 1, 4)])
def test_months_that_are_over_are_closed_and_the_present_one_is_under_way(day: dt.date):
    actor = operator("thử")
    for book in CASE.books(300, today=day):
        findings, batch = load_book(actor, book, terms=Terms(day, True, "thử"))
        assert batch is not None, findings.faults[:3]
    told = live(actor, CASE.state_root, day)
    assert told is not None
    this = day.replace(day=1)
    months = [month for month in (add_months(this, -n) for n in (3, 2, 1)) if month >= dt.date(2026, 1, 1)]
    over = [month for month in months if next_working(add_months(month, 1)) <= day]
    assert [c.first for c in Cycle.objects.filter(stage=Stage.CLOSED).order_by("first")] == over
    assert Cycle.objects.exclude(stage=Stage.CLOSED).latest("first").first == this
    for cycle in Cycle.objects.filter(stage=Stage.CLOSED):
        sheets = Sheet.objects.filter(cycle=cycle)
        assert sheets.exclude(state=State.CLOSED).count() == 0
        assert Result.objects.filter(cycle=cycle).exclude(grade="").count() == sheets.exclude(grade="").count() > 20
        assert all(group.kept for group in queries.caps(cycle))
        grades = set(sheets.values_list("grade", flat=True))
        assert len(grades) > 1, "everybody alike is no example"
    kinds = set(Share.objects.filter(counts_on__lt=this).values_list("state", flat=True))
    assert kinds == {"accepted", "failed"}
    assert somebody(told) in told.teams[-1].members
    assert [check.message for check in checks(day) if not check.ok] == []


def test_a_province_without_the_department_has_no_such_months():
    assert live(operator("thử"), "98", dt.date(2026, 11, 27)) is None
    assert not Cycle.objects.exists()


def test_the_director_and_one_of_her_people_get_accounts_of_their_own(capsys: pytest.CaptureFixture[str]):
    parser = demo.argparse.ArgumentParser()
    demo.configure(parser)
    assert demo.run(parser.parse_args(["--case", "tinh-mau", "--size", "300"])) == 0
    linked = {row.user.username: row.person_id for row in AccountPerson.objects.select_related("user")}
    assert set(linked) == {"thutruong", "canhan"}
    deciding = Sheet.objects.filter(decider=linked["thutruong"], cycle__stage=Stage.OPEN)
    assert deciding.filter(person=linked["canhan"]).exists()
    assert "thutruong" in capsys.readouterr().out


def test_a_plan_is_being_prepared_and_could_be_decided_upon():
    day, actor = dt.date(2026, 11, 27), operator("thử")
    root = factories.unit("Tỉnh Mẫu", code="98", kind="tỉnh", shelf="nha_nuoc")
    for letters, name in (("SCT", "Sở Công Thương"), ("SKH", "Sở Khoa học và Công nghệ")):
        factories.unit(f"{name} Tỉnh Mẫu", root, code=f"98.{letters}", kind="sở", shelf="nha_nuoc")
    propose(actor, "98", day)
    case = Restructuring.objects.get()
    plan = restructuring.prepare(restructuring.lines_of(case)).plan
    assert plan.ready
    assert [closing.code for closing in plan.closings] == ["98.SKH"]
    assert case.on == dt.date(2027, 1, 1)


def test_a_province_without_both_departments_has_no_plan():
    propose(operator("thử"), "98", dt.date(2026, 11, 27))
    assert not Restructuring.objects.exists()
