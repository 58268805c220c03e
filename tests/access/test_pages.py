"""The pages of accounts, used as an administrator uses them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from canbo.facts.access.models import Delegation, Grant
from canbo.foundation.accounts.models import User
from canbo.foundation.audit.models import AuditEntry

from .. import factories

pytestmark = pytest.mark.django_db


def test_an_account_from_opening_to_closing(provinces, signed_in_as):
    home, foreign = provinces
    client = signed_in_as("quan_tri", home.root)
    values = {"username": "may", "display_name": "Lò Thị Mận", "role": "bi_thu", "unit": foreign.cell.code}
    page = client.post(reverse("account_open"), values).content.decode()
    assert f"Không có đơn vị mã {foreign.cell.code} trong phạm vi" in page
    answer = client.post(reverse("account_open"), {**values, "unit": home.cell.code})
    assert answer.headers["Cache-Control"] == "no-store"
    password = re.search(r"<code>(\S+)</code>", answer.content.decode())[1]
    account = User.objects.get(username="may")
    assert account.check_password(password)

    place = reverse("account_detail", args=[account.pk])
    grant = {"role": "nguoi_xem", "unit": home.root.code, "since": "01/03/2024", "until": "31/03/2024"}
    assert client.post(place, grant).headers["Location"] == place
    assert "từ 01/03/2024 đến 31/03/2024" in client.get(place).content.decode()
    assert "đã giữ vai trò" in client.post(place, grant).content.decode()

    first = Grant.objects.get(user=account, role="bi_thu")
    client.post(reverse("grant_revoke", args=[account.pk, first.pk]), {"reason": ""})
    first.refresh_from_db()
    assert first.voided_on is None
    client.post(reverse("grant_revoke", args=[account.pk, first.pk]), {"reason": "Nhầm"})
    first.refresh_from_db()
    assert first.voided_why == "Nhầm"

    renewed = client.post(reverse("account_password", args=[account.pk])).content.decode()
    account.refresh_from_db()
    assert account.check_password(re.search(r"<code>(\S+)</code>", renewed)[1])
    client.post(reverse("account_close", args=[account.pk]), {"reason": "Nghỉ hưu"})
    account.refresh_from_db()
    assert not account.is_active


def test_lending_and_taking_back(signed_in_as, provinces):
    client = signed_in_as("lanh_dao", provinces[0].root)
    factories.account("pho")
    place = reverse("delegations")
    grant = Grant.objects.get(role="lanh_dao")
    values = {"grant": grant.pk, "to": "pho", "since": "01/01/2030", "until": "15/01/2030", "reason": "Đi học"}
    assert "Không có tài khoản đang mở" in client.post(place, {**values, "to": "ma"}).content.decode()
    client.post(place, values)
    lent = Delegation.objects.get()
    assert "Đi học" in client.get(place).content.decode()
    client.post(reverse("delegation_end", args=[lent.pk]), {"reason": "Thôi học"})
    assert not Delegation.objects.standing().exists()


def test_every_page_under_broken_glass_is_logged(signed_in_as, provinces):
    client = signed_in_as("quan_tri", provinces[0].root)
    client.get(reverse("accounts_list"))
    assert not AuditEntry.objects.filter(verb="access.glass.read").exists()
    client.post(reverse("break_glass"), {"reason": "Khắc phục sự cố nạp tệp", "minutes": 5})
    client.get(reverse("accounts_list"))
    paths = AuditEntry.objects.filter(verb="access.glass.read").values_list("data__path", flat=True)
    assert reverse("accounts_list") in paths


def test_the_log_is_read_filtered_and_exported(signed_in_as):
    client: Client = signed_in_as("thanh_tra")
    place = reverse("audit_log")
    assert "accounts.session.open" in client.get(place).content.decode()
    none = client.get(place, {"hanh_vi": "decisions."}).content.decode()
    assert "accounts.session.open" not in none
    book = client.get(place, {"xuat": "xlsx"})
    assert book.getvalue().startswith(b"PK")


@pytest.mark.parametrize(("role", "status", "words"), [("nguoi_xem", 403, "vai trò hiện tại không cho phép")])
def test_a_refusal_says_what_to_do(role, status, words, signed_in_as):
    answer = signed_in_as(role).get(reverse("audit_log"))
    assert answer.status_code == status
    assert words in answer.content.decode()
