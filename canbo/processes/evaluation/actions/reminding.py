"""Reminders of what is due, written every night; nobody is mailed."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor

DAYS_BEFORE = 3

# Who is to act next on each open sheet whose deadline is near or over; the newest day set for a step holds.
REMIND = """
INSERT INTO evaluation_reminder (person_id, cycle_id, step, "on", due_on, sheets)
SELECT w.person_id, w.cycle_id, w.step, %(on)s, d."on", count(*)
FROM (
  SELECT coalesce(person_id, represented_by_id) AS person_id, cycle_id, 'self' AS step FROM evaluation_sheet
    WHERE state = 'draft'
  UNION ALL SELECT superior_id, cycle_id, 'review' FROM evaluation_sheet WHERE state = 'submitted'
  UNION ALL SELECT decider_id, cycle_id, 'decide' FROM evaluation_sheet WHERE state = 'scored'
) w
JOIN evaluation_cycle c ON c.id = w.cycle_id AND c.stage <> 'closed'
JOIN LATERAL (SELECT "on" FROM evaluation_deadline e WHERE e.cycle_id = w.cycle_id AND e.step = w.step
  ORDER BY e.id DESC LIMIT 1) d ON d."on" <= %(horizon)s
WHERE w.person_id IS NOT NULL
GROUP BY w.person_id, w.cycle_id, w.step, d."on"
ON CONFLICT (person_id, cycle_id, step, "on") DO UPDATE SET sheets = excluded.sheets, due_on = excluded.due_on
"""


@action("evaluation.remind", permission=None, log=("on",))
def remind(actor: Actor, *, on: dt.date) -> int:
    """Writes what each person is reminded of on a day: steps due within three days, or over; returns how many lines."""
    with connection.cursor() as cursor:
        cursor.execute(REMIND, {"on": on, "horizon": on + dt.timedelta(days=DAYS_BEFORE)})
        return int(cursor.rowcount)
