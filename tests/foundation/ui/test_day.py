"""The viewing day: kept in the session, seen on every page, and no writing while it is not today."""

from __future__ import annotations

from django.test import Client

DAY = "/ngay-xem/"
GALLERY = "/mau-giao-dien/"
WRITE = "/tai-khoan/password/change/"
SAVE = "/goc-nhin/"


def text(client: Client, url: str = GALLERY) -> str:
    return client.get(url).content.decode()


def test_another_day_is_chosen_and_shown(clerk: Client) -> None:
    assert "hôm nay" in text(clerk)
    assert clerk.post(DAY, {"ngay": "30/06/2021", "next": GALLERY}).headers["Location"] == GALLERY
    page = text(clerk)
    assert "Đang xem ngày 30/06/2021" in page
    assert "data-past" in page
    assert clerk.get(GALLERY).wsgi_request.day.isoformat() == "2021-06-30"


def test_an_empty_day_returns_to_today(clerk: Client) -> None:
    clerk.post(DAY, {"ngay": "30/06/2021"})
    clerk.post(DAY, {"ngay": ""})
    assert "Đang xem ngày" not in text(clerk)


def test_an_unreadable_day_changes_nothing_and_says_why(clerk: Client) -> None:
    clerk.post(DAY, {"ngay": "31/02/2021", "next": GALLERY})
    page = text(clerk)
    assert "31/02/2021 không phải là ngày có thật" in page
    assert "data-past" not in page
    clerk.post(DAY, {"ngay": "2021", "next": GALLERY})
    assert "2021 thiếu ngày hoặc tháng" in text(clerk)


def test_writing_is_refused_on_another_day(clerk: Client) -> None:
    clerk.post(DAY, {"ngay": "30/06/2021"})
    refused = clerk.post(GALLERY, {"anything": "1"})
    assert refused.status_code == 409
    assert "Chưa ghi gì cả" in refused.content.decode()
    fragment = clerk.post(GALLERY, {"anything": "1"}, headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Retarget"]) == (409, "#thong-bao")
    clerk.post(DAY, {"ngay": ""})
    assert clerk.post(GALLERY, {"anything": "1"}).status_code == 200


def test_signing_in_and_personal_settings_work_on_any_day(clerk: Client) -> None:
    clerk.post(DAY, {"ngay": "30/06/2021"})
    assert clerk.post(SAVE, {"page": "gallery", "name": "Của tôi", "query": "q=an"}).status_code == 302
    assert clerk.post(WRITE, {"oldpassword": "x"}).status_code == 200
    assert clerk.post("/tai-khoan/logout/").status_code == 302


def test_the_way_back_stays_in_the_house(clerk: Client) -> None:
    assert clerk.post(DAY, {"ngay": "", "next": "https://example.com/"}).headers["Location"] == "/"
    assert clerk.get(DAY).status_code == 405


def test_acts_that_write_are_not_offered_on_another_day(clerk: Client) -> None:
    shown = text(clerk, GALLERY + "danh-sach/")
    assert "Khoá lại" in shown
    assert "Mở tài khoản" in shown
    clerk.post(DAY, {"ngay": "30/06/2021"})
    shown = text(clerk, GALLERY + "danh-sach/")
    assert "Khoá lại" not in shown
    assert "Mở tài khoản" not in shown
    assert "Xuất Excel" in shown
