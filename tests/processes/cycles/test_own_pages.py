"""The pages of one's own sheet: writing it field by field or whole, handing in, reading how the grade came about."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from canbo.processes.evaluation.choices import State
from canbo.processes.evaluation.models import Event, Sheet
from tests import factories

from .conftest import FULL, at, self_score, sheet_of, work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(world, opened):
    work_of(world["Viên A1"], assigned="5", done="4")
    return sheet_of(opened(world.province), world["Viên A1"])


def whole(sheet, **more):
    return {"lan_luu": sheet.version, **{f"o.score.{key}": value for key, value in FULL.items()}, **more}


def test_a_person_finds_her_sheet_writes_it_and_hands_it_in(world, sheet, as_person):
    mine = as_person(world["Viên A1"])
    assert reverse("evaluation_sheet", args=[sheet.pk]) in mine.get(reverse("evaluation_mine")).content.decode()
    page = mine.get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    assert "Tự chấm điểm" in page
    answer = mine.post(reverse("evaluation_write", args=[sheet.pk]), whole(sheet, lam="nop"))
    assert answer.status_code == 302
    sheet.refresh_from_db()
    assert sheet.state == State.SUBMITTED
    assert sheet.self_scores == FULL
    read = mine.get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    assert "Tự chấm điểm" not in read
    assert "Rút lại để sửa" in read


def test_one_field_is_kept_at_a_time_and_an_old_window_overwrites_nothing(world, sheet, as_person):
    mine, url = as_person(world["Viên A1"]), reverse("evaluation_keep", args=[sheet.pk])
    first = mine.post(url, {"muc": "score.I.1", "gia_tri": "4,5", "lan_luu": sheet.version})
    assert first.json() == {"version": sheet.version + 1}
    stale = mine.post(url, {"muc": "score.I.1", "gia_tri": "1", "lan_luu": sheet.version})
    assert stale.status_code == 409
    sheet.refresh_from_db()
    assert sheet.self_scores == {"I.1": 4.5}


def test_every_fault_is_told_at_once_and_sound_fields_are_kept(world, sheet, as_person):
    mine = as_person(world["Viên A1"])
    values = whole(sheet, lam="nop") | {"o.score.I.1": "7", "o.score.II.1": "abc"}
    answer = mine.post(reverse("evaluation_write", args=[sheet.pk]), values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tiêu chí I.1" in text
    assert "Tiêu chí II.1" in text
    assert 'value="7"' in text
    sheet.refresh_from_db()
    assert sheet.state == State.DRAFT
    assert sheet.self_scores["I.2"] == 5


def test_handing_in_what_was_kept_while_typing_asks_few_questions(
    world, sheet, as_person, django_assert_max_num_queries
):
    mine = as_person(world["Viên A1"])
    mine.post(reverse("evaluation_write", args=[sheet.pk]), whole(sheet))
    sheet.refresh_from_db()
    with django_assert_max_num_queries(18):  # everybody hands in on the same evening
        mine.post(reverse("evaluation_write", args=[sheet.pk]), whole(sheet, lam="nop"))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.version) == (State.SUBMITTED, 3)


def test_what_is_missing_is_named_before_handing_in(world, sheet, as_person):
    answer = as_person(world["Viên A1"]).post(
        reverse("evaluation_write", args=[sheet.pk]), {"lan_luu": sheet.version, "o.score.I.1": "5", "lam": "nop"}
    )
    assert answer.status_code == 422
    assert "Chưa chấm tiêu chí III.4" in answer.content.decode()


def test_the_sheet_says_how_the_points_came_about(world, sheet, as_person):
    self_score(sheet)
    page = as_person(world["Viên A1"]).get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    for words in ("Mức theo điểm", "Mức theo điều kiện", "Công thức đã thay số", "335/2025"):
        assert words in page


def test_colleagues_see_nothing_and_the_superior_reads_without_writing(world, sheet, as_person):
    url = reverse("evaluation_sheet", args=[sheet.pk])
    assert as_person(world["Viên A2"]).get(url).status_code == 404
    assert as_person(world["Viên B1"]).post(reverse("evaluation_keep", args=[sheet.pk])).status_code == 404
    superior = as_person(world["Trưởng A"], "thu_truong", world.a)
    page = superior.get(url)
    assert page.status_code == 200
    assert "Tự chấm điểm" not in page.content.decode()
    kept = superior.post(
        reverse("evaluation_keep", args=[sheet.pk]), {"muc": "score.I.1", "gia_tri": "1", "lan_luu": sheet.version}
    )
    assert kept.status_code == 404
    assert Sheet.objects.get(pk=sheet.pk).self_scores == {}


def test_recalled_explained_and_not_appealed_before_a_result(world, sheet, as_person):
    self_score(sheet)
    mine = as_person(world["Viên A1"])
    assert mine.post(reverse("evaluation_recall", args=[sheet.pk])).status_code == 302
    assert Sheet.objects.get(pk=sheet.pk).state == State.DRAFT
    empty = mine.post(reverse("evaluation_explain", args=[sheet.pk]), {"noi_dung": " "})
    assert empty.status_code == 422
    mine.post(reverse("evaluation_explain", args=[sheet.pk]), {"noi_dung": "Đi công tác đột xuất"})
    assert Event.objects.filter(sheet=sheet, reason="Đi công tác đột xuất").exists()
    refused = mine.post(reverse("evaluation_appeal", args=[sheet.pk]), {"noi_dung": "Xin xem lại"}, follow=True)
    assert "chưa có kết quả" in refused.content.decode()


def test_an_account_without_a_person_is_told_what_to_do(client):
    client.force_login(factories.account("khong-ai"))
    assert "chưa gắn với hồ sơ" in client.get(reverse("evaluation_mine")).content.decode()


def test_the_pages_ask_a_bounded_number_of_questions(world, sheet, as_person, django_assert_max_num_queries):
    for n in range(6):
        work_of(world["Viên A1"], assigned=str(n + 1))
    mine = as_person(world["Viên A1"])
    mine.get(reverse("evaluation_mine"))
    with django_assert_max_num_queries(22):
        mine.get(reverse("evaluation_mine"))
    with django_assert_max_num_queries(40):
        mine.get(reverse("evaluation_sheet", args=[sheet.pk]))


@pytest.fixture
def report(world, opened):
    """A sheet of the year under QĐ 366: its writer makes a review report beside her points."""
    cell = factories.unit("Chi bộ Sở", kind="chi bộ")
    factories.membership(world["Viên A1"], cell)
    cycle = opened(cell, "2026", "qd366-2025", at=at(dt.date(2026, 12, 1)))
    return sheet_of(cycle, world["Viên A1"])


def test_the_parts_of_a_review_report_are_written_field_by_field(report, world, as_person):
    mine, keep = as_person(world["Viên A1"]), reverse("evaluation_keep", args=[report.pk])
    page = mine.get(reverse("evaluation_sheet", args=[report.pk])).content.decode()
    assert "VI. Phương hướng, biện pháp khắc phục" in page
    assert 'name="o.strengths"' not in page, "a report has its own parts for that"
    kept = mine.post(keep, {"muc": "part.plan", "gia_tri": " Giảm hội họp. ", "lan_luu": report.version})
    assert kept.status_code == 200
    report.refresh_from_db()
    assert report.review == {"plan": "Giảm hội họp."}
    wrong = mine.post(keep, {"muc": "part.khong_co", "gia_tri": "x", "lan_luu": report.version})
    assert wrong.status_code == 422
    emptied = mine.post(keep, {"muc": "part.plan", "gia_tri": "", "lan_luu": report.version})
    assert emptied.status_code == 200
    report.refresh_from_db()
    assert report.review == {}


def test_a_monthly_sheet_has_no_review_report(world, sheet, as_person):
    mine = as_person(world["Viên A1"])
    page = mine.get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    assert "Bản kiểm điểm" not in page
    refused = mine.post(
        reverse("evaluation_keep", args=[sheet.pk]), {"muc": "part.plan", "gia_tri": "x", "lan_luu": sheet.version}
    )
    assert refused.status_code == 422
