"""What a person's identity and dossier must satisfy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Violation

_CITIZEN = re.compile(r"^\d{12}$")
_REQUIRED = {
    "full_name": "họ và tên khai sinh",
    "sex": "giới tính",
    "born_on": "ngày sinh",
    "ethnic_group": "dân tộc",
}


def search_text(name: str, other_names: str, code: str) -> str:
    """What a person is found by: her names without diacritics, and her code."""
    return fold(f"{name} {other_names} {code}")[:320]


_SHAPES = {"a": "012", "e": "02", "o": "023", "u": "03", "d": "01"}


def given_name_keys(word: str) -> list[str]:
    """Beginnings of sort keys of all given names that begin with a word typed without diacritics, in their order.

    The sort key puts a digit for its shape behind every letter (a, ă, â), so that ``oanh`` has three beginnings. They
    do not overlap, and reading them one after the other reads people in the order of names.

    Args:
        word: folded; a word with anything but letters has none.
    """
    if not word.isascii() or not word.isalpha():
        return []
    parts = [[letter + shape for shape in _SHAPES.get(letter, "0")] for letter in word[:7]]
    return ["".join(chosen) for chosen in product(*parts)]


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
