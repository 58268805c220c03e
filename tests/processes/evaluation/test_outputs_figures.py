"""Figures of the statistics counted by hand, each with its rows; what is sent again after a correction."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from canbo.facts.people.models import Discipline
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused
from canbo.processes.evaluation.actions import sendings as actions
from canbo.processes.evaluation.models import Result
from canbo.processes.evaluation.queries import outputs
from canbo.processes.evaluation.queries.outputs import sendings as sent
from canbo.processes.evaluation.queries.outputs import statistics
from canbo.processes.evaluation.queries.outputs.behind import behind
from canbo.processes.evaluation.queries.outputs.capping import at_cap
from canbo.processes.evaluation.queries.outputs.signs import bodies

from ... import factories
from . import world

pytestmark = pytest.mark.django_db
BOSS = operator("thử")
PARTY = "qd366-2025"


@pytest.fixture
def year(shipped_rules):
    """Twelve people of one body graded by the State for 2026: two at the top, which is the cap; four by the Party too."""
    root = factories.unit("Sở Nội vụ", kind="Sở")
    unit = factories.unit("Phòng Một", root, kind="Phòng")
    state, party = world.cycle(root, "2026"), world.cycle(root, "2026", PARTY)
    people = [factories.person(f"Lò Văn {chr(65 + n)}", unit) for n in range(12)]
    for n, who in enumerate(people):
        grade = "HTXS" if n < 2 else "KHT" if n == 11 else "HTT"
        world.graded(
            state, who, unit, grade, str(95 - n), body=root, common=30 if n < 3 else 20,
            self_grade=grade, self_scores={"I.1": 5}, scores={"I.1": 5 if n < 6 else 4},
        )  # fmt: skip
    for who, grade in zip(people[:4], ("HTXS", "HTT", "HTT", "HT"), strict=True):
        world.graded(party, who, unit, grade, "80", body=root)
    Discipline.objects.create(
        person=people[5], form="Khiển trách", in_force=factories.period(dt.date(2026, 5, 1)), since=dt.date(2026, 5, 1)
    )
    Discipline.objects.create(
        person=people[6],
        form="Khiển trách",
        in_force=factories.period(dt.date(2025, 12, 31)),
        since=dt.date(2025, 12, 31),
    )
    return {"root": root, "unit": unit, "state": state, "party": party, "people": people}


def rows(chosen, **asked):
    return behind(chosen, asked).count()


def test_every_count_is_the_number_of_its_rows(year):
    chosen = outputs.chosen(BOSS, world.CODE, "2026")
    counts = statistics.whole(chosen)
    assert {key: counts.of(key) for key, _ in chosen.grades} == {"HTXS": 2, "HTT": 9, "HT": 0, "KHT": 1}
    for key, _ in chosen.grades:
        assert rows(chosen, muc=key) == counts.of(key)
    (group,) = statistics.by_group(chosen)
    assert (group.key, group.total, rows(chosen, nhom="non_leader")) == ("non_leader", 12, 12)
    (part,) = statistics.by_unit(chosen)
    assert (part.label, part.total, rows(chosen, phan=part.key)) == ("Phòng Một", 12, 12)


def test_tracks_are_compared_person_by_person(year):
    chosen = outputs.chosen(BOSS, world.CODE, "2026")
    found = statistics.tracks(chosen)
    assert found == [
        (PARTY, "HTT", "HT", 1), (PARTY, "HTT", "HTT", 1), (PARTY, "HTXS", "HTT", 1), (PARTY, "HTXS", "HTXS", 1)
    ]  # fmt: skip
    assert rows(chosen, muc="HTXS", khac=PARTY, muc_khac="HTT") == 1


def test_only_discipline_begun_in_the_period_is_set_beside_grades(year):
    chosen = outputs.chosen(BOSS, world.CODE, "2026")
    assert statistics.disciplined(chosen) == {"HTT": 1}
    assert rows(chosen, ky_luat="1") == 1


def test_figures_of_formality(year):
    chosen = outputs.chosen(BOSS, world.CODE, "2026")
    (body,) = bodies(chosen, at_cap(chosen))
    assert (body.graded, body.identical, body.unchanged) == (12, 1, 6)
    assert rows(chosen, dau_hieu="unchanged", co_quan=str(body.key)) == 6
    assert rows(chosen, dau_hieu="identical", diem="95.0") == 1
    assert body.capped is False, "twelve people allow one more: floor(11/6) is one, two are used"


def replaced(old: Result, grade: str) -> Result:
    Result.objects.filter(pk=old.pk).update(replaced_on=dt.date(2026, 12, 28), replaced_why="khiếu nại đúng")
    return world.result(old.sheet, grade, "60", dt.date(2026, 12, 28))


def test_a_correction_counts_as_it_stands_and_the_old_one_is_found(year):
    world.close(year["state"])
    old = Result.objects.get(person=year["people"][0], rulebook=world.CODE)
    replaced(old, "HT")
    chosen = outputs.chosen(BOSS, world.CODE, "2026")
    assert statistics.whole(chosen).of("HT") == 1
    assert statistics.regraded(chosen) == 1
    assert rows(chosen, thay="1") == 1
    line = outputs.line_of(old.sheet)
    assert (line.grade, line.total) == ("HT", Decimal(60))


def test_after_a_correction_only_the_changed_row_is_sent_again(year):
    world.close(year["state"])
    first = actions.make_sending(BOSS, cycle=year["state"], under=year["root"], at=now())
    assert (first.rows, first.changed) == (12, 0)
    before = actions.content(first)
    replaced(Result.objects.get(person=year["people"][0], rulebook=world.CODE), "HT")
    (waiting,) = [one for one in sent.pending(BOSS) if one.cycle == year["state"]]
    assert (waiting.number, waiting.changed, waiting.due_on) == (1, 1, dt.date(2027, 1, 2))
    assert waiting.overdue(dt.date(2027, 1, 3))
    assert not waiting.overdue(dt.date(2027, 1, 2))
    second = actions.make_sending(BOSS, cycle=year["state"], under=year["root"], at=now())
    assert (second.rows, second.changed) == (1, 1)
    assert actions.content(second).decode().splitlines()[1].endswith(",HT,2026-12-28,sửa đổi")
    assert actions.content(first) == before, "what was made before stays byte for byte"


def test_a_dropped_file_frees_its_rows_and_a_sent_one_does_not(year):
    world.close(year["state"])
    first = actions.make_sending(BOSS, cycle=year["state"], under=year["root"], at=now())
    with pytest.raises(Refused, match="lý do"):
        actions.drop_sending(BOSS, sending=first, reason=" ")
    actions.drop_sending(BOSS, sending=first, reason="nhầm phạm vi")
    again = actions.make_sending(BOSS, cycle=year["state"], under=year["root"], at=now())
    assert again.rows == 12
    actions.record_sent(BOSS, sending=again, on=dt.date.today(), to="Bộ Nội vụ")
    with pytest.raises(Refused, match="đã ghi là gửi"):
        actions.drop_sending(BOSS, sending=again, reason="muộn")
    with pytest.raises(Refused, match="Không có kết quả nào"):
        actions.make_sending(BOSS, cycle=year["state"], under=year["root"], at=now())


def test_who_may_make_files(year, make_actor):
    world.close(year["state"])
    with pytest.raises(NotPermitted):
        actions.make_sending(make_actor("lanh_dao", year["root"]), cycle=year["state"], under=year["root"], at=now())
    with pytest.raises((NotPermitted, OutOfScope)):
        actions.make_sending(make_actor("chuyen_vien", year["unit"]), cycle=year["state"], under=year["root"], at=now())
    made = actions.make_sending(
        make_actor("chuyen_vien", year["unit"]), cycle=year["state"], under=year["unit"], at=now()
    )
    assert made.rows == 12


def test_rules_before_the_duty_ask_for_no_sending(shipped_rules):
    root = factories.unit("Sở Nội vụ", kind="Sở")
    old = world.cycle(root, "2025", "qd366-2025")
    world.graded(old, factories.person("Lò Văn A", root), root, "HTT")
    assert sent.pending(BOSS) == []
