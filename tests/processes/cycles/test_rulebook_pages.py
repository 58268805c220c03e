"""Pages of rulebooks and local rules: what they show, what they refuse, who may, and how many queries they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from canbo.facts.access.models import Grant
from canbo.facts.organisation.models import Unit
from canbo.foundation import rulebooks
from canbo.foundation.accounts.models import User
from canbo.processes.evaluation.actions import local_rules as acts
from canbo.processes.evaluation.models import LocalRule
from canbo.processes.evaluation.rules import book, codes
from tests import factories

from .conftest import BOOK, FULL, World, scored, sheet_of, work_of
from .test_local_rules import HIGHER, NOW, draft, local, setter

__all__ = ["local", "setter"]
D = dt.date
TEXT = {
    "level": "unit", "unit": "SNV", "number": "15-QĐ/SNV", "issued_on": "01/08/2026", "issuer": "Sở Nội vụ",
    "subject": "Quy chế đánh giá", "since": "01/09/2026",
}  # fmt: skip


def sign_in(role: str, where: Unit) -> Client:
    """A browser signed in with one role over one unit."""
    user = User(username=f"vai-{role}", display_name=f"Vai {role}")
    user.set_unusable_password()
    user.save()
    Grant.objects.create(user=user, role=role, unit=where, in_force=factories.period(), since=factories.START)
    client = Client(raise_request_exception=True)
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def head(world: World) -> Client:
    """A head of board of the whole province."""
    return sign_in("lanh_dao", world.province)


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_says_what_holds_on_the_day(head, local):
    page = text_of(head.get(reverse("rulebooks")))
    assert "Đánh giá, xếp loại chất lượng công chức" in page
    assert "đã hết hiệu lực" in page
    assert "chưa kiểm chứng" in page
    assert "Chưa có quy định riêng nào" in page


def test_every_book_reads_in_full(head, local, django_assert_max_num_queries):
    for code in codes(rulebooks.current()):
        with django_assert_max_num_queries(8):
            response = head.get(reverse("rulebook", args=[code]))
        assert response.status_code == 200, code
    page = text_of(head.get(reverse("rulebook", args=[BOOK])))
    for words in ("từ 70 đến dưới 90 điểm", "Điều 20, 335/2025/NĐ-CP", "20% số xếp mức kế tiếp", "đã đọc nguyên văn"):
        assert words in page
    ended = text_of(head.get(reverse("rulebook", args=["hanoi-3814-2018"])))
    assert "Không áp dụng ngày này" in ended


def test_a_layer_is_shown_by_its_place(head, local):
    page = text_of(head.get(reverse("rulebook", args=["quarterly-hd02-btctw-2026"]), {"lop": "79"}))
    assert "Điểm chuẩn của một nhiệm vụ thường xuyên" in page
    assert "tỉnh: Thành phố Hồ Chí Minh" in page
    assert head.get(reverse("rulebook", args=[BOOK]), {"lop": "79"}).status_code == 404
    assert head.get(reverse("rulebook", args=["none-such"])).status_code == 404


def test_written_checked_and_put_in_force_on_the_screen(head, world: World, local):
    address = reverse("local_rule_new", args=[BOOK])
    assert "Đang áp dụng" in text_of(head.get(address))
    response = head.post(
        address, {**TEXT, "r.grades.HTXS.min": "92,5", "r.caps.usual.ratio": "15", "v.delay_unit": "day"}
    )
    row = LocalRule.objects.get()
    assert response.url == reverse("local_rule", args=[row.pk])
    assert row.changes == {
        "values": {"delay_unit": "day"},
        "rows": {"grades": {"HTXS": {"min": 92.5}}, "caps": {"usual": {"ratio": "15/100"}}},
    }
    page = text_of(head.get(response.url))
    for words in ("90 điểm", "92,5 điểm", "20 %", "15 %", "tính theo ngày làm việc chậm", "Dự thảo không có lỗi"):
        assert words in page
    head.post(reverse("local_rule_set", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "set"
    found = book(BOOK, on=D(2026, 9, 1), unit_codes=("SNV",))
    assert (float(found.grades[0].min), found.rows("caps")[0]["ratio"]) == (92.5, "15/100")
    shown = text_of(head.get(reverse("rulebook", args=[BOOK]), {"lop": "SNV", "ngay": "2026-09-02"}))
    assert "đơn vị: Sở Nội vụ" in shown
    head.post(reverse("local_rule_withdraw", args=[row.pk]), {"until": "01/11/2026", "reason": "Quy chế mới"})
    row.refresh_from_db()
    assert (row.state, row.until) == ("withdrawn", D(2026, 11, 1))


def test_every_typing_fault_at_once_and_nothing_lost(head, world: World, local):
    response = head.post(
        reverse("local_rule_new", args=[BOOK]),
        {
            **TEXT, "unit": "none", "r.grades.HTXS.min": "chín mươi", "r.deadlines.decide.before": "32/13",
            "n.criteria.1.parent": "I", "n.criteria.1.label": "Tiêu chí riêng", "v.quality_step": "30",
        },
    )  # fmt: skip
    page = text_of(response)
    assert response.status_code == 422
    for words in (
        "Không có đơn vị mã none",
        "“chín mươi” không phải là số",
        "không phải là ngày/tháng",
        "cần đủ tiêu chí cha",
    ):
        assert words in page
    assert 'value="chín mươi"' in page
    assert 'value="Tiêu chí riêng"' in page
    assert not LocalRule.objects.exists()
    unchanged = head.post(reverse("local_rule_new", args=[BOOK]), TEXT)
    assert "chưa thay đổi giá trị nào" in text_of(unchanged)


def test_a_faulty_draft_is_kept_and_told(head, setter, world: World, local):
    row = draft(setter, world.body, {"rows": {"criteria": {"I.1": {"max": 6}}}})
    page = text_of(head.get(reverse("local_rule", args=[row.pk])))
    assert "Chưa ban hành được, còn" in page
    assert "cộng lại 11 điểm" in page
    response = head.post(reverse("local_rule_set", args=[row.pk]))
    assert response.status_code == 422
    again = head.post(
        reverse("local_rule_edit", args=[row.pk]), {**TEXT, "r.criteria.I.1.max": "6", "r.criteria.I.2.max": "4"}
    )
    assert again.url == reverse("local_rule", args=[row.pk])
    assert "Dự thảo không có lỗi" in text_of(head.get(again.url))
    head.post(reverse("local_rule_discard", args=[row.pk]))
    assert not LocalRule.objects.exists()


def test_tried_on_the_screen_and_people_shown_to_those_who_read_sheets(
    head, setter, world: World, local, opened, django_assert_max_num_queries
):
    cycle = opened(world.province)
    work_of(world["Viên A2"], assigned="100", done="66")
    scored(sheet_of(cycle, world["Viên A2"]), scores=FULL)
    row = draft(setter, world.body, {"rows": {"grades": {"HTT": {"min": 80}}}})
    head.post(reverse("local_rule_try", args=[row.pk]))
    with django_assert_max_num_queries(30):
        page = text_of(head.get(reverse("local_rule", args=[row.pk])))
    assert "Viên A2" in page
    assert "1 phiếu đổi mức" in page
    administrator = sign_in("quan_tri", world.province)
    page = text_of(administrator.get(reverse("local_rule", args=[row.pk])))
    assert "Viên A2" not in page
    assert "1 phiếu đổi mức" in page


def test_without_an_earlier_period_nothing_is_tried(head, setter, world: World, local):
    row = draft(setter, world.body)
    response = head.post(reverse("local_rule_try", args=[row.pk]), follow=True)
    assert "Chưa có kỳ nào trước ngày" in text_of(response)


def test_who_may(world: World, local, setter):
    row = acts.set_local_rule(setter, at=NOW, row=draft(setter, world.body, HIGHER))
    client = sign_in("chuyen_vien", world.province)
    page = text_of(client.get(reverse("local_rule", args=[row.pk])))
    assert "Đổi ngày áp dụng" not in page
    assert client.post(reverse("local_rule_withdraw", args=[row.pk])).status_code == 403
    assert client.get(reverse("local_rule_new", args=[BOOK])).status_code == 403
    assert sign_in("nguoi_xem", world.province).get(reverse("rulebooks")).status_code == 403
