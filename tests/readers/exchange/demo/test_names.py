"""Invented names look right, repeat as real ones do, and belong to no leader of the nation."""

from __future__ import annotations

import hashlib
import random
import unicodedata
from collections import Counter

import pytest

from canbo.readers.exchange.demo.names import FEMALE, MALE, STYLES, names

LEADERS = frozenset(
    [
        "0715bbf909",
        "098a8b0ed7",
        "0c6e49c1a8",
        "1c0630bf68",
        "1e51fa9d09",
        "210a727bbf",
        "213543331a",
        "2261460670",
        "263963d4bc",
        "26a64d803f",
        "2a320a563b",
        "3f0856fe18",
        "4054136bae",
        "447b1ed393",
        "47fd422406",
        "4994ab0ea4",
        "4c59c15941",
        "4e5c55ad17",
        "4f5780c381",
        "50a1e8c8cc",
        "51bbfa1f96",
        "51f187e2c2",
        "52817dd642",
        "5301dc418b",
        "5bf9c699fa",
        "5e2513e911",
        "5f9a07ce1a",
        "60a0bfe885",
        "6951b826b4",
        "72021d794e",
        "7afd13bc83",
        "7e939e0ca1",
        "7f868d66b4",
        "7fa6ee66b1",
        "88bddb10be",
        "8aaed5cb37",
        "8d2fd0ba76",
        "8f37b5411c",
        "8fca8773e1",
        "932ad87774",
        "93ac8ca123",
        "98bf1a3e14",
        "9c75971878",
        "a0cf556408",
        "a34a1b0e74",
        "a4a68c1a64",
        "ae392ee8a0",
        "b1d0828948",
        "b35b03f117",
        "b6679edce8",
        "b700160da1",
        "ba9b2416db",
        "bb25006f10",
        "bb585cd0e8",
        "bc4cc48b5c",
        "c4ec38f0de",
        "cc78019a58",
        "d3df9ef24d",
        "d8678887ba",
        "db89a0fa21",
        "dcae31179e",
        "dcf0503185",
        "e0f0ed38f6",
        "e4eb53259d",
        "eb56e7e30a",
        "ed8641a914",
        "ef2771d800",
        "f1fcebec45",
        "f3b6cbc1e8",
    ]
)
"""First ten digits of the SHA-256 of names that nobody here may bear."""


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  invented names, nothing secret


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:10]


@pytest.mark.parametrize("group", STYLES)
@pytest.mark.parametrize("sex", [MALE, FEMALE])
def test_no_leader_can_come_out(group: str, sex: str) -> None:
    style = STYLES[group]
    possible = (
        f"{surname} {middle} {given}"
        for surname in style.surnames
        for middle in set(style.middles[sex])
        for given in style.givens[sex]
    )
    assert [name for name in possible if digest(name) in LEADERS] == []


def test_the_list_of_leaders_is_read() -> None:
    assert digest("Võ Nguyên Giáp") in LEADERS


def test_names_are_clean_vietnamese() -> None:
    groups = [*STYLES, "Gia-rai"] * 100
    found = names(dice(1), [MALE, FEMALE] * (len(groups) // 2), groups)
    assert len(found) == len(groups)
    for name in found:
        assert unicodedata.is_normalized("NFC", name)
        assert 3 <= len(name.split()) <= 4
        assert all(word[0].isupper() and word.isalpha() for word in name.split())


def test_surnames_are_as_common_as_they_are() -> None:
    found = Counter(name.split()[0] for name in names(dice(2), [MALE] * 20_000, ["Kinh"] * 20_000))
    assert found.most_common(1)[0][0] == "Nguyễn"
    assert 0.28 < found["Nguyễn"] / 20_000 < 0.38
    assert found["Trần"] > found["Ngô"]


def test_names_differ_by_people_and_sex() -> None:
    assert all(name.startswith(tuple(STYLES["HMông"].surnames)) for name in names(dice(3), [MALE], ["HMông"]))
    women = names(dice(4), [FEMALE] * 500, ["Kinh"] * 500)
    assert sum(" Thị " in name for name in women) > 200
    assert not any(" Văn " in name for name in women)
