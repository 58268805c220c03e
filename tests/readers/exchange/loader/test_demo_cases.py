"""Every case is a clean book: it loads without a fault, and a second time nothing happens."""

from __future__ import annotations

import pytest

from canbo.readers.exchange.demo.cases import CASES

from .conftest import TODAY, Load, contents

WITHOUT_PAPERS = {"cai-cach-2025"}
"""The published units of 2025 name no decisions: they are history, and marked so."""


@pytest.mark.parametrize("case", CASES)
def test_cases_load_clean_and_once(case: str, load: Load) -> None:
    for book in CASES[case].books(400, 3, TODAY):
        load(book, clean=True, history=case in WITHOUT_PAPERS)
        before = contents()
        load(book, clean=True, history=case in WITHOUT_PAPERS)
        assert contents() == before
