"""Somebody of one province, on every address, about the other: 404, and not a word of it anywhere."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from canbo.facts.access.roles import ROLES

from .urls_table import PUBLIC, SIGNED_IN, TABLE
from .walk import address, ours, status

WITH_RECORDS = [role.code for role in ROLES if role.permissions]


def readable(response) -> str:
    """The text of an answer: a page, JSON, or the sheets of a workbook."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return " ".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return body.decode(errors="replace")


def leaked(text: str, marks: tuple[str, ...]) -> list[str]:
    return [mark for mark in marks if re.search(re.escape(mark), text)]


@pytest.mark.parametrize("role", WITH_RECORDS)
def test_what_is_foreign_is_not_there(role, provinces, signed_in_as):
    home, foreign = provinces
    client = signed_in_as(role, home.root)
    permissions = next(r.permissions for r in ROLES if r.code == role)
    for name in ours():
        row = TABLE[name]
        if row.kwargs is None or row.names_nothing or row.permission in {PUBLIC, SIGNED_IN, "nobody"}:
            continue
        answer = status(client, name, foreign)
        wanted = {404} if row.permission in permissions else {403, 404}
        assert answer in wanted, f"{role} opens the foreign {name}: {answer}"
        if not row.post:
            assert not leaked(readable(client.get(address(name, foreign))), foreign.marks), name


@pytest.mark.parametrize("role", WITH_RECORDS)
@pytest.mark.parametrize("suffix", ["", "xuat=xlsx", "search"])
def test_no_list_search_or_export_holds_a_foreign_row(role, suffix, provinces, signed_in_as):
    home, foreign = provinces
    client = signed_in_as(role, home.root)
    for name in ours():
        row = TABLE[name]
        if row.kwargs is not None or row.post:
            continue
        place = address(name, home)
        for query in [suffix] if suffix != "search" else [f"q={mark.split()[-1][:-1]}" for mark in foreign.marks]:
            full = f"{place}{'&' if '?' in place else '?'}{query}" if query else place
            text = readable(client.get(full))
            # The text searched for is shown back to the reader: it lacks the last letter, so only rows count.
            assert not leaked(text, foreign.marks), f"{role} sees a foreign row on {full}"
            assert f"nguoi-{foreign.root.pk}" not in text, f"{role} sees a foreign account on {full}"


def test_a_missing_row_and_a_foreign_row_look_the_same(provinces, signed_in_as):
    home, foreign = provinces
    client = signed_in_as("quan_tri", home.root)
    strange = client.get(address("account_detail", foreign))
    missing = client.get("/quan-tri/tai-khoan/999999999/")
    assert strange.status_code == missing.status_code == 404
    clean = [re.sub(r'(nonce|value|href|action)="[^"]*"', "", readable(r)) for r in (strange, missing)]
    assert clean[0] == clean[1]
