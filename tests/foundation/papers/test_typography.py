"""Tone placement and non-breaking spaces."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.foundation.papers.typography import NBSP, bind, dated_line, prepare, spell

PAIRS = [
    ("uỷ ban", "ủy ban"),
    ("TỈNH UỶ", "TỈNH ỦY"),
    ("hoà bình", "hòa bình"),
    ("Khoẻ", "Khỏe"),
    ("thuỷ lợi, xoá tên", "thủy lợi, xóa tên"),
    ("CỘNG HOÀ", "CỘNG HÒA"),
    ("Hoạ, toả, goá", "Họa, tỏa, góa"),
]
UNMOVED = ["quý", "quỷ", "Quỳ", "hoàn toàn", "khuỷu", "thuyền", "ngoài", "tuyết", "hoạch", "QUÝ"]


@pytest.mark.parametrize(("late", "early"), PAIRS)
def test_tone_moves_both_ways(late: str, early: str) -> None:
    assert spell(late, "ủy") == early
    assert spell(early, "uỷ") == late
    assert spell(late, "uỷ") == late
    assert spell(early, "ủy") == early
    assert spell(early, "") == early


@pytest.mark.parametrize("word", UNMOVED)
def test_closed_syllables_and_qu_keep_their_tone(word: str) -> None:
    assert spell(word, "ủy") == word == spell(word, "uỷ")


@given(st.lists(st.sampled_from([*(w for p in PAIRS for w in p), *UNMOVED]), max_size=6).map(" ".join))
def test_moving_there_and_back_changes_nothing_more(text: str) -> None:
    late = spell(text, "uỷ")
    assert spell(spell(late, "ủy"), "uỷ") == late


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ngày 05 tháng 02 năm 2026", "ngày~05~tháng~02~năm~2026"),
        ("theo Điều 5, khoản 2 và điểm a", "theo Điều~5, khoản~2 và điểm~a"),
        ("đạt 101,7 % với 20 đảng viên", "đạt 101,7~% với 20~đảng viên"),
        ("12 tỷ đồng", "12~tỷ đồng"),
        ("điểm cao", "điểm cao"),
        ("5 tỷlệ", "5 tỷlệ"),
    ],
)
def test_binds_what_belongs_together(text: str, bound: str) -> None:
    assert bind(text).replace(NBSP, "~") == bound


def test_decomposed_text_is_composed() -> None:
    assert prepare(unicodedata.normalize("NFD", "Đảng bộ xã Hoà"), "ủy") == "Đảng bộ xã Hòa"


def test_date_line() -> None:
    assert dated_line("Mẫu", dt.date(2026, 2, 3)).replace(NBSP, " ") == "Mẫu, ngày 03 tháng 02 năm 2026"
    assert dated_line("", dt.date(2026, 12, 13)).replace(NBSP, " ") == "ngày 13 tháng 12 năm 2026"
    assert dated_line("Mẫu", None).replace(NBSP, " ") == "Mẫu, ngày … tháng … năm …"
