"""Accounts to list and somebody signed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client


@pytest.fixture
def accounts(db: None) -> Any:
    """Sixty accounts whose names sort and whose sign-in names look like numbers."""
    given = ["An", "Ánh", "Bình", "Đào", "Dung", "Hà"]
    get_user_model().objects.bulk_create(
        [
            get_user_model()(username=f"0{i:011d}", display_name=f"Lê Thị {given[i % 6]}", is_active=i % 10 != 0)
            for i in range(60)
        ]
    )
    return get_user_model().objects


@pytest.fixture
def clerk(client: Client, accounts: Any) -> Client:
    """A client signed in as somebody who may see the gallery."""
    client.force_login(accounts.create(username="truong", display_name="=Trần Văn Mẫu", is_superuser=True))
    return client
