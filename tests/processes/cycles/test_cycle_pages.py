"""Pages of a cycle: opening by typed period, leading it along, lists of sheets, closing with every refusal at once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from canbo.foundation.jobs.choices import WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.processes.evaluation import actions, queries
from canbo.processes.evaluation.choices import Stage
from canbo.processes.evaluation.models import Cycle, Deadline, Sheet
from canbo.processes.evaluation.rules.typed_period import typed_period
from tests import factories

from .conftest import BOOK, FULL, at, decided, ledger, scored, sheet_of, work_of

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture
def clerk(world, client):
    """The specialist of the organisation board, over the whole province."""
    client.force_login(factories.account("cv", "chuyen_vien", world.province))
    return client


@pytest.fixture
def division(world, opened):
    """A cycle of one division, everybody decided."""
    cycle = opened(world.a)
    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        work_of(world[name])
        leads = name in ("Phó A", "Trưởng A")
        scores = FULL if name == "Viên A1" else {**FULL, "I.1": 1}
        sheet = scored(sheet_of(cycle, world[name]), {"d": 100, "dd": 100, "e": 100} if leads else None, scores)
        decided(sheet, "HTT", "Ngoài tỷ lệ.")
    return cycle


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("07/2026", "2026-07"),
        ("tháng 7 năm 2026", "2026-07"),
        ("Tháng 7/2026", "2026-07"),
        ("quý III/2026", "2026-Q3"),
        ("Quý 3 năm 2026", "2026-Q3"),
        ("Q4/2026", "2026-Q4"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("năm 2026", "2026"),
        ("2026", "2026"),
        ("2026-07", "2026-07"),
        ("2026-q3", "2026-Q3"),
    ],
)
def test_periods_are_read_as_people_write_them(typed, code):
    assert typed_period(typed).code == code


@pytest.mark.parametrize("typed", ["13/2026", "quý V/2026", "tháng này", "7", ""])
def test_other_words_are_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="quý III/2026"):
        typed_period(typed)


def asked(unit, **more):
    return {"period": "07/2026", "unit": unit.code, "rulebook": BOOK, "people": "on", **more}


def test_an_empty_house_invites(world, clerk):
    text = clerk.get(reverse("evaluation_cycles")).content.decode()
    assert "Chưa có kỳ đánh giá nào" in text
    assert reverse("evaluation_open") in text


def test_a_cycle_is_opened_and_shown(world, clerk):
    answer = clerk.post(reverse("evaluation_open"), asked(world.a))
    cycle = Cycle.objects.get()
    assert answer.headers["Location"] == reverse("evaluation_cycle", args=[cycle.pk])
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "tháng 07/2026" in page
    assert "Chờ tự đánh giá" in page
    assert "Hạn các bước" in page
    assert Sheet.objects.filter(cycle=cycle).count() == 5
    listed = clerk.get(reverse("evaluation_cycles")).content.decode()
    assert "Tháng 07/2026" in listed


def test_refusals_stand_beside_their_fields(world, clerk):
    wrong = clerk.post(reverse("evaluation_open"), {"period": "hôm nay", "unit": "KHONG", "rulebook": "?"})
    text = wrong.content.decode()
    assert wrong.status_code == 422
    assert "Không có đơn vị mã KHONG trong phạm vi của bạn" in text
    assert "không đọc được" in text
    clerk.post(reverse("evaluation_open"), asked(world.a))
    twice = clerk.post(reverse("evaluation_open"), asked(world.a)).content.decode()
    assert "đã được mở cho Phòng Tổ chức" in twice
    nobody = clerk.post(reverse("evaluation_open"), {**asked(world.b), "people": ""}).content.decode()
    assert "Chưa chọn đánh giá cá nhân hay tập thể" in nobody
    early = clerk.post(reverse("evaluation_open"), asked(world.b, period="07/2020")).content.decode()
    assert "không có hiệu lực ngày 01/07/2020" in early
    assert Cycle.objects.count() == 1


def test_a_large_scope_is_opened_and_closed_in_the_background(world, clerk, monkeypatch):
    monkeypatch.setattr(queries, "is_large", lambda unit, day: True)
    answer = clerk.post(reverse("evaluation_open"), asked(world.a))
    assert not Cycle.objects.exists()
    job = Job.objects.get(state=WAITING)
    assert answer.headers["Location"] == reverse("job", args=[job.pk])
    early = clerk.post(reverse("evaluation_open"), asked(world.a, people="")).content.decode()
    assert "Chưa chọn đánh giá" in early, "refused before anything is given to the background"


@pytest.mark.django_db(transaction=True)
def test_the_background_opens_fills_up_and_closes(world, clerk, monkeypatch):
    monkeypatch.setattr(queries, "is_large", lambda unit, day: True)

    def work():
        job = Job.objects.get(state=WAITING)
        run(job.pk)
        job.refresh_from_db()
        return job

    clerk.post(reverse("evaluation_open"), asked(world.a))
    assert work().error == ""
    cycle = Cycle.objects.get()
    world.hire("Viên A9", world.a, "Chuyên viên")
    clerk.post(reverse("evaluation_refresh", args=[cycle.pk]))
    assert work().error == ""
    assert Sheet.objects.filter(cycle=cycle).count() == 6
    clerk.post(reverse("evaluation_close", args=[cycle.pk]))
    assert "Còn 6 phiếu chưa quyết định" in work().error


def test_stages_days_and_newcomers(world, opened, clerk):
    cycle = opened(world.a)
    page = clerk.post(reverse("evaluation_advance", args=[cycle.pk]), {"stage": "review"}, follow=True)
    assert "Đang nhận xét, thẩm định" in page.content.decode()
    back = clerk.post(reverse("evaluation_advance", args=[cycle.pk]), {"stage": "self"})
    assert back.status_code == 422
    assert "Lùi giai đoạn phải ghi lý do" in back.content.decode()
    assert Cycle.objects.get().stage == Stage.REVIEW
    late = clerk.post(reverse("evaluation_extend", args=[cycle.pk]), {"step": "self", "until": "30/07/2026"})
    assert "Ghi lý do gia hạn" in late.content.decode()
    values = {"step": "self", "until": "30/07/2026", "reason": "Bão số 3"}
    page = clerk.post(reverse("evaluation_extend", args=[cycle.pk]), values, follow=True).content.decode()
    assert "Bão số 3" in page
    assert Deadline.objects.filter(cycle=cycle, step="self").count() == 1
    again = {**values, "until": "31/07/2026", "reason": "Mất điện"}
    page = clerk.post(reverse("evaluation_extend", args=[cycle.pk]), again, follow=True).content.decode()
    assert "Bão số 3" in page, "the former day stays"
    world.hire("Viên A9", world.a, "Chuyên viên")
    page = clerk.post(reverse("evaluation_refresh", args=[cycle.pk]), follow=True).content.decode()
    assert "Đã lập thêm 1 phiếu" in page
    page = clerk.post(reverse("evaluation_refresh", args=[cycle.pk]), follow=True).content.decode()
    assert "Không có ai thiếu phiếu" in page


def test_sheets_are_found_by_name_state_unit_and_lateness(world, opened, clerk):
    cycle = opened(world.body)
    url = reverse("evaluation_sheets", args=[cycle.pk])

    def names(**asked):
        return {row.person.name for row in clerk.get(url, asked).context["list"].page.object_list}

    assert len(names()) == 10
    assert names(cham="self") == set(), "no day is set"
    Deadline.objects.create(cycle=cycle, step="self", on=D(2026, 7, 26), set_at=at(D(2026, 7, 1)), set_by="thử")
    assert names(q="vien a2") == {"Viên A2"}
    assert names(trang_thai="submitted") == set()
    assert names(don_vi="PCC") == {"Trưởng B", "Viên B1", "Lái xe"}
    assert names(don_vi="KHONG") == set()
    assert names(vi_tri="head") == {"Giám đốc", "Trưởng A", "Trưởng B"}
    assert len(names(cham="self")) == 10, "the day is long over"
    Deadline.objects.create(cycle=cycle, step="self", on=D(2099, 1, 1), set_at=at(D(2026, 7, 1)), set_by="thử")
    assert names(cham="self") == set()
    assert names(muc="HTT") == set()
    book = clerk.get(url, {"xuat": "xlsx"})
    assert b"".join(book.streaming_content if book.streaming else [book.content]).startswith(b"PK")


def test_who_is_not_graded_stands_there_with_the_reason(world, opened, clerk, manager):
    actions.record_leave(
        manager, person=world["Viên A1"], first=D(2026, 7, 1), last=D(2026, 7, 31), kind="sick", at=at(D(2026, 7, 1))
    )
    cycle = opened(world.a)
    text = clerk.get(reverse("evaluation_absent", args=[cycle.pk])).content.decode()
    assert "Viên A1" in text
    assert "Nghỉ cả kỳ" in text


def test_closing_tells_every_refusal_and_then_freezes(world, division, clerk):
    url = reverse("evaluation_close", args=[division.pk])
    work_of(world["Viên A2"], done="0")
    refused = clerk.post(url, {})
    assert refused.status_code == 422
    assert "đã đổi sau khi quyết định: Viên A2" in refused.content.decode()
    answer = clerk.post(url, {"keep_as_decided": "Chốt số liệu ngày 27/07.", "decision": "99-QĐ"})
    assert "Không có quyết định “99-QĐ” còn hiệu lực trong sổ" in answer.content.decode()
    answer = clerk.post(url, {"keep_as_decided": "Chốt số liệu ngày 27/07."})
    assert answer.headers["Location"] == reverse("evaluation_summary", args=[division.pk])
    page = clerk.get(reverse("evaluation_cycle", args=[division.pk])).content.decode()
    assert "Đã đóng kỳ" in page
    assert "Chuyển giai đoạn" not in page
    assert clerk.get(url).status_code == 302
    again = clerk.post(reverse("evaluation_advance", args=[division.pk]), {"stage": "self"}, follow=True)
    assert "đã đóng" in again.content.decode()


def test_a_year_asks_for_its_decision_and_finds_it_in_the_ledger(world, opened, clerk):
    cycle = opened(world.a, "2026", at=at(D(2026, 12, 1)))
    url = reverse("evaluation_close", args=[cycle.pk])
    text = clerk.post(url, {}).content.decode()
    assert "Kết quả năm phải theo quyết định" in text
    assert "Còn 5 phiếu chưa quyết định" in text
    ledger("12-QĐ/SNV")
    found = clerk.get(reverse("evaluation_lookup"), {"loai": "decision", "q": "12"}).json()["rows"]
    assert [row["value"].split(" ngày ")[0] for row in found] == ["12-QĐ/SNV"]
    text = clerk.post(url, {"decision": found[0]["value"]}).content.decode()
    assert "phải theo quyết định" not in text
    assert "Không có quyết định" not in text
    assert "Còn 5 phiếu chưa quyết định: " in text


def test_readers_lead_nothing_and_strangers_see_nothing(world, opened, as_person):
    cycle = opened(world.body)
    reader = as_person(world["Trưởng A"], "thu_truong", world.a)
    page = reader.get(reverse("evaluation_cycle", args=[cycle.pk]))
    assert page.status_code == 200
    assert "Chuyển giai đoạn" not in page.content.decode()
    sheets = reader.get(reverse("evaluation_sheets", args=[cycle.pk])).content.decode()
    assert "Viên A1" in sheets
    assert "Viên B1" not in sheets, "only her own unit"
    for name in ("evaluation_advance", "evaluation_extend", "evaluation_refresh", "evaluation_close"):
        assert reader.post(reverse(name, args=[cycle.pk])).status_code == 403
    part = as_person(world["Trưởng B"], "co_so", world.b)
    assert part.post(reverse("evaluation_advance", args=[cycle.pk]), {"stage": "self"}).status_code in (403, 404)
    assert part.get(reverse("evaluation_close", args=[cycle.pk])).status_code in (403, 404)
    stranger = as_person(world["Chủ tịch"], "chuyen_vien", factories.unit("Nơi khác"))
    assert stranger.get(reverse("evaluation_cycle", args=[cycle.pk])).status_code == 404
    assert stranger.get(reverse("evaluation_sheets", args=[cycle.pk])).status_code == 404


def test_suggestions_stay_within_reach(world, clerk):
    url = reverse("evaluation_lookup")
    units = clerk.get(url, {"loai": "unit", "q": "phong to"}).json()["rows"]
    assert units == [{"value": "PTC", "label": "Phòng Tổ chức"}]
    people = clerk.get(url, {"loai": "person", "q": "vien a1"}).json()["rows"]
    assert [row["value"] for row in people] == [world["Viên A1"].code]
    assert clerk.get(url, {"loai": "person", "q": "v"}).json()["rows"] == []
    factories.unit("Phòng Tổ chức nơi khác")
    assert len(clerk.get(url, {"loai": "unit", "q": "phong to"}).json()["rows"]) == 1


def test_pages_ask_a_bounded_number_of_questions(world, opened, clerk, django_assert_max_num_queries):
    cycles = [opened(world.body), opened(world.a, "2026-08", at=at(D(2026, 8, 1))), opened(world.b)]
    clerk.get(reverse("evaluation_cycles"))
    for name, args, most in (
        ("evaluation_cycles", [], 24),
        ("evaluation_cycle", [cycles[0].pk], 30),
        ("evaluation_sheets", [cycles[0].pk], 24),
        ("evaluation_absent", [cycles[0].pk], 24),
        ("evaluation_close", [cycles[0].pk], 24),
        ("evaluation_open", [], 20),
    ):
        with django_assert_max_num_queries(most):
            assert clerk.get(reverse(name, args=args)).status_code == 200
