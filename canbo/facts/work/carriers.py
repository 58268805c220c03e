"""Work of a unit that ends: what is still open goes on where its people are; what was closed stays where it was done.

Catalogues are not carried: a body that takes over has its own, and work already given keeps its coefficient.
"""

from __future__ import annotations

from canbo.facts.organisation.carriers import Carrier

CARRIERS = (
    Carrier("share", "việc đang làm", "work_share", person="person_id", dated=False, where="NOT t.closed"),
    Carrier("task_series", "nhiệm vụ lặp lại", "work_taskseries"),
)
