# ruff: noqa: S608 - statements are put together from the constants of this module; every value is a parameter
"""Finding people by a part of their names, among a million, in any scope.

One statement cannot do it: the planner takes the people who match for evenly spread over the order of names, while all
who share a given name stand together in it. So the way is chosen here, by two numbers:

* few people in the scope: all of them are read, and put in order;
* otherwise the given names that begin with a word typed are read along the order of names, each a short stretch of it;
* and when that does not fill the page, the people who bear the words elsewhere: few are fetched by the index on
  ``other_words``, many are met soon along the order.

Each way gives the same answer. ``person_order`` carries what is asked of a person, so that a stretch of the order is
read from the index alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection

from canbo.facts.organisation.queries import within
from canbo.foundation.kernel.actor import Actor, Reach

from ..choices import READ
from ..models import Person
from ..rules import given_name_keys, inner_words, number_typed, search_words
from .crowd import FEW, PLACES, THERE, UNITS, are_few

NARROW = FEW
"""A scope of at most so many places of people is read whole."""
RARE = 20_000
"""Words that at most so many people are expected to bear are looked up, 50 ms at worst; others are met soon."""

# Who works and sits in the scope comes twice; so twice the limit holds the limit of people.
_NEAR = f"""WITH scope AS MATERIALIZED ({UNITS})
SELECT id FROM (
  {THERE.format(columns="id, sort_key, search_text", place=PLACES[0])}
  UNION ALL {THERE.format(columns="id, sort_key, search_text", place=PLACES[1])}) p
WHERE {{words}} ORDER BY {{rank}}, sort_key, id LIMIT 2 * %(limit)s"""

_STRETCHES = """SELECT f.id FROM unnest(%(first)s::text[], %(after)s::text[]) AS stretch(first, after)
CROSS JOIN LATERAL (
  SELECT p.id, p.sort_key FROM people_person p
  WHERE p.sort_key >= stretch.first AND p.sort_key < stretch.after AND {words} AND {scope}
  ORDER BY p.sort_key, p.id LIMIT %(limit)s) f ORDER BY f.sort_key, f.id LIMIT %(limit)s"""

_ALONG = """SELECT p.id FROM people_person p WHERE {words} AND {scope} AND p.id <> ALL(%(found)s)
ORDER BY p.sort_key, p.id LIMIT %(limit)s"""

# Here OFFSET 0 keeps the planner from walking along the order after all: it takes any scope for half of the people.
_LOOKED_UP = """SELECT id FROM (SELECT p.id, p.sort_key FROM people_person p WHERE {words} AND {scope} OFFSET 0) p
WHERE id <> ALL(%(found)s) ORDER BY sort_key, id LIMIT %(limit)s"""


def search(actor: Actor, text: str, day: dt.date, limit: int = 50) -> list[Person]:
    """People of whose names each word typed begins a word, diacritics or not; digits search codes and citizen numbers.

    Where nobody bears such words, those of three letters or more may stand inside a word: ``guy`` finds Nguyễn. Those whose given name begins with one of the words come first, the last word before the others; within that, in
    the order of names.

    Args:
        text: any words of the name, or a code, or their beginnings; the first digits of a code or a citizen number.
        day: whose tree decides the scope.
        limit: how many at most; ask for one more to know whether there are more.
    """
    reach, words = actor.reach(READ), search_words(text)
    if not reach or not words:
        return []
    if number_typed(text):
        return _numbered(reach, day, number_typed(text), limit)
    search = _Search(reach, day, words, limit)
    is_narrow = search.is_narrow()
    ids = search.near() if is_narrow else search.far()
    if not ids and inner_words(words):
        ids = search.inside(is_narrow)
    found = Person.objects.select_related("work_unit", "party_unit").in_bulk(ids)
    return [found[pk] for pk in ids]


def _numbered(reach: Reach, day: dt.date, digits: str, limit: int) -> list[Person]:
    """By beginning of the code, then of the citizen number, each along its own index."""
    rows = within(Person.objects.select_related("work_unit", "party_unit"), reach, day, *PLACES)
    found = list(rows.filter(code__startswith=digits).order_by("code")[:limit])
    citizens = rows.filter(citizen_id__gte=digits, citizen_id__lt=digits + ":").exclude(pk__in=[p.pk for p in found])
    return found + list(citizens.order_by("citizen_id")[: limit - len(found)])


class _Search:
    """One search and its ways; each way gives ids in order. Words are letters and digits, safe in a pattern."""

    def __init__(self, reach: Reach, day: dt.date, words: list[str], limit: int):
        self.reach, self.words = reach, words
        self.values: dict[str, Any] = {"units": sorted(reach.units), "day": day, "limit": limit, "found": []}
        for number, word in enumerate(words):
            self.values |= {f"given{number}": f"{word}%", f"other{number}": f"% {word}%", f"inner{number}": f"%{word}%"}
        self.scope = "TRUE" if reach.everywhere else f"(p.{PLACES[0]} IN ({UNITS}) OR p.{PLACES[1]} IN ({UNITS}))"

    def is_narrow(self) -> bool:
        """Whether the scope is small enough to be read whole."""
        return not self.reach.everywhere and are_few(self.reach, self.values["day"], NARROW)

    def near(self) -> list[int]:
        """All people of the scope, put in order."""
        ranks = " ".join(f"WHEN {self._given(n)} THEN {rank}" for rank, n in enumerate(self._last_first()))
        words = self._all(self._anywhere(n) for n in range(len(self.words)))
        ids = self._column(_NEAR.format(words=words, rank=f"CASE {ranks} ELSE {len(self.words)} END"))
        return list(dict.fromkeys(ids))[: self.values["limit"]]

    def far(self) -> list[int]:
        """The given names of each word along the order of names, then who bears the words elsewhere."""
        limit, found = self.values["limit"], list[int]()
        for number in self._last_first():
            others = (self._anywhere(n) for n in range(len(self.words)) if n != number)
            words = self._all([self._given(number), *others])
            words += "".join(f" AND NOT {self._given(n)}" for n in range(number + 1, len(self.words)))
            first, after = zip(*given_name_keys(self.words[number]), strict=True)
            sql = _STRETCHES.format(words=words, scope=self.scope)
            found += self._column(sql, first=list(first), after=list(after), limit=limit - len(found))
            if len(found) >= limit:
                return found
        column, way = ("other_words", _LOOKED_UP) if self._are_rare() else ("search_text", _ALONG)
        words = self._all(self._other(n, column) for n in range(len(self.words)))
        sql = way.format(words=words, scope=self.scope)
        return found + self._column(sql, found=found, limit=limit - len(found))

    def inside(self, is_narrow: bool) -> list[int]:
        """Who bears the longer words inside others, in the order of names: at worst one reading of its index."""
        words = self._all(
            f"p.search_text LIKE %(inner{n})s" if inner_words([word]) else self._anywhere(n)
            for n, word in enumerate(self.words)
        )
        sql = _NEAR.format(words=words, rank="sort_key") if is_narrow else _ALONG.format(words=words, scope=self.scope)
        return list(dict.fromkeys(self._column(sql)))[: self.values["limit"]]

    def _are_rare(self) -> bool:
        """Whether few bear the words elsewhere than last, as the planner expects from its sample of people."""
        words = self._all(self._other(n, "search_text") for n in range(len(self.words)))
        plan = self._column(f"EXPLAIN (FORMAT JSON) SELECT FROM people_person p WHERE {words}")[0]
        return bool(plan[0]["Plan"]["Plan Rows"] <= RARE)

    def _last_first(self) -> range:
        return range(len(self.words) - 1, -1, -1)

    def _given(self, number: int) -> str:
        return f"p.search_text LIKE %(given{number})s"

    def _other(self, number: int, column: str) -> str:
        return f"p.{column} LIKE %(other{number})s"

    def _anywhere(self, number: int) -> str:
        return f"({self._given(number)} OR {self._other(number, 'search_text')})"

    @staticmethod
    def _all(conditions: Any) -> str:
        return " AND ".join(conditions)

    def _column(self, sql: str, **values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {**self.values, **values})
            return [row[0] for row in cursor.fetchall()]
