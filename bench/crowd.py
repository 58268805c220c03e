"""A crowd to search in: invented people under provinces of four levels, one province far larger than the others."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

START = dt.date(2015, 1, 1)
PROVINCES = (0.23, 0.155, 0.155, 0.155, 0.155, 0.15)
"""Shares of the people in each province; the first is the large one."""
FAN = ((20, "huyện"), (16, "xã"), (5, "chi bộ"))


@dataclass(frozen=True)
class Places:
    """One unit of every level, all in the large province, and all cells with their superiors."""

    province: int
    district: int
    commune: int
    cell: int
    cells: tuple[tuple[int, int, int], ...]


def settle(people: int) -> Places:
    """Fills an empty database with units and people and returns where to look.

    Args:
        people: how many; always the same ones for the same number.
    """
    from django.db import connection, transaction

    from canbo.facts.organisation.actions import rebuild_paths

    rng = random.Random(20_261_122)  # noqa: S311 - the same crowd every time
    with transaction.atomic():
        places = _units()
        rebuild_paths()
        _people(rng, people, places)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_person, organisation_unit, organisation_unitpath")
    return places


def _units() -> Places:
    from canbo.facts.organisation.rules import search_text
    from canbo.foundation.kernel.text import text_key
    from canbo.readers.exchange.loader.copying import copy_rows
    from canbo.readers.exchange.loader.world import FAR

    parents: list[int | None] = [None for _ in PROVINCES]
    names = [f"Tỉnh Mẫu {n}" for n, _ in enumerate(PROVINCES, 1)]
    kinds = ["tỉnh"] * len(parents)
    level = list(range(1, len(parents) + 1))
    cells: list[tuple[int, int, int]] = []
    for fan, kind in FAN:
        below = []
        for above in level:
            for number in range(1, fan + 1):
                parents.append(above)
                names.append(f"{kind.capitalize()} {number}")
                kinds.append(kind)
                below.append(len(parents))
        level = below
    for cell in level:
        commune = parents[cell - 1] or 0
        cells.append((cell, commune, parents[commune - 1] or 0))
    size = len(parents)
    ids, codes = list(range(1, size + 1)), [f"DV{n:06d}" for n in range(1, size + 1)]
    texts = [search_text(n, c) for n, c in zip(names, codes, strict=True)]
    copy_rows(
        "organisation_unit",
        {"id": ids, "code": codes, "name": names, "sort_key": [text_key(n) for n in names], "search_text": texts},
    )
    plain = dict.fromkeys(("note", "voided_why", "local_type", "party_code", "base_type", "area"), "")
    columns = {"unit_id": ids, "name": names, "kind": kinds, "parent_id": parents, "in_force": [(START, FAR)] * size}
    fixed = {"shelf": "dang", "since": START, "since_precision": "d", "historical": False, **plain}
    copy_rows("organisation_unitversion", {**columns, **{name: [value] * size for name, value in fixed.items()}})
    cell, commune, district = cells[0]
    return Places(1, district, commune, cell, tuple(cells))


def _people(rng: random.Random, count: int, places: Places) -> None:
    from canbo.facts.decisions.actions import rebuilt_afterwards
    from canbo.facts.people.rules import search_text
    from canbo.foundation.kernel.text import name_key
    from canbo.readers.exchange.loader.copying import copy_rows

    each = len(places.cells) // len(PROVINCES)
    weights = [share / each for share in PROVINCES for _ in range(each)]
    where = sorted(rng.choices(range(len(places.cells)), cum_weights=list(accumulate(weights)), k=count))
    codes = [f"HS{n:07d}" for n in range(1, count + 1)]
    names = list(_names(rng, count))
    # Four in five sit in a cell, most of them work at the commune above; the others work there and are no members.
    roll = [rng.random() for _ in range(count)]
    with rebuilt_afterwards("people_person"):
        copy_rows(
            "people_person",
            {
                "code": codes,
                "citizen_id": [f"{rng.randrange(1, 97):03d}{n:09d}" for n in range(1, count + 1)],
                "name": names,
                "sort_key": [name_key(n) for n in names],
                "search_text": [search_text(n, "", c) for n, c in zip(names, codes, strict=True)],
                "work_unit_id": [None if r < 0.2 else places.cells[w][1] for w, r in zip(where, roll, strict=True)],
                "party_unit_id": [None if r > 0.8 else places.cells[w][0] for w, r in zip(where, roll, strict=True)],
            },
        )


def _names(rng: random.Random, count: int) -> Iterator[str]:
    """Names as they are spread in life: a few family, middle and given names for most, a long tail for the rest."""
    from canbo.readers.exchange.demo.names import FEMALE, MALE, STYLES

    shares = {"Kinh": 85, "Mường": 4, "Thái": 4, "HMông": 3, "Tày": 2, "Dao": 1, "Thổ": 1}
    groups = rng.choices(list(shares), list(shares.values()), k=count)
    falling: dict[tuple[str, str], list[float]] = {}
    for group in groups:
        style, sex = STYLES[group], rng.choice((MALE, FEMALE))
        if (group, sex) not in falling:
            falling[group, sex] = list(accumulate(1 / (n + 4) for n in range(len(style.givens[sex]))))
        family = rng.choices(list(style.surnames), list(style.surnames.values()))[0]
        given = rng.choices(style.givens[sex], cum_weights=falling[group, sex])[0]
        yield f"{family} {rng.choice(style.middles[sex])} {given}"
