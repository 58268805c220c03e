"""Finding whom an item is about, by code or by name, among those the actor sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean, fold
from canbo.foundation.kernel.violation import Violation

from .. import acts

AT_ONCE = 50
KINDS = {"person": "người", "unit": "đơn vị"}


@dataclass(frozen=True)
class Found:
    """A person or a unit that a typed text may mean; ``place`` tells people of one name apart."""

    pk: int
    code: str
    name: str
    place: str


def _rows(actor: Actor, kind: str, day: dt.date) -> Any:
    rows = acts.seen()[kind](actor, day)
    return rows.select_related("work_unit") if kind == "person" else rows


def _found(row: Any) -> Found:
    return Found(row.pk, row.code, row.name, str(getattr(row, "work_unit", None) or ""))


def suggestions(actor: Actor, kind: str, text: str, day: dt.date, limit: int = 10) -> list[Found]:
    """Those whose name or code holds every word typed, diacritics or not."""
    words = fold(text).split()
    if not words:
        return []
    rows = _rows(actor, kind, day)
    for word in words:
        rows = rows.filter(search_text__contains=word)
    return [_found(row) for row in rows.order_by("sort_key", "pk")[:limit]]


def named(actor: Actor, kind: str, texts: Iterable[str], day: dt.date) -> dict[str, list[Found]]:
    """For each typed text those it may mean: the one with that code, else everybody of that very name."""
    wanted = {text for text in texts if text}
    rows = _rows(actor, kind, day)
    meant: dict[str, list[Found]] = {row.code: [_found(row)] for row in rows.filter(code__in=wanted)}
    left = sorted(wanted - set(meant))
    for start in range(0, len(left), AT_ONCE):
        some = left[start : start + AT_ONCE]
        names = Q()
        for text in some:
            names |= Q(search_text__startswith=f"{_stored(kind, text)} ")
        by_name: dict[str, list[Found]] = {}
        for row in rows.filter(names).order_by("sort_key", "pk")[: AT_ONCE * 4]:
            by_name.setdefault(fold(row.name), []).append(_found(row))
        for text in some:
            meant[text] = by_name.get(fold(text), [])
    return meant


def faults_of(kind: str, field: str, text: str, meant: list[Found]) -> list[Violation]:
    """Why a typed text does not say who is meant; empty when it means one."""
    what = KINDS[kind]
    if len(meant) == 1:
        return []
    if not meant:
        return [
            Violation(
                "SUBJECT-UNKNOWN",
                f"Không có {what} nào mã hoặc tên “{clean(text)}” trong phạm vi của bạn.",
                field=field,
                fix="Ghi mã, hoặc chọn trong gợi ý.",
            )
        ]
    names = "; ".join(f"{one.code} ({one.place})" if one.place else one.code for one in meant[:5])
    more = f" và {len(meant) - 5} mã khác" if len(meant) > 5 else ""
    return [
        Violation(
            "SUBJECT-MANY",
            f"Có {len(meant)} {what} tên “{clean(text)}”: {names}{more}.",
            field=field,
            fix="Ghi mã thay cho tên.",
        )
    ]


def _stored(kind: str, name: str) -> str:
    """A name as the column of search holds it: that of a person with the given name first."""
    words = fold(name).split()
    return " ".join(words if kind == "unit" or not words else [words[-1], *words[:-1]])
