"""Pages of what is recorded for an evaluation: findings of their kind, absences, suggested points; taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from canbo.processes.evaluation.forms.inputs import typed_value
from canbo.processes.evaluation.models import Finding, Leave, Suggestion
from tests import factories

from .conftest import self_score, sheet_of, work_of

pytestmark = pytest.mark.django_db
D = dt.date


@pytest.fixture
def clerk(world, client):
    client.force_login(factories.account("cv", "chuyen_vien", world.province))
    return client


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("flag", "có", True),
        ("flag", "Không", False),
        ("ratio", "80/100", "80/100"),
        ("ratio", "80 %", "80/100"),
        ("ratio", "80,5%", "0.805"),
        ("number", "3", 3),
        ("number", "2,5", 2.5),
    ],
)
def test_values_are_read_by_their_kind(kind, typed, kept):
    assert typed_value(kind, typed) == kept


@pytest.mark.parametrize(("kind", "typed"), [("flag", "3"), ("ratio", "nhiều"), ("ratio", "1/0"), ("number", "có")])
def test_other_values_are_refused(kind, typed):
    with pytest.raises(ValidationError):
        typed_value(kind, typed)


def asked(who, **more):
    return {
        "person": who.code,
        "fact": "finding_disunity",
        "value": "có",
        "on": "10/07/2026",
        "record": "Kết luận 5-KL/TU",
        **more,
    }


def test_a_finding_is_recorded_counts_and_is_taken_back(world, opened, clerk):
    sheet = sheet_of(opened(world.a), world["Viên A1"])
    page = clerk.get(reverse("evaluation_sheet", args=[sheet.pk])).content.decode()
    assert f"{reverse('evaluation_finding_new')}?nguoi={world['Viên A1'].code}" in page
    url = reverse("evaluation_finding_new")
    assert "Chưa ghi căn cứ nào" in clerk.get(reverse("evaluation_findings")).content.decode()
    text = clerk.post(url, asked(world["Viên A1"]), follow=True).content.decode()
    assert "Bị kết luận mất đoàn kết, bè phái" in text
    row = Finding.objects.get()
    assert (row.person, row.value, row.on) == (world["Viên A1"], True, D(2026, 7, 10))
    twice = clerk.post(url, asked(world["Viên A1"])).content.decode()
    assert "một hành vi chỉ tính vào một năm" in twice
    one = reverse("evaluation_finding", args=[row.pk])
    assert "Ghi lý do hủy" in clerk.post(one, {"reason": ""}).content.decode()
    assert "đã hủy" in clerk.post(one, {"reason": "Ghi nhầm người"}, follow=True).content.decode()
    assert "Ghi nhầm người" in clerk.get(one).content.decode()


def test_faults_of_a_finding_are_told_together(world, clerk):
    url = reverse("evaluation_finding_new")
    text = clerk.post(url, {"value": "80/100"}).content.decode()
    assert "Ghi một người hoặc một tập thể" in text
    both = clerk.post(url, asked(world["Viên A1"], collective="PTC", value="nhiều")).content.decode()
    assert "không ghi cả hai" in both
    assert "Ghi “có” hoặc “không”" in both
    paperless = clerk.post(url, asked(world["Viên A1"], record="")).content.decode()
    assert "Ghi văn bản, hồ sơ làm căn cứ" in paperless
    body = clerk.post(url, asked(world["Viên A1"], person="", collective="PTC"))
    assert body.status_code == 302
    assert Finding.objects.get().collective == world.a


def test_nobody_records_about_herself_or_beyond_her_units(world, as_person):
    herself = as_person(world["Viên A1"], "chuyen_vien", world.province)
    text = herself.post(reverse("evaluation_finding_new"), asked(world["Viên A1"])).content.decode()
    assert "Không ai ghi căn cứ xếp loại cho chính mình" in text
    part = as_person(world["Viên B1"], "co_so", world.b)
    text = part.post(reverse("evaluation_finding_new"), asked(world["Viên A2"])).content.decode()
    assert "trong phạm vi của bạn" in text
    assert not Finding.objects.exists()
    assert as_person(world["Trưởng A"], "thu_truong", world.a).get(reverse("evaluation_findings")).status_code == 403


def test_absences(world, clerk):
    url = reverse("evaluation_leave_new")
    values = {"person": world["Viên A1"].code, "kind": "maternity", "first": "01/07/2026", "last": "01/06/2026"}
    assert "Ngày cuối trước ngày đầu" in clerk.post(url, values).content.decode()
    text = clerk.post(url, {**values, "last": "31/12/2026"}, follow=True).content.decode()
    assert "nghỉ thai sản" in text
    row = Leave.objects.get()
    assert (
        "đã hủy"
        in clerk.post(reverse("evaluation_leave", args=[row.pk]), {"reason": "Nhầm"}, follow=True).content.decode()
    )


def test_suggested_points(world, opened, clerk):
    cycle = opened(world.a)
    listed, url = reverse("evaluation_suggestions", args=[cycle.pk]), reverse("evaluation_suggest", args=[cycle.pk])
    assert "Chưa có gợi ý kiểm điểm nào" in clerk.get(listed).content.decode()
    values = {"person": world["Viên A1"].code, "text": "Việc giải ngân chậm.", "issuer": "Đảng ủy Sở Nội vụ"}
    refused = clerk.post(url, {**values, "text": "", "issuer": ""}).content.decode()
    assert "Chưa ghi nội dung gợi ý" in refused
    assert "Ghi cấp gợi ý kiểm điểm" in refused
    text = clerk.post(url, values, follow=True).content.decode()
    assert "chưa giải trình" in text
    assert Suggestion.objects.get().person == world["Viên A1"]
    work_of(world["Viên A2"])
    self_score(sheet_of(cycle, world["Viên A2"]))
    late = clerk.post(url, {**values, "person": world["Viên A2"].code}).content.decode()
    assert "Phiếu đã được nộp" in late


def test_pages_ask_a_bounded_number_of_questions(world, opened, clerk, django_assert_max_num_queries):
    cycle = opened(world.a)
    for name in ("Viên A1", "Viên A2", "Viên A3"):
        clerk.post(reverse("evaluation_finding_new"), asked(world[name]))
    for name, pk in (
        ("evaluation_findings", None), ("evaluation_leaves", None), ("evaluation_suggestions", cycle.pk),
        ("evaluation_finding_new", None), ("evaluation_suggest", cycle.pk),
    ):  # fmt: skip
        with django_assert_max_num_queries(22):
            assert clerk.get(reverse(name, args=[pk] if pk else [])).status_code == 200
