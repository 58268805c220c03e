"""An account belongs to one person of the records, and a person has one account."""

from __future__ import annotations

import argparse

import pytest

from canbo.facts.access.commands import user as command
from canbo.facts.access.models import AccountPerson
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.violation import OutOfScope, Refused

from .. import factories

pytestmark = pytest.mark.django_db


def canbo_user(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return command.run(parser.parse_args(arguments))


def test_the_page_links_an_account_and_says_whose_it_is(provinces, signed_in_as):
    home, foreign = provinces
    account = factories.account("lan", "ca_nhan", home.cell)
    client = signed_in_as("quan_tri", home.root)
    place = f"/quan-tri/tai-khoan/{account.pk}/"
    page = client.post(f"{place}ho-so/", {"code": foreign.person.code}).content.decode()
    assert "Không có hồ sơ mã" in page
    assert foreign.person.name not in page
    page = client.post(f"{place}ho-so/", {"code": home.person.code}, follow=True).content.decode()
    assert f"Tài khoản này là của <b>{home.person.name}</b>" in page
    assert AccountPerson.objects.get().person_id == home.person.pk
    assert AuditEntry.objects.filter(verb="access.account.person").count() == 1


def test_a_person_has_one_account(provinces, signed_in_as):
    home = provinces[0]
    one, two = (factories.account(name, "ca_nhan", home.cell) for name in ("mot", "hai"))
    AccountPerson.objects.create(user=one, person_id=home.person.pk)
    client = signed_in_as("quan_tri", home.root)
    page = client.post(f"/quan-tri/tai-khoan/{two.pk}/ho-so/", {"code": home.person.code}).content.decode()
    assert "Hồ sơ này đã gắn với tài khoản khác." in page
    assert AccountPerson.objects.get().user == one


def test_the_command_links(capsys):
    cell = factories.unit("Chi bộ Bến Đò")
    who = factories.person("Lò Thị Lan", cell)
    factories.account("lan", "ca_nhan", cell)
    assert canbo_user("link", "lan", who.code) == 0
    assert "hồ sơ của Lò Thị Lan" in capsys.readouterr().out
    assert AccountPerson.objects.get().person_id == who.pk
    with pytest.raises(OutOfScope):
        canbo_user("link", "lan", "KHONG-CO")
    with pytest.raises(OutOfScope):
        canbo_user("link", "khong-co", who.code)
    factories.account("hai", "ca_nhan", cell)
    with pytest.raises(Refused):
        canbo_user("link", "hai", who.code)
