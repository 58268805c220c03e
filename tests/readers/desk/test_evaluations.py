"""What an evaluation puts on the desk: of the person, her superior, who decides, the advising body."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from canbo.processes.evaluation.models import Deadline, Result
from tests.processes.cycles.conftest import (  # noqa: F401
    FULL,
    as_person,
    at,
    decided,
    manager,
    opened,
    scored,
    self_score,
    sheet_of,
    work_of,
    world,
)

pytestmark = pytest.mark.django_db
D = dt.date


def desk(client):
    return client.get(reverse("desk")).content.decode()


def test_each_finds_her_step_with_its_day(world, opened, as_person):  # noqa: F811
    cycle = opened(world.a)
    Deadline.objects.create(cycle=cycle, step="self", on=D(2026, 7, 25), set_at=at(D(2026, 7, 1)), set_by="thử")
    one, two = sheet_of(cycle, world["Viên A1"]), sheet_of(cycle, world["Viên A2"])
    work_of(world["Viên A1"])
    mine = desk(as_person(world["Viên A2"]))
    assert "Tự đánh giá tháng 07/2026" in mine
    assert "quá hạn" in mine
    assert reverse("evaluation_sheet", args=[two.pk]) in mine
    self_score(one)
    head = desk(as_person(world["Trưởng A"]))
    assert "Nhận xét, chấm điểm tháng 07/2026" in head
    assert reverse("evaluation_table", args=[cycle.pk]) in head
    assert "Đánh giá, xếp loại" not in desk(as_person(world["Viên B1"]))


def test_the_advising_body_the_decider_and_appeals(world, opened, as_person, manager):  # noqa: F811
    from canbo.processes.evaluation import actions
    from tests.processes.cycles.conftest import person_actor

    cycle = opened(world.b)
    for name in ("Viên B1", "Lái xe", "Trưởng B"):
        work_of(world[name])
        judged = {"d": 100, "dd": 100, "e": 100} if name == "Trưởng B" else None
        if name == "Lái xe":
            continue
        sheet = scored(sheet_of(cycle, world[name]), judged, {**FULL, "I.1": 1})
    clerk = as_person(world["Phó A"], "chuyen_vien", world.province)
    assert reverse("evaluation_advice", args=[cycle.pk]) in desk(clerk)
    sheet = sheet_of(cycle, world["Viên B1"])
    decider = as_person(sheet.decider, "thu_truong", world.province)
    assert "Quyết định xếp loại tháng 07/2026" in desk(decider)
    decided(sheet, "HTT", "Ngoài tỷ lệ.")
    result = Result.objects.create(
        sheet=sheet, cycle=cycle, person=world["Viên B1"], rulebook=cycle.rulebook, rulebook_version="thử",
        period=cycle.period, unit=world.b, grade="HTT", decided_on=D(2026, 8, 1), decided_by="thử", recorded_at=at(D(2026, 8, 1)),
    )  # fmt: skip
    me = person_actor(world["Viên B1"])
    actions.file_appeal(me, result=result, text="Xin xem lại.", on=D(2026, 8, 4), at=at(D(2026, 8, 4)))
    assert "Trả lời kiến nghị của Viên B1" in desk(decider)
    assert "Trả lời kiến nghị" not in desk(clerk)


def test_the_desk_asks_the_same_number_of_questions_however_many_wait(world, opened, as_person):  # noqa: F811
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cycle = opened(world.a)
    head = as_person(world["Trưởng A"])
    counted = []
    desk(head)
    for names in (("Viên A1",), ("Viên A2", "Viên A3")):
        for name in names:
            work_of(world[name])
            self_score(sheet_of(cycle, world[name]))
        with CaptureQueriesContext(connection) as asked:
            desk(head)
        counted.append(len(asked))
    assert counted[0] == counted[1]
