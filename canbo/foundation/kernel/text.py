"""Vietnamese text: one normal form, one search form, one order.

The search form drops diacritics and maps đ to d, also the look-alike ð (U+00F0) that keyboards and old
files put in its place. The sort key follows the Vietnamese alphabet by given name, then family name, then
the middle names; it is plain ASCII so that byte order is right in any database.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_CONTROLS = (*range(0x00, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0xFEFF, 0x00AD, 0x2060, *_CONTROLS])
_TONES = {"̀": "1", "̉": "2", "̃": "3", "́": "4", "̣": "5"}
_SHAPES = {"̆": "1", "̂": "2", "̛": "3"}  # ă, â ê ô, ơ ư


def clean(value: str) -> str:
    """NFC, no invisible characters, single spaces, no space at the ends."""
    if value.isprintable() and unicodedata.is_normalized("NFC", value) and "  " not in value:
        return value.strip()  # nearly every cell: invisible and odd spaces are not printable
    return _SPACES.sub(" ", unicodedata.normalize("NFC", value).translate(_INVISIBLE)).strip()


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    word = word.lower().replace("đ", "d").replace("ð", "d")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def fold(value: str) -> str:
    """Lower case without diacritics, for searching: ``Đặng Thị Hoà`` gives ``dang thi hoa``."""
    return " ".join(_fold_word(w) for w in clean(value).split(" "))


@lru_cache(maxsize=65536)
def _key_word(word: str) -> str:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word.lower().replace("ð", "đ")):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and letters:
            letters[-1] = letters[-1][0] + _SHAPES[char]
        elif char == "đ":
            letters.append("d1")
        elif not unicodedata.combining(char):
            letters.append((char if char.isascii() else "~") + "0")
    return "".join(letters) + " " + tone


def name_key(full_name: str) -> str:
    """Sort key of a person's name: given name first, as Vietnamese lists are ordered."""
    words = clean(full_name).split(" ")
    given, family, middle = words[-1], words[0] if len(words) > 1 else "", words[1:-1]
    return "!".join(_key_word(w) for w in (given, family, *middle))


def text_key(value: str) -> str:
    """Sort key of any other text, read from left to right."""
    return "!".join(_key_word(w) for w in clean(value).split(" "))
