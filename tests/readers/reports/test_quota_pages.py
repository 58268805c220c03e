"""Pages on quotas: overview, handing on, period with its draft, surplus; what they say, open, refuse and cost."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from canbo.facts.decisions.models import Draft
from canbo.facts.organisation.models import UnitLineage
from canbo.foundation.kernel import clock
from canbo.readers.reports import queries
from canbo.readers.reports.models import QuotaProposal
from canbo.readers.reports.quotas import shares

from . import world as w
from .test_pages import page, sign_in
from .test_quotas import CC, VC, total

DAY = "2026-11-27"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC))


@pytest.fixture
def nation(db):
    """A province of two boards and a commune that two communes went into on 01/07/2025."""
    top = w.unit("T", "tỉnh", shelf="nha_nuoc")
    a, b = (w.unit(c, "ban", (top, "2015-01-01", None), shelf="nha_nuoc") for c in ("A", "B"))
    old = [w.unit(c, "xã", (top, "2015-01-01", "2025-07-01"), shelf="nha_nuoc") for c in ("X1", "X2")]
    new = w.unit("X", "xã", (top, "2025-07-01", None), shelf="nha_nuoc")
    w.grow()
    for one in old:
        UnitLineage.objects.create(old=one, new=new, on=w.day("2025-07-01"), operation="hop_nhat")
        w.quota(one, CC, "2021-01-01", 20)
    w.quota(new, CC, "2025-07-01", 30)
    for where, numbers in ((a, (50, 48, 45)), (b, (30, 30, 29))):
        for year, number in zip((2021, 2023, 2025), numbers, strict=True):
            until = None if year == 2025 else f"{year + 2}-01-01"
            w.quota(where, CC, f"{year}-01-01", number, until=until)
    w.quota(a, VC, "2022-01-01", 10)
    total(top, CC, "2022-01-01", 120)
    for number in range(36):
        w.post(
            w.person(f"Cán bộ {number:02d}", born="1965-06-10" if number < 4 else "1985-03-10"),
            new,
            "Công chức",
            "2025-07-01",
        )
    return {"T": top, "A": a, "B": b, "X": new}


@pytest.fixture
def chief(client, nation):
    return sign_in(client, "lanh_dao", nation["T"])


def cells(text, label):
    """The texts of the cells of the first table row that begins with a label."""
    row = re.search(rf"<tr><th scope=\"row\">(?:<a[^>]*>)?{label}.*?</tr>", text, re.S)
    assert row, label
    return [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.S)]


def test_the_overview_says_what_each_group_and_unit_has(chief, nation):
    text = page(chief, reverse("quota_overview"), don_vi="T", ky=DAY)
    # assigned 120 as the total says, of which 16 are not handed on; against 31/12/2021: 50 + 30 + 20 + 20
    assert cells(text, CC)[:4] == ["120", "120", "0", "0,0%"]
    assert cells(text, CC)[4:] == ["36", "70,0%", "30,0%", "74", "6", "16"]
    assert cells(text, "Cộng các nhóm")[3] == "—", "groups are not mixed in one percentage"
    assert cells(text, "X")[1:] == ["30", "36", "0", "6", "40", "10"]
    assert "1 đơn vị vượt biên chế, nhiều nhất X (6); 2 đơn vị chưa dùng hết, nhiều nhất A (55)" in text
    assert "Dôi dư 6 người sau sắp xếp ngày 01/07/2025" not in text, "the province itself was not put together"
    one = page(chief, reverse("quota_overview"), don_vi="T", ky=DAY, nhom_bien_che=VC, moc="30/06/2022")
    assert cells(one, "A")[1] == "10"
    assert "Dôi dư 6 người" in page(chief, reverse("quota_overview"), don_vi="X", ky=DAY)


def test_every_number_opens_as_many_as_it_says(chief, nation):
    text = page(chief, reverse("quota_overview"), don_vi="T", ky=DAY)
    links = re.findall(r'<a class="open" href="(/chi-tieu/[^"]+)">(?:<span[^>]*>)?(?:<svg.*?</svg>)?([\d.]+)', text)
    assert len(links) > 20
    seen = 0
    for address, shown in dict(links).items():
        code = address.split("/")[2]
        asked = dict(re.findall(r"(don_vi|ky|nhom)=([^&]*)", address.replace("&amp;", "&")))
        from urllib.parse import unquote_plus

        group = dict(part.partition("=")[::2] for part in unquote_plus(asked.get("nhom", "")).split("|") if part)
        found = queries.rows(_reader(), code, asked["don_vi"], unquote_plus(asked["ky"]), group)
        assert sum(Decimal(str(row.weight)) for row in found) == Decimal(shown.replace(".", "")), address
        seen += 1
    assert seen > 15
    assert chief.get(links[0][0].replace("&amp;", "&")).status_code == 200


def _reader():
    from canbo.foundation.kernel.actor import operator

    return operator("thử")


def test_the_period_compares_like_with_like(chief, nation):
    text = page(chief, reverse("quota_period"), don_vi="T", ky=DAY, giai_doan="2022-2026", nhom_bien_che=CC)
    # the two old communes stand for the new one: 40 until 2024, 30 from 2025
    assert cells(text, "X") == ["40", "40", "0", "40", "0", "40", "0", "30", "10", "30", "0", "10", "25,0%", "38", "0"]
    assert cells(text, "A")[:6] == ["50", "50", "0", "48", "2", "48"]
    assert "Mục tiêu giảm 5,0%" in text
    assert "28-KL/TW" in text
    assert cells(text, "Cộng")[0] == "120"


def test_a_goal_of_ones_own_goes_before_the_rulebook(chief, nation):
    w.target(nation["T"], "BM05", "2022-2026", 12, breakdown=CC)
    text = page(chief, reverse("quota_period"), don_vi="B", ky=DAY, giai_doan="2022-2026", nhom_bien_che=CC)
    assert "Mục tiêu giảm 12,0%" in text
    assert "chỉ tiêu giao T" in text
    assert cells(text, "Cộng")[-2:] == ["26", "3"], "30 less 12% leaves 26 whole places; 29 are assigned"


def test_the_draft_of_the_next_period_adds_up_or_is_refused(chief, nation):
    asked = {"don_vi": "T", "ky": DAY, "giai_doan": "2022-2026", "nhom_bien_che": CC, "moc": "2021-12-31"}
    text = page(chief, reverse("quota_period"), **asked)
    assert 'id="du-kien"' in text
    numbers = dict(re.findall(r'name="so-(\w+)" value="(\d+)"', text))
    assert sum(map(int, numbers.values())) == 114, "120 less 5%"
    typed = {f"so-{code}": number for code, number in numbers.items()}
    wrong = chief.post(reverse("quota_proposal"), {**asked, **typed, "so-A": "99", "tong": "114", "ty_le": "5"})
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert "Cộng các đơn vị là" in body
    assert 'name="so-A" value="99"' in body, "what was typed stays"
    assert not QuotaProposal.objects.exists()
    letters = chief.post(reverse("quota_proposal"), {**asked, **typed, "so-A": "năm", "tong": "114", "ty_le": "5"})
    assert "A: “năm” không phải là số nguyên" in letters.content.decode()
    shared = chief.post(reverse("quota_proposal"), {**asked, **typed, "so-A": "99", "tong": "114", "lam": "chia"})
    again = dict(re.findall(r'name="so-(\w+)" value="(\d+)"', shared.content.decode()))
    assert sum(map(int, again.values())) == 114
    kept = chief.post(reverse("quota_proposal"), {**asked, **typed, "tong": "114", "ty_le": "5,0"})
    assert kept.status_code == 302
    row = QuotaProposal.objects.get()
    assert (row.first_year, row.last_year, row.total, row.saved_by) == (2027, 2031, 114, "Trần Thị Ban")
    assert "nháp đã lưu" in page(chief, reverse("quota_period"), **asked)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"giai_doan": "2026-2022"}, "không đọc được"),
        ({"giai_doan": "2000-2026"}, "dài quá 12 năm"),
        ({"giai_doan": "2030-2034"}, "chưa bắt đầu"),
        ({"moc": "hôm qua"}, "Mốc so sánh"),
    ],
)
def test_what_cannot_be_read_is_said(chief, query, says):
    assert says in page(chief, reverse("quota_period"), 422, don_vi="T", ky=DAY, **query)


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "json"])
@pytest.mark.parametrize("name", ["quota_overview_file", "quota_period_file"])
def test_the_tables_come_as_papers(chief, name, ending):
    answer = chief.get(reverse(name, args=[ending]), {"don_vi": "T", "ky": DAY})
    assert answer.status_code == 200
    assert len(answer.content) > 500
    assert chief.get(reverse(name, args=["exe"]), {"don_vi": "T", "ky": DAY}).status_code == 422


def test_handing_on_shows_what_remains_and_begins_a_decision(chief, nation):
    text = page(chief, reverse("quota_allocation"), don_vi="T", ky=DAY)
    assert "Còn 16 chưa phân bổ" in text
    assert cells(text, "Cộng") == ["120", "10"]
    clerk = sign_in(chief, "chuyen_vien", nation["T"])
    answer = clerk.post(reverse("quota_allocation_draft"), {"don_vi": "T", "ky": DAY})
    draft = Draft.objects.get()
    assert answer.headers["Location"] == reverse("draft", args=[draft.pk])
    (block,) = draft.content["blocks"]
    assert block["act"] == "giao_bien_che"
    assert {"subject": "A", "staff_group": CC, "assigned": "45"} in block["rows"]
    assert {row["subject"] for row in block["rows"]} == {"A", "B", "X"}


def test_too_much_handed_on_is_said_at_once(chief, nation):
    w.quota(nation["B"], "hợp đồng", "2022-01-01", 9)
    total(nation["T"], "hợp đồng", "2022-01-01", 5)
    assert "đã phân bổ 9, vượt tổng giao 5" in page(chief, reverse("quota_allocation"), don_vi="T", ky=DAY)


def test_the_way_down_counts_on_those_who_retire(chief, nation):
    text = page(chief, reverse("quota_surplus"), don_vi="X", ky=DAY).partition("<h2>Từng năm</h2>")[2]
    assert cells(text, "2026")[:4] == ["35", "—", "32", "0"], "four men of 06/1965 retire by the end of 2026"
    assert "Cán bộ 00" in text
    assert cells(text, "2030")[:4] == ["30", "—", "32", "2"]
    whole = page(chief, reverse("quota_surplus"), don_vi="X", ky=DAY)
    assert "năm 2029 cao hơn 1; năm 2030 cao hơn 2" in whole
    w.target(nation["X"], "BM01", "2030", 33)
    assert "Số người theo kịp lộ trình về 33 vào năm 2030" in page(chief, reverse("quota_surplus"), don_vi="X", ky=DAY)
    assert "chưa nhận đơn vị nào sáp nhập" in page(chief, reverse("quota_surplus"), don_vi="A", ky=DAY)


def test_a_unit_without_quotas_is_told_how_to_begin(chief, nation):
    empty = w.unit("E", "ban", (nation["T"], "2015-01-01", None), shelf="nha_nuoc")
    w.grow()
    assert empty.code == "E"
    for name in ("quota_overview", "quota_period", "quota_allocation", "quota_surplus"):
        text = page(chief, reverse(name), don_vi="E", ky=DAY)
        assert "Chưa" in text or "chưa" in text


def test_pages_cost_the_same_for_few_units_and_many(chief, nation, django_assert_max_num_queries):
    for number in range(40):
        w.quota(w.unit(f"N{number}", "ban", (nation["T"], "2015-01-01", None), shelf="nha_nuoc"), CC, "2022-01-01", 1)
    w.grow()
    for name, most in (("quota_overview", 38), ("quota_period", 32), ("quota_allocation", 24), ("quota_surplus", 28)):
        with django_assert_max_num_queries(most):
            page(chief, reverse(name), don_vi="T", ky=DAY)


@pytest.mark.parametrize(
    ("total_", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (114, [45, 29, 30, 16], [43, 28, 28, 15]),
        (0, [5, 5], [0, 0]),
        (7, [0, 0], [7, 0]),
        (3, [], []),
    ],
)
def test_shares_add_up(total_, weights, parts):
    assert shares.shared(total_, weights) == parts
    assert not weights or sum(parts) == total_


def test_steps_end_where_they_should():
    assert shares.steps(36, 30, 5) == [35, 34, 32, 31, 30]
    assert shares.target_number(45, Decimal(10)) == 40
