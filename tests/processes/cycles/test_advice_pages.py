"""Pages of the advising body, of the cap, and of correcting what a sheet was opened with."""

from __future__ import annotations

import pytest
from django.urls import reverse

from canbo.processes.evaluation.choices import State
from canbo.processes.evaluation.models import Allowance, Event, Sheet
from tests import factories

from .conftest import FULL, decided, scored, sheet_of, work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(world, client):
    client.force_login(factories.account("cv", "chuyen_vien", world.province))
    return client


@pytest.fixture
def cycle(world, opened):
    """A division of which three were scored."""
    made = opened(world.a)
    for name in ("Viên A1", "Viên A2", "Viên A3"):
        work_of(world[name])
        scored(sheet_of(made, world[name]), None, {**FULL, "I.1": 1})
    return made


def fields(*sheets, **more):
    return {f"a.{sheet.pk}.lan_luu": sheet.version for sheet in sheets} | more


def test_opinions_are_typed_row_by_row_and_saved_together(world, cycle, clerk):
    one, two, three = (sheet_of(cycle, world[f"Viên A{n}"]) for n in (1, 2, 3))
    assert clerk.get(reverse("evaluation_advices")).headers["Location"] == reverse("evaluation_advice", args=[cycle.pk])
    url = reverse("evaluation_advice", args=[cycle.pk])
    text = clerk.get(url).content.decode()
    assert "Có minh chứng." in text, "the superior's word stands beside"
    values = fields(one, two, three, chon=[two.pk], y_kien_chung="Nhất trí với cấp trên trực tiếp.")
    values |= {f"a.{one.pk}.y": "Đề nghị HTT.", f"a.{one.pk}.muc": "HTT"}
    assert clerk.post(url, values).status_code == 302
    one.refresh_from_db()
    two.refresh_from_db()
    three.refresh_from_db()
    assert (one.advice, one.advised_grade) == ("Đề nghị HTT.", "HTT")
    assert two.advice == "Nhất trí với cấp trên trực tiếp."
    assert three.advice == "", "neither typed nor chosen"
    assert Event.objects.filter(kind="advised").count() == 2
    assert next(row.sheet.pk for row in clerk.get(url).context["rows"]) == three.pk, "those without a word come first"


def test_every_row_tells_its_own_refusal_and_nothing_is_written(world, cycle, clerk):
    one, two = sheet_of(cycle, world["Viên A1"]), sheet_of(cycle, world["Viên A2"])
    url = reverse("evaluation_advice", args=[cycle.pk])
    values = {f"a.{one.pk}.lan_luu": 0, f"a.{one.pk}.y": "Được", f"a.{two.pk}.lan_luu": two.version, "chon": [two.pk]}
    answer = clerk.post(url, values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "đã được lưu ở nơi khác" in text
    assert "Chưa ghi ý kiến." in text
    assert ">Được</textarea>" in text, "what was typed stays"
    assert not Sheet.objects.exclude(advice="").exists()
    assert "Chưa ghi ý kiến ở phiếu nào" in clerk.post(url, fields(one, two)).content.decode()


def test_nobody_advises_on_her_own_sheet_or_outside_her_units(world, cycle, as_person):
    herself = as_person(world["Viên A1"], "chuyen_vien", world.province)
    shown = {row.sheet.person for row in herself.get(reverse("evaluation_advice", args=[cycle.pk])).context["rows"]}
    assert shown == {world["Viên A2"], world["Viên A3"]}
    reader = as_person(world["Trưởng A"], "thu_truong", world.a)
    assert reader.get(reverse("evaluation_advice", args=[cycle.pk])).status_code == 403
    other = as_person(world["Viên B1"], "co_so", world.b)
    assert other.get(reverse("evaluation_advice", args=[cycle.pk])).status_code == 404
    assert "Không có phiếu nào chờ thẩm định" in other.get(reverse("evaluation_advices")).content.decode()


def test_the_cap_and_allowing_more(world, cycle, as_person, clerk):
    for n in (1, 2, 3):
        decided(sheet_of(cycle, world[f"Viên A{n}"]), "HTT", "Ngoài tỷ lệ.")
    url = reverse("evaluation_caps", args=[cycle.pk])
    text = clerk.get(url).content.decode()
    assert "Phòng Tổ chức" in text
    assert "Cho phép vượt tỷ lệ" not in text, "the clerk decides nothing"
    assert clerk.post(url, {}).status_code == 403
    assert "Không có đơn vị mã KHONG" in clerk.get(url, {"don_vi": "KHONG"}).content.decode()
    head = as_person(world["Chủ tịch"], "lanh_dao", world.province)
    body = sheet_of(cycle, world["Viên A1"]).body
    refused = head.post(url, {"body": body.code, "limit": "2", "outstanding": "on"})
    assert refused.status_code == 422
    assert "Ghi lý do cho phép vượt tỷ lệ" in refused.content.decode()
    assert "một trong hai" in refused.content.decode()
    page = head.post(url, {"body": body.code, "limit": "2", "reason": "Đơn vị dẫn đầu khối thi đua"}, follow=True)
    assert "Đơn vị dẫn đầu khối thi đua" in page.content.decode()
    assert Allowance.objects.get().limit == 2


def test_a_sheet_is_corrected_with_a_reason(world, opened, clerk, as_person):
    sheet = sheet_of(opened(world.a), world["Viên A1"])
    url = reverse("evaluation_correct", args=[sheet.pk])
    shown = clerk.get(url)
    held = {
        name: field.value() or "" for name in shown.context["form"].fields for field in [shown.context["form"][name]]
    }
    assert held["superior"] == world["Trưởng A"].code
    assert "Chưa có mục nào thay đổi" in clerk.post(url, held).content.decode()
    wrong = clerk.post(url, {**held, "superior": world["Viên A1"].code}).content.decode()
    assert "Ghi lý do sửa" in wrong
    assert "Không ai là cấp trên của chính mình" in wrong
    done = clerk.post(url, {**held, "superior": world["Phó A"].code, "reason": "Thông báo phân công số 12-TB/SNV."})
    assert done.headers["Location"] == reverse("evaluation_sheet", args=[sheet.pk])
    sheet.refresh_from_db()
    assert sheet.superior == world["Phó A"]
    assert Event.objects.get(sheet=sheet, kind="corrected").data["before"] == {"superior": world["Trưởng A"].pk}
    herself = as_person(world["Viên A1"], "chuyen_vien", world.province)
    own = herself.post(url, {**held, "title": "Trưởng phòng", "reason": "x"})
    assert "Không ai sửa phiếu của chính mình" in own.content.decode()
    assert as_person(world["Trưởng A"], "thu_truong", world.a).get(url).status_code == 403
    assert as_person(world["Viên B1"], "co_so", world.b).get(url).status_code == 404
    Sheet.objects.filter(pk=sheet.pk).update(state=State.DECIDED)
    assert "trả lại trước khi sửa" in clerk.get(url).content.decode()


def test_pages_ask_a_bounded_number_of_questions(cycle, clerk, world, django_assert_max_num_queries):
    sheet = sheet_of(cycle, world["Viên A1"])
    clerk.get(reverse("evaluation_cycles"))
    for name, pk, most in (
        ("evaluation_advice", cycle.pk, 18),
        ("evaluation_caps", cycle.pk, 20),
        ("evaluation_correct", sheet.pk, 24),
    ):
        with django_assert_max_num_queries(most):
            assert clerk.get(reverse(name, args=[pk])).status_code == 200
