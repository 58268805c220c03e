"""Pages of appeals: the register with its clock, the answer by who decides, a change only by decision, replacing later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from canbo.facts.people.models import Grade
from canbo.processes.evaluation import actions
from canbo.processes.evaluation.models import Appeal, Result
from tests import factories

from .conftest import FULL, at, decided, ledger, person_actor, scored, sheet_of, work_of

pytestmark = pytest.mark.django_db
D = dt.date
AUGUST = at(D(2026, 8, 3))


@pytest.fixture
def closed(world, opened, manager):
    """A closed cycle of one division."""
    cycle = opened(world.a)
    for name in ("Viên A1", "Viên A2", "Viên A3", "Phó A", "Trưởng A"):
        work_of(world[name])
        leads = name in ("Phó A", "Trưởng A")
        sheet = scored(
            sheet_of(cycle, world[name]), {"d": 100, "dd": 100, "e": 100} if leads else None, {**FULL, "I.1": 1}
        )
        decided(sheet, "HTT", "Ngoài tỷ lệ.")
    return actions.close_cycle(manager, cycle=cycle, at=AUGUST)


@pytest.fixture
def appeal(world, closed):
    who = world["Viên A1"]
    result = Result.objects.get(person=who)
    me = person_actor(who)
    return actions.file_appeal(
        me, result=result, text="Việc số 5 không chậm.", on=D(2026, 8, 28), at=at(D(2026, 8, 28))
    )


@pytest.fixture
def decider(world, closed, as_person):
    """Who decided the sheets of the division."""
    who = sheet_of(closed, world["Viên A1"]).decider
    return as_person(who, "thu_truong", world.province)


def test_the_register_shows_the_clock(world, appeal, decider):
    """NĐ 335/2025, Điều 22: seven working days; 31 August to 2 September 2026 are days off."""
    assert appeal.due_on == D(2026, 9, 11)
    text = decider.get(reverse("evaluation_appeals")).content.decode()
    assert "Viên A1" in text
    assert "11/09/2026" in text
    assert "quá hạn" in text, "the tests run later than September 2026"
    assert "Viên A1" in decider.get(reverse("evaluation_appeals"), {"q": "vien a1"}).content.decode()
    assert "Việc số 5" in decider.get(reverse("evaluation_appeal_page", args=[appeal.pk])).content.decode()
    none = decider.get(reverse("evaluation_appeals"), {"tinh_trang": "upheld"})
    assert none.context["list"].count == 0


def test_upheld_with_an_answer(world, appeal, decider):
    url = reverse("evaluation_appeal_page", args=[appeal.pk])
    refused = decider.post(url, {})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Chọn giữ nguyên hoặc thay đổi kết quả" in text
    assert "Chưa ghi nội dung trả lời" in text
    page = decider.post(url, {"ended": "upheld", "answer": "Đã kiểm tra, chậm 2 ngày."}, follow=True).content.decode()
    assert "Đã kiểm tra, chậm 2 ngày." in page
    assert Appeal.objects.get().ended == "upheld"
    assert "Ghi trả lời" not in page
    assert "đã được trả lời" in decider.post(url, {"ended": "upheld", "answer": "x"}).content.decode()


def test_changed_only_by_a_decision_of_the_ledger(world, appeal, decider):
    url = reverse("evaluation_appeal_page", args=[appeal.pk])
    values = {"ended": "changed", "answer": "Việc số 5 đúng hạn.", "grade": "HTXS", "total": "95,5"}
    assert "Thay đổi kết quả phải theo quyết định mới" in decider.post(url, values).content.decode()
    assert "Không có quyết định" in decider.post(url, {**values, "decision": "77-QĐ"}).content.decode()
    ledger("77-QĐ", on=D(2026, 9, 8))
    factories.grant(decider_account(decider), "chuyen_vien")
    page = decider.post(url, {**values, "decision": "77-QĐ"}, follow=True).content.decode()
    assert "95,5" in page
    standing = Result.objects.get(person=world["Viên A1"], replaced_on=None)
    assert (standing.grade, str(standing.total.normalize())) == ("HTXS", "95.5")
    assert Grade.objects.get(person=world["Viên A1"], voided_on=None).grade == "Hoàn thành xuất sắc nhiệm vụ"


def decider_account(client):
    from canbo.foundation.accounts.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_nobody_answers_her_own_and_others_read_only(world, appeal, closed, as_person):
    url = reverse("evaluation_appeal_page", args=[appeal.pk])
    herself = as_person(world["Viên A1"], "lanh_dao", world.province)
    page = herself.get(url).content.decode()
    assert "Ghi trả lời" not in page
    answer = herself.post(url, {"ended": "upheld", "answer": "Đồng ý"})
    assert "chính mình" in answer.content.decode()
    assert Appeal.objects.get().ended == ""
    clerk = as_person(world["Phó A"], "chuyen_vien", world.province)
    assert "Ghi trả lời" not in clerk.get(url).content.decode()
    assert clerk.post(url, {"ended": "upheld", "answer": "x"}).status_code == 403
    other = as_person(world["Viên B1"], "thu_truong", world.b)
    assert other.get(url).status_code == 404
    assert as_person(world["Viên A3"]).get(url).status_code == 403


def test_a_result_found_wrong_later_is_replaced(world, closed, decider):
    result = Result.objects.get(person=world["Viên A2"])
    listed = decider.get(reverse("evaluation_results", args=[closed.pk])).content.decode()
    assert reverse("evaluation_replace", args=[result.pk]) in listed
    url = reverse("evaluation_replace", args=[result.pk])
    refused = decider.post(url, {"grade": "HT", "reason": "Kết luận thanh tra"})
    assert "Thay kết quả phải theo quyết định mới" in refused.content.decode()
    ledger("78-QĐ", on=D(2026, 10, 1))
    factories.grant(decider_account(decider), "chuyen_vien")
    refused = decider.post(url, {"grade": "HTT", "reason": "", "decision": "78-QĐ"}).content.decode()
    assert "Ghi lý do thay kết quả" in refused
    assert "giống kết quả đang có" in refused
    page = decider.post(url, {"grade": "HT", "reason": "Kết luận thanh tra", "decision": "78-QĐ"}, follow=True)
    assert "đã thay ngày" in page.content.decode()
    assert Result.objects.get(person=world["Viên A2"], replaced_on=None).grade == "HT"
    assert "Thay bằng quyết định mới" not in decider.get(url).content.decode()


def test_an_appeal_on_paper_is_entered_by_the_clerk(world, closed, client):
    client.force_login(factories.account("cv", "chuyen_vien", world.province))
    result = Result.objects.get(person=world["Viên A3"])
    url = reverse("evaluation_replace", args=[result.pk])
    page = client.get(url).content.decode()
    assert "Ghi kiến nghị nộp bằng giấy" in page
    assert "Thay bằng quyết định mới" not in page, "the clerk does not decide"
    refused = client.post(url, {"lam": "kien-nghi", "text": "", "on": "01/08/2026"}).content.decode()
    assert "Chưa ghi nội dung kiến nghị" in refused
    assert "Ngày nhận trước ngày có kết quả" in refused
    made = client.post(url, {"lam": "kien-nghi", "text": "Xin xem lại điểm.", "on": "05/08/2026"})
    row = Appeal.objects.get()
    assert made.headers["Location"] == reverse("evaluation_appeal_page", args=[row.pk])
    assert row.due_on == D(2026, 8, 14)
    assert client.post(url, {"grade": "HT"}).status_code == 403


def test_pages_ask_a_bounded_number_of_questions(appeal, closed, decider, django_assert_max_num_queries):
    decider.get(reverse("evaluation_appeals"))
    for name, pk, most in (
        ("evaluation_appeals", None, 20),
        ("evaluation_appeal_page", appeal.pk, 22),
        ("evaluation_results", closed.pk, 22),
        ("evaluation_replace", appeal.result_id, 22),
    ):
        with django_assert_max_num_queries(most):
            assert decider.get(reverse(name, args=[pk] if pk else [])).status_code == 200
