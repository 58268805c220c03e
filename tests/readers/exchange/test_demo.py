"""The demonstration: into an empty database only, with accounts that can sign in."""

from __future__ import annotations

import argparse
import re

import pytest
from django.test import Client

from canbo.facts.access.models import Grant
from canbo.facts.people.models import Person
from canbo.foundation.kernel.violation import Refused
from canbo.readers.exchange.commands import demo
from canbo.readers.exchange.demo.cases import CASES

pytestmark = pytest.mark.django_db


def options(case: str, size: int | None = 300) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    demo.configure(parser)
    return parser.parse_args(["--case", case, *(["--size", str(size)] if size else [])])


@pytest.mark.parametrize("case", sorted(CASES))
def test_every_case_is_loaded_without_a_fault(case: str, capsys: pytest.CaptureFixture[str]):
    assert demo.needed()
    assert demo.run(options(case)) == 0, capsys.readouterr().err
    assert Person.objects.count() >= 50
    assert not demo.needed()


def test_the_accounts_it_prints_can_sign_in_and_must_change_their_password(capsys: pytest.CaptureFixture[str]):
    assert demo.run(options("tinh-mau")) == 0
    shown = capsys.readouterr().out
    assert CASES["tinh-mau"].title in shown
    found = dict(re.findall(r"^  (\w+) +(\S+) +\S", shown, re.MULTILINE))
    assert set(found) == {name for name, _, _ in demo.ACCOUNTS} | {"thutruong", "canhan"}
    assert Grant.objects.get(role="bi_thu").unit is not None
    assert Grant.objects.get(role="chuyen_vien").unit is None
    for name, password in found.items():
        assert Client().login(username=name, password=password), name
    assert demo.HINTS


def test_a_database_that_holds_people_is_refused():
    from ... import factories

    factories.person("Lò Thị Mây")
    with pytest.raises(Refused, match="chỗ trống"):
        demo.run(options("tinh-mau"))


def test_an_unknown_case_is_refused():
    with pytest.raises(SystemExit):
        options("khong-co")
