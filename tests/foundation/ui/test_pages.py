"""Frames, sign-in pages and template tags."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.contrib.auth import get_user_model
from django.template import Context, Template
from django.test import Client

ENGLISH = re.compile(r"\b(sign in|sign out|password|username|log ?in|please|your|the|change)\b", re.IGNORECASE)


def words(page: str) -> str:
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


@pytest.mark.parametrize("path", ["login/", "password/reset/", "signup/"])
def test_entrance_pages_speak_vietnamese(client: Client, db: None, path: str) -> None:
    page = client.get(f"/tai-khoan/{path}").content.decode()
    assert not ENGLISH.search(words(page)), words(page)
    assert "<h1>" in page


@pytest.mark.parametrize("path", ["password/change/", "sessions/", "2fa/", "logout/"])
def test_account_pages_speak_vietnamese_inside_the_frame(clerk: Client, path: str) -> None:
    page = clerk.get(f"/tai-khoan/{path}").content.decode()
    assert not ENGLISH.search(words(page)), words(page)
    assert 'id="dieu-huong"' in page


def test_a_wrong_password_is_told_without_blame(client: Client, db: None) -> None:
    page = client.post("/tai-khoan/login/", {"login": "nobody", "password": "x"}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in page
    assert not ENGLISH.search(words(page)), words(page)


def test_too_many_failures_are_told(client: Client, db: None) -> None:
    get_user_model().objects.create(username="cham")
    for _ in range(6):
        page = client.post("/tai-khoan/login/", {"login": "cham", "password": "x"}).content.decode()
    assert re.search(r"Thử lại sau \d+ phút", page)


def test_the_gallery_is_for_those_who_build(client: Client, accounts: object) -> None:
    assert client.get("/mau-giao-dien/").status_code == 302
    client.force_login(get_user_model().objects.get(username="000000000001"))
    assert client.get("/mau-giao-dien/").status_code == 404


def test_a_page_becomes_a_panel_when_asked_beside_a_list(clerk: Client) -> None:
    panel = clerk.get("/mau-giao-dien/", headers={"HX-Request": "true", "HX-Target": "ben"}).content.decode()
    assert "<html" not in panel
    assert "data-close-panel" in panel
    assert "Mẫu giao diện" in panel


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ n|so }}", "1.234,5"),
        ("{{ none|so }}", "—"),
        ("{{ n|phan_tram }}", "1.234,5%"),
        ("{{ day|ngay }}", "30/06/2021"),
        ("{{ day|ngay:'m' }}", "06/2021"),
        ("{% period day %}", "từ 30/06/2021 đến nay"),
        ("{% period day day %}", "từ 30/06/2021 đến 30/06/2021"),
        ("{{ when|gio }}", "06:30 ngày 01/07/2021"),
        ("{% state text 'quiet' %}", '<span class="state state--quiet">&lt;x&gt;</span>'),
    ],
)
def test_tags(source: str, shown: str) -> None:
    values = {
        "n": 1234.5,
        "none": None,
        "text": "<x>",
        "day": dt.date(2021, 6, 30),
        "when": dt.datetime(2021, 6, 30, 23, 30, tzinfo=dt.UTC),
    }
    assert Template("{% load canbo %}" + source).render(Context(values)) == shown
