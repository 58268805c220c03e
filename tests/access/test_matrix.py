"""Every address × every role: who is let in, who is told no, who is told nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from canbo.facts.access.roles import PERMISSIONS, ROLES

from .urls_table import PUBLIC, SIGNED_IN, TABLE, Address
from .walk import address, names, ours, status

REFUSED = {403}
MISSING = {404}


def test_every_address_says_who_may_open_it():
    unknown = [name for name in ours() if name not in TABLE]
    assert not unknown, f"say who may open them in tests/access/urls_table.py: {unknown}"
    known = {name for name, _ in names()}
    assert not [name for name in TABLE if name not in known], "the table names addresses that are gone"


def test_every_address_has_a_name():
    # The sign-in library redirects four of its old addresses, which it leaves unnamed.
    assert not [pattern for name, pattern in names() if not name.split(":")[-1] and not pattern.startswith("social/")]


def test_the_table_uses_real_permissions():
    marks = {PUBLIC, SIGNED_IN, "nobody"}
    assert {row.permission for row in TABLE.values()} <= marks | set(PERMISSIONS)


@pytest.mark.parametrize("name", TABLE)
def test_without_signing_in_every_address_leads_to_the_door(name, provinces):
    client = Client()
    place = address(name, provinces[0])
    response = client.post(place) if TABLE[name].post else client.get(place)
    if TABLE[name].permission == PUBLIC:
        assert response.status_code == 200
        return
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/tai-khoan/login/?next=")


def expected(row: Address, role: str | None, *, everywhere: bool) -> set[int] | None:
    """Statuses an address may answer to a role in its own scope; None for anything but a refusal."""
    permissions = next((r.permissions for r in ROLES if r.code == role), frozenset())
    if row.permission in {PUBLIC, SIGNED_IN}:
        return None
    if row.permission == "nobody":
        return MISSING
    if row.permission not in permissions:
        return REFUSED | MISSING if row.kwargs else REFUSED
    if row.everywhere and not everywhere:
        return REFUSED
    return None


@pytest.mark.parametrize("role", [None, *(role.code for role in ROLES)])
def test_a_role_opens_what_it_may_in_its_scope(role, provinces, signed_in_as):
    client = signed_in_as(role, provinces[0].root)
    for name in ours():
        wanted = expected(TABLE[name], role, everywhere=False)
        answer = status(client, name, provinces[0])
        if wanted is None:
            assert answer not in {403, 500}, f"{role} opens {name}: {answer}"
            if TABLE[name].permission not in {PUBLIC, SIGNED_IN}:
                assert answer != 404, f"{role} opens {name}: {answer}"
        else:
            assert answer in wanted, f"{role} opens {name}: {answer}"


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_a_role_everywhere_opens_what_asks_for_everywhere(role, provinces, signed_in_as):
    client = signed_in_as(role)
    for name in (n for n in ours() if TABLE[n].everywhere):
        wanted = expected(TABLE[name], role, everywhere=True)
        answer = status(client, name, provinces[0])
        assert answer in (wanted or {200, 302}), f"{role} opens {name}: {answer}"
