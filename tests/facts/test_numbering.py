"""The numbering of decisions: who may use a number again, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.decisions.rules import Heading, Numbering, heading_faults, is_party_symbol, number_faults, number_key

D = dt.date
TERMS = [D(2015, 10, 16), D(2020, 10, 16), D(2025, 9, 26)]


def head(number: str, day: dt.date, doc_type: str = "Quyết định", issuer: str = "Tỉnh ủy Mẫu") -> Heading:
    return Heading(number, day, issuer, doc_type)


@pytest.mark.parametrize(
    ("new", "old", "refused"),
    [
        # Party: one series for the term, which runs over several years
        (head("12-QĐ/TU", D(2021, 3, 1)), head("12-QĐ/TU", D(2023, 8, 9)), True),
        (head("12-QĐ/TU", D(2021, 3, 1)), head("12-QĐ/TU", D(2020, 10, 16)), True),
        (head("12-QĐ/TU", D(2021, 3, 1)), head("12-QĐ/TU", D(2020, 10, 15)), False),
        (head("12-QĐ/TU", D(2025, 9, 26)), head("12-QĐ/TU", D(2025, 9, 25)), False),
        (head("12-QĐ/TU", D(2025, 9, 25)), head("12-QĐ/TU", D(2025, 9, 26)), False),
        (head("15/QĐ-SNV", D(2021, 12, 31)), head("15/QĐ-SNV", D(2022, 1, 1)), False),
        (head("012 - qđ/tu", D(2021, 3, 1)), head("12-QĐ/TU", D(2021, 3, 2)), True),
        # quyết định and quy định share the symbol QĐ, but are different types of document
        (head("12-QĐ/TU", D(2021, 3, 1), "Quy định"), head("12-QĐ/TU", D(2021, 8, 9)), False),
        (head("12-QĐ/TU", D(2021, 3, 1), issuer="Huyện ủy A"), head("12-QĐ/TU", D(2021, 8, 9)), False),
        # State: one series for the calendar year
        (head("15/QĐ-SNV", D(2021, 1, 1)), head("15/QĐ-SNV", D(2021, 12, 31)), True),
        (head("15/QĐ-SNV", D(2022, 1, 1)), head("15/QĐ-SNV", D(2021, 12, 31)), False),
    ],
)
def test_a_number_is_used_once_in_its_series(new: Heading, old: Heading, refused: bool) -> None:
    faults = number_faults(new, [old], Numbering(tuple(TERMS)))
    assert bool(faults) is refused
    if refused:
        assert "đã dùng" in faults[0].message


def test_without_terms_a_party_number_is_compared_within_the_year() -> None:
    new = head("12-QĐ/TU", D(2021, 3, 1))
    assert number_faults(new, [head("12-QĐ/TU", D(2021, 9, 9))])
    assert not number_faults(new, [head("12-QĐ/TU", D(2022, 1, 9))])


def test_symbols() -> None:
    assert is_party_symbol("127-QĐ/TW")
    assert is_party_symbol("367 - QĐ/TWĐTN")
    assert not is_party_symbol("15/QĐ-SNV")
    assert number_key(" 007-Qđ/TU ") == "7-QĐ/TU"


@pytest.mark.parametrize(
    ("heading", "secrecy", "codes"),
    [
        (Heading("1-QĐ/TU", D(2024, 1, 1), "Tỉnh ủy Mẫu"), "", []),
        (Heading("1-QĐ/TU", D(2024, 1, 1), "Tỉnh ủy Mẫu", abstract="về bảo mật hồ sơ"), "không mật", []),
        (Heading("1-QĐ/TU", D(2024, 1, 1), "Tỉnh ủy Mẫu"), "Tối mật", ["DECISION-SECRET"]),
        (Heading("1-QĐ/TU", D(2024, 1, 1), "Tỉnh ủy Mẫu", abstract="MẬT - về nhân sự"), "", ["DECISION-SECRET"]),
        (Heading("", None, "", ""), "", ["DECISION-MISSING"] * 4),
        (
            Heading("1-QĐ/TU", D(2024, 1, 5), "Tỉnh ủy Mẫu", effective_on=D(2024, 1, 1)),
            "",
            ["DECISION-EFFECT-EARLY"],
        ),
    ],
)
def test_heads(heading: Heading, secrecy: str, codes: list[str]) -> None:
    faults = heading_faults(heading, secrecy)
    assert [fault.code for fault in faults] == codes
    assert all(fault.blocking is (fault.code != "DECISION-EFFECT-EARLY") for fault in faults)
