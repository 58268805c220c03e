"""Finding people: every way of searching gives what reading everybody would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from canbo.facts.organisation.models import Unit
from canbo.facts.people import queries
from canbo.facts.people.models import Person
from canbo.facts.people.queries import finding
from canbo.facts.people.rules import given_name_keys, search_text, search_words
from canbo.foundation.kernel.actor import EVERYWHERE, NOBODY, Actor, Reach
from canbo.foundation.kernel.text import fold, name_key

from ..conftest import reaching

TODAY = dt.date(2026, 1, 1)
WORDS = "Hùng Hưng Hương Hờ Thị Thu An Ân Anh Ánh Nguyễn Nguyên Oanh Uyên Đào Dao Y H'Hen Blŏ-Wĕt Čil A 3".split()  # noqa: SIM905
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.text("hnguyeoaitd' 1", min_size=1, max_size=4),
    st.sampled_from(["guy", "uye", "guy th", "HS", "hs1", "nguyễn văn hùng", "xq", "%", "_", "h%", "ð"]),
)
WAYS = {"whole": (10**6, 0), "order": (0, 0), "index": (0, 10**6)}
"""How few people are few: everything is read whole, met along the order, or looked up."""


@dataclass(frozen=True)
class World:
    """Units T over A and B, C beside them, and actors who see all, T, A or nothing."""

    units: list[Unit]
    actors: list[Actor]


@pytest.fixture
def world(unit: Callable[..., Unit]) -> World:
    top = unit("T")
    units = [top, unit("A", parent=top), unit("B", parent=top), unit("C")]
    reaches = [Reach(units=frozenset({found.pk})) for found in units[:2]]
    actors = [Actor("thử", reaches={"person.read": reach}) for reach in (EVERYWHERE, *reaches)]
    return World(units, [*actors, NOBODY])


def settle(world: World, crowd: list[tuple[str, str, int, int]]) -> None:
    places = [None, *world.units]
    Person.objects.bulk_create(
        Person(
            code=f"HS{number}",
            name=name,
            sort_key=name_key(name),
            search_text=search_text(name, other, f"HS{number}"),
            work_unit=places[work],
            party_unit=places[party],
        )
        for number, (name, other, work, party) in enumerate(crowd)
    )


def naive(actor: Actor, text: str) -> list[Person]:
    """The definition: read everybody, keep who matches, rank by the given name, then by the order of names."""
    words = search_words(text)

    def holds(person: Person) -> bool:
        own = search_words(person.search_text)
        return all(any(mine.startswith(word) for mine in own) for word in words)

    def rank(person: Person) -> tuple[int, str, int]:
        given = (search_words(person.name.split(" ")[-1]) or [""])[0]
        met = [n for n, word in enumerate(reversed(words)) if given.startswith(word)]
        return (met[0] if met else len(words), person.sort_key, person.pk)

    def holds_inside(person: Person) -> bool:
        own = search_words(person.search_text)
        return all(any(word in mine if len(word) >= 3 else mine.startswith(word) for mine in own) for word in words)

    seen = queries.visible(actor, TODAY)
    if not words or "".join(words).isdigit():
        return []
    return sorted(filter(holds, seen), key=rank) or (
        sorted(filter(holds_inside, seen), key=lambda person: (person.sort_key, person.pk))
        if any(len(word) >= 3 for word in words)
        else []
    )


PLACES = st.integers(0, 4)
CROWDS = st.lists(st.tuples(NAMES, st.one_of(st.just(""), NAMES), PLACES, PLACES), max_size=25)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowd=CROWDS, text=TEXTS, limit=st.integers(1, 6))
@example([("H'Hen Y", "", 1, 1), ("Y Blŏ-Wĕt", "Čil", 2, 0), ("3", "", 4, 1)], "y", 5)
def test_every_way_gives_what_reading_everybody_gives(
    world: World, way: str, crowd: list[tuple[str, str, int, int]], text: str, limit: int
) -> None:
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "NARROW", WAYS[way][0])
        patch.setattr(finding, "RARE", WAYS[way][1])
        settle(world, crowd)
        for actor in world.actors:
            wanted = [(p.name, p.code) for p in naive(actor, text)]
            if not "".join(search_words(text)).isdigit():
                assert [(p.name, p.code) for p in queries.search(actor, text, TODAY, limit)] == wanted[:limit]
                rows = queries.matching(queries.visible(actor, TODAY), text)
                assert {row.code for row in rows} == {code for _, code in wanted}, "lists find the same people"
                bare = [(p.name, p.code) for p in queries.search(actor, fold(text), TODAY, limit)]
                assert bare == wanted[:limit], "the same without diacritics"
        transaction.set_rollback(True)


@given(st.text("aăâeêioôơuưydđhnŏĕčbl", min_size=1, max_size=9), st.integers(0, 9))
def test_the_stretches_of_a_word_hold_every_given_name_that_begins_with_it(name: str, cut: int) -> None:
    word = fold(name)[:cut]
    stretches = given_name_keys(word)
    assert len(stretches) <= 256
    if word:
        assert sum(first <= name_key(f"Lê {name}") < after for first, after in stretches) == 1
    assert all(a[1] <= b[0] for a, b in pairwise(stretches)), "in order, none twice"


def test_what_a_person_is_found_by() -> None:
    assert search_text("Nguyễn Thị Ánh Đào", "Út", "HS-01") == "dao nguyen thi anh ut hs 01"
    assert search_text("H'Hen Niê", "", "7") == "nie h hen 7"


@pytest.fixture
def everybody(world: World, person: Callable[..., Person]) -> World:
    top, a, b, c = world.units
    for number, (place, name) in enumerate([(a, "Lê Oanh"), (b, "Lê Mai"), (c, "Lê An"), (top, "Mai Lê")]):
        person(f"10{number}", full_name=name, citizen_id=f"00110010000{number}", work_unit=place)
    return world


def test_codes_and_citizen_numbers(everybody: World) -> None:
    anybody, chief, head, nobody = everybody.actors
    assert [p.code for p in queries.search(anybody, "10", TODAY)] == ["100", "101", "102", "103"]
    assert [p.code for p in queries.search(chief, "0011", TODAY)] == ["100", "101", "103"]
    assert [p.code for p in queries.search(chief, "001 100 100 001", TODAY)] == ["101"]
    assert [p.code for p in queries.search(head, "101", TODAY)] == []
    assert queries.search(nobody, "10", TODAY) == []


def test_given_names_come_before_other_words(everybody: World) -> None:
    chief = reaching(everybody.units[0], permissions=("person.read",))
    assert [p.name for p in queries.search(chief, "mai", TODAY)] == ["Lê Mai", "Mai Lê"]
    assert [p.name for p in queries.search(chief, "le", TODAY)] == ["Mai Lê", "Lê Mai", "Lê Oanh"]
    assert [p.name for p in queries.search(chief, "le mai", TODAY)] == ["Lê Mai", "Mai Lê"]
    assert queries.search(chief, "  ", TODAY) == queries.search(chief, "%", TODAY) == []


def test_a_part_from_the_middle_of_a_name_is_found_where_nothing_begins_so(everybody: World) -> None:
    anybody, _, head, _ = everybody.actors
    for number, name in enumerate(["Lê Thị Uyên", "Nguyễn An", "Nguyễn Bình"]):
        Person.objects.create(
            code=f"X{number}", name=name, sort_key=name_key(name), search_text=search_text(name, "", f"X{number}"),
            work_unit=everybody.units[3],
        )  # fmt: skip
    assert [p.name for p in queries.search(anybody, "uye", TODAY)] == ["Lê Thị Uyên"], "nobody by the middle as well"
    assert [p.name for p in queries.search(anybody, "guy", TODAY)] == ["Nguyễn An", "Nguyễn Bình"]
    assert [p.name for p in queries.search(anybody, "guy", TODAY, 1)] == ["Nguyễn An"]
    assert [p.name for p in queries.search(anybody, "guy b", TODAY)] == ["Nguyễn Bình"]
    assert queries.search(anybody, "gu", TODAY) == queries.search(head, "guy", TODAY) == []
