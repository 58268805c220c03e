"""Narrowing any list of people by what is typed: the same people as the search box finds, kept as a query set."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from ..rules import inner_words, number_typed, search_words


def holds_word(word: str, prefix: str = "", *, inside: bool = False) -> Q:
    """Whether a word begins a word of the name or the code; ``inside``: whether it stands anywhere in them.

    Args:
        word: as ``search_words`` gives it.
        prefix: path from the rows to the person, such as ``person__``.
        inside: meant for words of ``inner_words`` only; shorter ones still have to begin a word.
    """
    if inside and inner_words([word]):
        return Q(**{f"{prefix}search_text__contains": word})
    return Q(**{f"{prefix}search_text__startswith": word}) | Q(**{f"{prefix}other_words__contains": f" {word}"})


def matching(rows: QuerySet[Any], text: str, prefix: str = "") -> QuerySet[Any]:
    """Rows of the people whom ``search`` would find by a text, in the order the rows have.

    Args:
        rows: of people, or of facts about them.
        text: words of a name or a code, or the first digits of a code or a citizen number.
        prefix: path from the rows to the person, such as ``person__``.
    """
    digits = number_typed(text)
    if digits:
        citizens = {f"{prefix}citizen_id__gte": digits, f"{prefix}citizen_id__lt": digits + ":"}
        return rows.filter(Q(**{f"{prefix}code__startswith": digits}) | Q(**citizens))
    return matching_words(rows, text, lambda word, inside: holds_word(word, prefix, inside=inside))


def matching_words(rows: QuerySet[Any], text: str, holds: Callable[[str, bool], Q]) -> QuerySet[Any]:
    """Rows that hold every word typed; where none does, those inside whose words the longer ones stand.

    Args:
        holds: what a row must meet for one word, given whether the word may stand inside another.
    """
    words = search_words(text)
    if not words:
        return rows.none() if text.strip() else rows
    found = rows.filter(*(holds(word, False) for word in words))
    if not inner_words(words) or found.order_by().exists():
        return found
    return rows.filter(*(holds(word, True) for word in words))
