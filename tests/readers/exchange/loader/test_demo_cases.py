"""Every case is a clean book: it loads without a fault, and a second time nothing happens."""

from __future__ import annotations

import pytest

from canbo.readers.exchange.demo.cases import CASES

from .conftest import TODAY, Load, contents


@pytest.mark.parametrize("case", CASES)
def test_cases_load_clean_and_once(case: str, load: Load) -> None:
    for book in CASES[case].books(400, 3, TODAY):
        load(book, clean=True)
        before = contents()
        load(book, clean=True)
        assert contents() == before
