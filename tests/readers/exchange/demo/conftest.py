from __future__ import annotations

import datetime as dt

import pytest

from canbo.readers.exchange.book import Book
from canbo.readers.exchange.demo.cases import thanh_hoa_2021


@pytest.fixture(scope="session")
def thanh_hoa() -> Book:
    """The whole province, once for all tests."""
    (book,) = thanh_hoa_2021.make(thanh_hoa_2021.FULL, 7, dt.date(2022, 1, 6))
    return book
