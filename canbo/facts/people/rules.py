"""What a person's identity and dossier must satisfy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation

_CITIZEN = re.compile(r"^\d{12}$")
_PARTING = re.compile(r"[!-/:-@\[-`{-~]+")
_SHAPES = {**dict.fromkeys("aeiou", "0123"), "d": "01"}
SEARCH_LENGTH = 360
MOST_KEYS = 256
INNER = 3
_REQUIRED = {
    "full_name": "họ và tên khai sinh",
    "sex": "giới tính",
    "born_on": "ngày sinh",
    "ethnic_group": "dân tộc",
}


def search_words(text: str) -> list[str]:
    """The words of a name, a code or a query without diacritics; whatever is neither letter nor digit parts them."""
    return _PARTING.sub(" ", fold(text)).split()


def number_typed(text: str) -> str:
    """The digits of a text of nothing but digits, spaces and punctuation; otherwise empty."""
    digits = "".join(search_words(text))
    return digits if digits.isascii() and digits.isdigit() else ""


def inner_words(words: list[str]) -> list[str]:
    """Words long enough to be looked for inside other words, where they begin none."""
    return [word for word in words if len(word) >= INNER]


def search_text(name: str, other_names: str, code: str) -> str:
    """What a person is found by, without diacritics: the given name first, then all other words of her names, her code.

    Standing first, the given name is told from the other words by the space before each of those.
    """
    words = clean(name).split(" ")
    return " ".join(search_words(" ".join([words[-1], *words[:-1], other_names, code])))[:SEARCH_LENGTH]


def given_name_keys(word: str) -> list[tuple[str, str]]:
    """Stretches of the order of names, first key and key after the last, that hold all given names with a beginning.

    The sort key puts a digit for its shape behind every letter (a, ă, â), so that ``oanh`` has sixteen beginnings. They
    do not overlap, and reading them one after the other reads people in the order of names. A word of many vowels is
    cut short: the stretches then hold others too.

    Args:
        word: as ``search_words`` gives it.
    """
    beginnings = [""]
    for letter in word:
        shapes = _SHAPES.get(letter, "0")
        if len(beginnings) * len(shapes) > MOST_KEYS:
            break
        beginnings = [begun + (letter if letter.isascii() else "~") + shape for begun in beginnings for shape in shapes]
    # The last digit of a beginning is never 9, so that its own successor closes the stretch.
    return [(begun, begun[:-1] + chr(ord(begun[-1]) + 1)) for begun in beginnings if begun]


def citizen_faults(citizen_id: str | None) -> list[Violation]:
    """A personal identification number has twelve digits."""
    if citizen_id and not _CITIZEN.match(citizen_id):
        return [
            Violation(
                "PERSON-CITIZEN-ID",
                "Số định danh cá nhân phải có đúng 12 chữ số.",
                field="citizen_id",
                source="Luật Căn cước 2023, Điều 12",
            )
        ]
    return []


def record_faults(content: Mapping[str, Any], on: dt.date) -> list[Violation]:
    """What is missing in a dossier, or cannot be true on the day it is written.

    Args:
        content: columns of the record.
        on: the day from which it is said to hold.
    """
    faults = [
        Violation("PERSON-MISSING", f"Thiếu {label}.", field=name)
        for name, label in _REQUIRED.items()
        if not content.get(name)
    ]
    born, died, recruited = content.get("born_on"), content.get("died_on"), content.get("recruited_on")
    if born and born > on:
        faults.append(Violation("PERSON-BORN", f"Ngày sinh {format_date(born)} sau ngày ghi.", field="born_on"))
    if born and died and died < born:
        faults.append(Violation("PERSON-DIED", f"Ngày mất {format_date(died)} trước ngày sinh.", field="died_on"))
    if born and recruited and recruited <= born:
        faults.append(
            Violation(
                "PERSON-RECRUITED",
                f"Ngày tuyển dụng {format_date(recruited)} không sau ngày sinh.",
                field="recruited_on",
            )
        )
    return faults
