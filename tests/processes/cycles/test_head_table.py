"""The head's table: everybody at once, refusals row by row, one sheet in full, nobody's own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from canbo.processes.evaluation.choices import State
from canbo.processes.evaluation.models import Sheet

from .conftest import self_score, sheet_of, work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(world, opened):
    for n in (1, 2, 3):
        work_of(world[f"Viên A{n}"], assigned="5", done="5")
    found = opened(world.province)
    for n in (1, 2):
        self_score(sheet_of(found, world[f"Viên A{n}"]))
    return found


def body(cycle, who, names, world, **more):
    sheets = [sheet_of(cycle, world[name]) for name in names]
    values = {"chon": [str(s.pk) for s in sheets]} | more
    return values | {f"p.{s.pk}.lan_luu": s.version for s in sheets}


def test_a_head_confirms_all_who_are_complete_with_one_reason(world, cycle, as_person):
    head, url = as_person(world["Trưởng A"], "thu_truong", world.a), reverse("evaluation_table", args=[cycle.pk])
    assert head.get(reverse("evaluation_tables")).url == url
    page = head.get(url).content.decode()
    for name in ("Viên A1", "Viên A2", "Viên A3"):
        assert name in page
    assert "Trưởng A</a>" not in page
    names = ["Viên A1", "Viên A2"]
    refused = head.post(url, body(cycle, "Trưởng A", names, world, lam="nhan-xet"))
    assert refused.status_code == 422  # full marks for everybody without a word of why
    assert Sheet.objects.filter(cycle=cycle, state=State.SCORED).count() == 0
    done = head.post(url, body(cycle, "Trưởng A", names, world, lam="nhan-xet", ly_do_chung="Cả hai hoàn thành sớm"))
    assert done.status_code == 302
    assert Sheet.objects.filter(cycle=cycle, state=State.SCORED).count() == 2


def test_refusals_name_the_row_and_nothing_typed_is_lost(world, cycle, as_person):
    head, url = as_person(world["Trưởng A"], "thu_truong", world.a), reverse("evaluation_table", args=[cycle.pk])
    late = sheet_of(cycle, world["Viên A3"])
    values = body(cycle, "Trưởng A", ["Viên A1", "Viên A3"], world, lam="nhan-xet", ly_do_chung="Đều tốt")
    values[f"p.{late.pk}.nhan_xet"] = "Chưa thấy nộp"
    answer = head.post(url, values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"#d-{late.pk}" in text
    assert "Chưa thấy nộp" in text
    assert Sheet.objects.filter(cycle=cycle, state=State.SCORED).count() == 0


def test_one_sheet_is_scored_by_criterion_and_given_back(world, cycle, as_person):
    head, sheet = as_person(world["Trưởng A"], "thu_truong", world.a), sheet_of(cycle, world["Viên A1"])
    page = head.get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    assert "Nhận xét, chấm điểm" in page
    given = {f"d.{key}": str(value).replace(".", ",") for key, value in sheet.self_scores.items()} | {"d.I.1": "4,5"}
    sent = {"lan_luu": sheet.version, "nhan_xet": "Còn chậm báo cáo", **given}
    assert head.post(reverse("evaluation_review", args=[sheet.pk]), sent).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, sheet.scores["I.1"]) == (State.SCORED, 4.5)
    too_much = head.post(reverse("evaluation_review", args=[sheet.pk]), sent | {"lan_luu": sheet.version, "d.I.1": "9"})
    assert too_much.status_code == 422
    assert 'value="9"' in too_much.content.decode()
    other = sheet_of(cycle, world["Viên A2"])
    assert head.post(reverse("evaluation_give_back", args=[other.pk]), {"ly_do": "Bổ sung hạn chế"}).status_code == 302
    other.refresh_from_db()
    assert other.state == State.DRAFT


def test_nobody_sees_a_table_of_people_who_are_not_hers(world, cycle, as_person):
    url = reverse("evaluation_table", args=[cycle.pk])
    assert as_person(world["Viên A1"]).get(url).status_code == 404
    own = sheet_of(cycle, world["Trưởng A"])
    me = as_person(world["Trưởng A"], "thu_truong", world.a)
    assert me.post(reverse("evaluation_review", args=[own.pk]), {"lan_luu": own.version}).status_code == 422
    assert sheet_of(cycle, world["Trưởng A"]).state == State.DRAFT


def test_the_table_asks_the_same_number_of_questions_however_many_there_are(
    world,
    cycle,
    as_person,
    django_assert_max_num_queries,
):
    head = as_person(world["Giám đốc"], "thu_truong", world.body)
    url = reverse("evaluation_table", args=[cycle.pk])
    head.get(url)
    with django_assert_max_num_queries(40):
        assert head.get(url).status_code == 200
