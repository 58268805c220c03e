"""A real Chromium, signed in, that notices everything that goes wrong on a page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in the test's thread
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; without one the test is skipped, or fails where REQUIRE_BROWSER is set."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip)("không có chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": ARGUMENTS}


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """What went wrong in the browser; the test fails if anything did."""
    seen: list[str] = []
    yield seen
    assert seen == []


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer, faults: list[str]) -> Iterator[Open]:
    """Opens a signed-in page of a given size; console errors, script errors and foreign requests are faults."""
    user = get_user_model().objects.create(username="mau", display_name="Trần Thị Mẫu", is_superuser=True)
    for i in range(60):
        get_user_model().objects.create(username=f"nguoi{i:02d}", display_name=f"Lê Văn {'ABCDE'[i % 5]}")
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_(width: int, height: int, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            base_url=live_server.url,
            locale="vi-VN",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        here = urlsplit(live_server.url).netloc
        page.on("console", lambda m: faults.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda r: faults.append(r.url) if urlsplit(r.url).netloc not in ("", here) else None)
        return page

    yield open_
    for context in contexts:
        context.close()
