"""Work that is still open goes on in the unit that succeeded; what was done stays where it was done.

A catalogue of products is not carried: its coefficients hold against the standard product of its own body.
"""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier("task_series", "nhiệm vụ lặp lại", "work_taskseries"),
    Carrier(
        "share",
        "phần việc chưa khép",
        "work_share",
        person="person_id",
        dated=False,
        where="NOT t.closed AND NOT t.voided",
    ),
)
