"""Numbers and symbols in every spelling that files and clerks use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.foundation.papers.codes import PARTY_CODES, STATE_CODES
from canbo.foundation.papers.symbol import Symbol, symbol_key

READ = {
    "Số 127-QĐ/TW": ("127", "QĐ", "TW", "party", None),
    "15-QĐ/TU": ("15", "QĐ", "TU", "party", None),
    "Số: 05/QĐ-SNV": ("5", "QĐ", "SNV", "state", None),
    "01/NQ-TU": ("1", "NQ", "TU", "party", None),
    "367 - QĐ/TWĐTN-VP": ("367", "QĐ", "TWĐTN-VP", "party", None),
    "QĐ/TU": ("", "QĐ", "TU", "party", None),
    "..-BC/BTCTU": ("", "BC", "BTCTU", "party", None),
    "15QĐ/TƯ": ("15", "QĐ", "TW", "party", None),
    "15a-qđ/tu": ("15a", "QĐ", "TU", "party", None),
    "1234/UBND-VX": ("1234", "", "UBND-VX", "state", None),
    "30/2020/NĐ-CP": ("30", "NĐ", "CP", "state", 2020),
    "80/2025/QH15": ("80", "", "QH15", "state", 2025),
    "1630/QĐ-TTG": ("1630", "QĐ", "TTg", "state", None),
    "27 – CTR / TU, ngày 03/02/2021": ("27", "CTr", "TU", "party", None),
    "Số 20-QĐNS/TW": ("20", "QĐNS", "TW", "party", None),
}


@pytest.mark.parametrize("text", READ)
def test_reads_usual_and_legacy_forms(text: str) -> None:
    found = Symbol.parse(text)
    assert (found.number, found.type_code, found.issuer_code, found.system, found.year) == READ[text]


@pytest.mark.parametrize("text", ["", "   ", "không có", "15", "ngày 3/2/2021", "12-34", "QĐ", "15-/TU", "15-QĐ/"])
def test_refuses_what_is_no_symbol(text: str) -> None:
    with pytest.raises(ValueError, match="không phải là số và ký hiệu"):
        Symbol.parse(text)


def test_prints_each_system_its_own_way() -> None:
    assert str(Symbol("5", "QĐ", "SNV", "state")) == "05/QĐ-SNV"
    assert str(Symbol("127", "QĐ", "TW", "party")) == "127-QĐ/TW"
    assert str(Symbol("30", "NĐ", "CP", "state", 2020)) == "30/2020/NĐ-CP"
    assert str(Symbol("9", "", "UBND-VX", "state")) == "09/UBND-VX"


def test_scheme_and_project_stay_apart() -> None:
    assert symbol_key("3-ĐA/TU") != symbol_key("3-DA/TU")


parties = st.sampled_from(PARTY_CODES)
states = st.sampled_from(STATE_CODES)
symbols = st.one_of(
    st.builds(
        lambda n, t, i: Symbol(str(n), t, i, "party"),
        st.integers(1, 99999),
        parties,
        st.sampled_from(["TW", "TU", "BTCTU", "UBKTTW", "ĐU", "ĐUK", "CB", "VPTU"]),
    ),
    st.builds(
        lambda n, t, i, y: Symbol(str(n), t, i, "state", y),
        st.integers(1, 99999),
        states,
        st.sampled_from(["SNV", "UBND", "BNV", "TTg", "HĐND"]),
        st.sampled_from([None, 2020, 2026]),
    ),
)


@given(symbols)
def test_what_is_printed_is_read_back(symbol: Symbol) -> None:
    assert Symbol.parse(str(symbol)) == symbol


@given(
    symbols, st.sampled_from(["Số {}", "số: {}", " {} ", "{} ngày 01/02/2026", "Số{}"]), st.booleans(), st.booleans()
)
def test_one_key_for_all_spellings(symbol: Symbol, frame: str, spaced: bool, lower: bool) -> None:
    text = str(symbol)
    if spaced:
        text = text.replace("-", " – ").replace("/", " / ")
    text = frame.format(text.lower() if lower else text)
    assert symbol_key(text) == symbol.key == symbol_key(symbol.key)


@given(st.text(max_size=40))
def test_key_never_fails(text: str) -> None:
    assert isinstance(symbol_key(text), str)
