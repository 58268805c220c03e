"""Signing in: lock-out, log, password policy, first password, idle sessions, closed sign-up."""

from __future__ import annotations

import re
import time

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from canbo.foundation.accounts.middleware import SEEN
from canbo.foundation.accounts.passwords import CharacterClasses, first_password
from canbo.foundation.audit.models import AuditEntry

from .. import factories

pytestmark = pytest.mark.django_db


def sign_in(client: Client, username: str = "lan", password: str = factories.PASSWORD):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="accounts.").order_by("seq").values_list("verb", flat=True))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_five_failures_lock_the_account_even_for_the_right_password(client):
    factories.account("lan")
    factories.account("hoa")
    for _ in range(5):
        page = sign_in(client, password="sai").content.decode()
        assert "chưa đúng" in page
    page = sign_in(client).content.decode()
    assert not signed_in(client)
    minutes = re.search(r"Thử lại sau (\d+) phút", page)
    assert minutes is not None
    assert int(minutes[1]) in {14, 15}
    assert verbs() == ["accounts.session.refuse"] * 5 + ["accounts.session.locked"]
    assert sign_in(Client(), "hoa").status_code == 302, "another account is not locked"


def test_the_lock_ends_by_itself(client, monkeypatch):
    factories.account("lan")
    for _ in range(5):
        sign_in(client, password="sai")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 15 * 60 + 1)
    sign_in(client)
    assert signed_in(client)


def test_an_unknown_name_fails_in_the_same_words(client):
    factories.account("lan")
    wrong, unknown = sign_in(client, password="sai"), sign_in(Client(), "khong-co", "sai")
    words = [re.findall(r"Tên đăng nhập hoặc mật khẩu[^<]*", r.content.decode()) for r in (wrong, unknown)]
    assert words[0]
    assert words[0] == words[1]


def test_sessions_opened_and_closed_are_logged_without_the_password(client):
    user = factories.account("lan")
    sign_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)
    assert verbs() == ["accounts.session.open", "accounts.session.close"]
    line = AuditEntry.objects.get(verb="accounts.session.open")
    assert (line.user_id, line.data["ip"]) == (user.pk, "127.0.0.1")
    sign_in(client, password="bi-mat-nhap-nham")
    assert "bi-mat-nhap-nham" not in str(list(AuditEntry.objects.values()))
    assert AuditEntry.objects.get(verb="accounts.session.refuse").data["username"] == "lan"


def test_a_closed_account_cannot_sign_in(client):
    factories.account("lan", is_active=False)
    sign_in(client)
    assert not signed_in(client)


def test_nobody_signs_up_alone(client):
    values = {"username": "moi", "password1": "Mat-khau-moi-9", "password2": "Mat-khau-moi-9"}
    client.post(reverse("account_signup"), values)
    assert not signed_in(client)
    assert not factories.User.objects.filter(username="moi").exists()


def test_a_first_password_must_be_changed_before_anything_else(client):
    user = factories.account("lan", must_change_password=True)
    change = reverse("account_change_password")
    sign_in(client)
    assert client.get("/ngay-xem/").headers["Location"] == change
    assert client.get(change).status_code == 200
    values = {"oldpassword": factories.PASSWORD, "password1": factories.PASSWORD, "password2": factories.PASSWORD}
    assert "phải khác" in client.post(change, values).content.decode()
    new = "Con-Duong-Moi-77"
    done = client.post(change, {"oldpassword": factories.PASSWORD, "password1": new, "password2": new})
    assert done.url == "/"
    user.refresh_from_db()
    assert not user.must_change_password
    assert user.check_password(new)
    assert client.get("/khong-co-trang-nay/").status_code == 404


def test_an_idle_session_ends_and_leads_back(client, monkeypatch):
    factories.account("lan")
    sign_in(client)
    client.get("/khong-co/")
    session = client.session
    session[SEEN] = int(time.time()) - 3601
    session.save()
    response = client.get("/khong-co/?a=1")
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('account_login')}?next=/khong-co/%3Fa%3D1"
    assert not signed_in(client)
    assert verbs()[-1] == "accounts.session.close"


def test_one_sees_and_ends_her_other_sessions(client):
    user = factories.account("lan")
    phone = Client(headers={"user-agent": "May-tinh-bang"})
    sign_in(client)
    sign_in(phone)
    phone.get("/khong-co/")
    page = client.get(reverse("usersessions_list"))
    assert "May-tinh-bang" in page.content.decode()
    assert UserSession.objects.filter(user=user).count() == 2
    client.post(reverse("usersessions_list"))
    assert phone.get(reverse("account_change_password")).status_code == 302
    assert client.get(reverse("account_change_password")).status_code == 200


@pytest.mark.parametrize("password", ["chữthườngthôi", "chu-thuong-thoi", "CHUHOA12345"])
def test_uniform_passwords_are_refused(password):
    with pytest.raises(ValidationError, match="4 loại"):
        CharacterClasses().validate(password)


def test_first_passwords_satisfy_the_policy_and_differ():
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        CharacterClasses(4).validate(password)
        assert re.fullmatch(r"[a-km-zA-HJ-NP-Z2-9]{4}(-[a-km-zA-HJ-NP-Z2-9]{4}){2}", password)
