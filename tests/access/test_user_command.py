"""``canbo user``: the first account of a new installation, and the list."""

from __future__ import annotations

import argparse
import io
import json
import re

import pytest

from canbo.facts.access.commands import user
from canbo.foundation.accounts.models import User
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.violation import OutOfScope, Refused

from .. import factories

pytestmark = pytest.mark.django_db


def canbo_user(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    user.configure(parser)
    return user.run(parser.parse_args(arguments))


def test_an_account_is_opened_with_a_password_printed_once(capsys):
    cell = factories.unit("Chi bộ Bến Đò")
    assert canbo_user("add", "lan", "--role", "bi_thu", "--unit", cell.code, "--display-name", "Lò Thị Lan") == 0
    printed = re.search(r"Mật khẩu đầu tiên [^:]*: (\S+)", capsys.readouterr().out)
    assert printed
    account = User.objects.get(username="lan")
    assert account.check_password(printed[1])
    assert account.must_change_password
    assert AuditEntry.objects.get(verb="access.account.open").actor.endswith("(dòng lệnh)")
    assert canbo_user("list") == 0
    out = capsys.readouterr().out
    assert f"Bí thư chi bộ, {cell.code}" in out
    assert printed[1] not in out


def test_a_password_typed_is_not_printed_and_json_is_one_document(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Mat-khau-go-tay-1\n"))
    assert canbo_user("add", "hoa", "--role", "quan_tri", "--unit", "*", "--prompt", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"username": "hoa", "role": "quan_tri", "unit": "*", "password": None}
    assert User.objects.get(username="hoa").check_password("Mat-khau-go-tay-1")
    canbo_user("list", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [(r["username"], r["open"], r["grants"][0]["unit"]) for r in rows] == [("hoa", True, "*")]


def test_a_forgotten_password_is_set_anew(capsys):
    canbo_user("add", "lan", "--role", "quan_tri", "--unit", "*", "--password", "Mat-khau-quen-1")
    User.objects.filter(username="lan").update(must_change_password=False)
    capsys.readouterr()
    assert canbo_user("password", "lan") == 0
    printed = re.search(r"Mật khẩu mới [^:]*: (\S+)", capsys.readouterr().out)
    assert printed
    account = User.objects.get(username="lan")
    assert account.check_password(printed[1])
    assert account.must_change_password
    assert AuditEntry.objects.filter(verb="access.account.password").count() == 1
    with pytest.raises(OutOfScope, match="canbo user list"):
        canbo_user("password", "khong-co")


def test_what_cannot_be_is_refused():
    with pytest.raises(Refused, match="Không có vai trò"):
        canbo_user("add", "lan", "--role", "vua", "--unit", "*")
    with pytest.raises(OutOfScope):
        canbo_user("add", "lan", "--role", "bi_thu", "--unit", "KHONG-CO")
    with pytest.raises(Refused, match="10"):
        canbo_user("add", "lan", "--role", "bi_thu", "--unit", "*", "--password", "Ng-1")
    assert not User.objects.exists()
