"""Two provinces with an account each, and somebody signed in for every role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from canbo.facts.access.models import Grant
from canbo.foundation.accounts.models import User

from .. import factories

Provinces = tuple[factories.Province, factories.Province]


@pytest.fixture
def provinces(db) -> Provinces:
    """The reader's province and a foreign one, each with an account granted inside it."""
    both = factories.two_provinces()
    for province in both:
        factories.account(f"nguoi-{province.root.pk}", "nguoi_xem", province.cell)
    return both


@pytest.fixture
def signed_in_as() -> Callable[..., Client]:
    """A browser signed in with one role over one unit."""

    def sign_in(role: str | None, where: factories.Unit | None = None) -> Client:
        user = User(username=f"vai-{role}", display_name=f"Vai {role}")
        user.set_unusable_password()
        user.save()
        if role:
            Grant.objects.create(user=user, role=role, unit=where, in_force=factories.period(), since=factories.START)
        client = Client(raise_request_exception=True)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
