"""Where people are found today, derived from posts and memberships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from canbo.facts.organisation.queries import acting_day

# The place is the one in force on the day; without one, the last that ended, so that a file never loses its keeper;
# without that, the first still to come. Somebody registered at a place without any post or membership stays there.
_PLACES = """
WITH person AS MATERIALIZED (SELECT id FROM people_person WHERE %(persons)s::bigint[] IS NULL OR id = ANY(%(persons)s::bigint[])),
work AS (
  SELECT DISTINCT ON (a.person_id) a.person_id, a.unit_id FROM staffing_assignment a JOIN person p ON p.id = a.person_id
  WHERE a.voided_on IS NULL
  ORDER BY a.person_id, a.in_force @> %(day)s::date DESC, lower(a.in_force) <= %(day)s DESC,
    CASE WHEN NOT a.in_force @> %(day)s::date THEN upper(a.in_force) END DESC NULLS LAST,
    a.concurrent, lower(a.in_force) DESC, a.id),
party AS (
  SELECT DISTINCT ON (m.person_id) m.person_id, m.unit_id FROM party_membership m JOIN person p ON p.id = m.person_id
  WHERE m.voided_on IS NULL
  ORDER BY m.person_id, m.in_force @> %(day)s::date DESC, lower(m.in_force) <= %(day)s DESC,
    lower(m.in_force) DESC, m.id),
wanted AS (
  SELECT p.id, coalesce(w.unit_id, t.work_unit_id) AS work, coalesce(m.unit_id, t.party_unit_id) AS party
  FROM person p LEFT JOIN people_person t ON t.id = p.id AND NOT %(forget)s
    LEFT JOIN work w ON w.person_id = p.id LEFT JOIN party m ON m.person_id = p.id)
UPDATE people_person t SET
  work_unit_id = n.work, party_unit_id = n.party
FROM wanted n
WHERE t.id = n.id AND (n.work IS DISTINCT FROM t.work_unit_id OR n.party IS DISTINCT FROM t.party_unit_id)
"""


def refresh_places(day: dt.date | None = None, persons: Iterable[int] | None = None, *, forget: bool = False) -> int:
    """Says anew where people are found, and returns how many had moved.

    Args:
        day: the day that counts as today; without it, the day of acting. Runs once a day, since facts recorded ahead
            come into force by themselves, and after every batch.
        persons: ids of the people to look at; None looks at everybody, in one statement.
        forget: whether somebody of whom no post or no membership stands is found nowhere, as after a load is undone.
    """
    few = None if persons is None else f"{{{','.join(map(str, sorted(set(persons))))}}}"
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"day": day or acting_day(), "persons": few, "forget": forget})
        return int(cursor.rowcount)
