"""A clerk at the screen: signed in with a role over one board."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from canbo.facts.access.models import AccountPerson
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person

from ... import factories

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """``sign_in("chuyen_vien", unit)``: a browser of a new account; ``me`` links it to a person."""

    def build(role: str, where: Unit | None = None, *, me: Person | None = None, name: str = "can-bo") -> Client:
        user = factories.account(name, role, where, display_name="Lê Thị Thử")
        if me:
            AccountPerson.objects.create(user=user, person_id=me.pk)
        client = Client(raise_request_exception=True)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return build
