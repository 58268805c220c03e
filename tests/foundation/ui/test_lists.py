"""Lists: search, filters as chips, order, pages, columns, saved views, fragments and workbooks."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

URL = "/mau-giao-dien/danh-sach/?mau=1"


def rows(page: str) -> list[str]:
    return re.findall(r"<tr data-row>.*?data-row-link[^>]*>([^<]*)</a>", page, re.DOTALL)


def get(client: Client, query: str = "", **headers: str) -> str:
    return client.get(URL + query, headers=headers).content.decode()


def test_fifty_rows_a_count_and_the_next_page(clerk: Client) -> None:
    page = get(clerk)
    assert len(rows(page)) == 50
    assert "61 người" in page
    assert 'rel="next"' in page
    assert len(rows(get(clerk, "&trang=2"))) == 11
    assert len(rows(get(clerk, "&trang=99"))) == 11, "past the end is the last page"


def test_pages_do_not_overlap_when_names_are_equal(clerk: Client) -> None:
    found = [*re.findall(r'name="chon" value="(\d+)"', get(clerk) + get(clerk, "&trang=2"))]
    assert len(found) == len(set(found)) == 61


def test_order_is_turned_by_the_heading(clerk: Client) -> None:
    up, down = get(clerk, "&xep=username"), get(clerk, "&xep=-username")
    assert re.findall(r">(0\d{11})<", up)[:2] == ["000000000000", "000000000001"]
    assert re.findall(r">(0\d{11})<", down)[0] == "000000000059"
    assert 'aria-sort="descending"' in down
    assert get(clerk, "&xep=no_such_column"), "an unknown column is ignored"


def test_a_condition_is_a_chip_that_can_be_lifted(clerk: Client) -> None:
    page = get(clerk, "&is_active=False&q=Bình")
    chips = re.findall(r'class="chip" href="([^"]*)"><span>([^<]*)<b>([^<]*)</b>', page)
    assert [(label, word) for _, label, word in chips] == [("Tìm: ", "Bình"), ("Tình trạng: ", "khoá")]
    assert "q=" not in chips[0][0]
    assert "is_active=False" in chips[0][0]
    assert "is_active" not in chips[1][0]


def test_nothing_found_says_what_to_do(clerk: Client) -> None:
    assert "Không có dòng nào khớp" in get(clerk, "&q=khongcoai")


def test_htmx_gets_the_list_alone(clerk: Client) -> None:
    answer = clerk.get(URL, headers={"HX-Request": "true", "HX-Target": "danh-sach"})
    assert "<html" not in answer.content.decode()
    assert "HX-Target" in answer.headers["Vary"]


def test_columns_are_chosen_and_kept(clerk: Client) -> None:
    assert "Ngày mở</a>" in get(clerk)
    clerk.post("/cot/", {"page": "gallery", "cot": ["username", "last"], "next": URL})
    page = get(clerk)
    assert "Ngày mở</a>" not in page
    assert "Đăng nhập gần nhất</a>" in page
    clerk.post("/cot/", {"page": "gallery", "lai": "1"})
    assert "Ngày mở</a>" in get(clerk)


def test_a_view_is_saved_opened_and_dropped(clerk: Client) -> None:
    clerk.post("/goc-nhin/", {"page": "gallery", "name": "Đã khoá", "query": "mau=1&is_active=False"})
    page = get(clerk)
    link = re.search(r'<a href="([^"]*)">Đã khoá</a>', page)
    assert link
    assert len(rows(clerk.get(link[1].replace("&amp;", "&")).content.decode())) == 6
    pk = re.search(r'name="bo" value="(\d+)"', page)
    assert pk
    clerk.post("/goc-nhin/", {"bo": pk[1]})
    assert "Đã khoá</a>" not in get(clerk)
    clerk.post("/goc-nhin/", {"page": "gallery", "name": "  ", "query": ""})
    assert "Góc nhìn chưa có tên" in get(clerk)


def test_queries_do_not_grow_with_rows(clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(12):
        get(clerk)


def test_workbook_holds_exactly_what_is_shown(clerk: Client) -> None:
    answer = clerk.get(URL + "&is_active=True&xep=-username&xuat=xlsx")
    assert "tai-khoan-mau.xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    sheet = book.worksheets[0]
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0] == ["Họ và tên", "Tên đăng nhập", "Số thứ tự", "Ngày mở", "Tình trạng"]
    assert len(table) == 1 + 55
    names = [row[1] for row in table[1:]]
    assert names == sorted(names, reverse=True)
    assert table[2][1] == "000000000059", "leading zeros stay"
    assert isinstance(table[1][3], dt.datetime)
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert isinstance(table[1][2], int | float)
    assert table[1][0] == "=Trần Văn Mẫu"
    assert sheet["A2"].data_type == "s", "a name beginning with = is no formula"
    notes = {row[0].value: row[1].value for row in book["Nguồn"].iter_rows()}
    assert notes["Điều kiện lọc"] == "Tình trạng: đang dùng"
    assert notes["Số dòng"] == "55"


@pytest.mark.parametrize("query", ["&trang=abc", "&trang=-1", "&is_active=maybe", "&xep=--", "&xep="])
def test_a_mangled_address_is_answered(clerk: Client, query: str) -> None:
    assert clerk.get(URL + query).status_code == 200
