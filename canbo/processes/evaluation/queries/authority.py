"""For whom somebody may act on a day: herself, and those who delegated to her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from canbo.facts.access.queries import own_reach, principals
from canbo.facts.organisation.queries import subtree_ids
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import Violation

from ..models import Sheet

OWN = "EVAL-OWN"


@dataclass(frozen=True)
class Authority:
    """What one actor may do to sheets on a day, worked out in a few queries for any number of them.

    Args:
        delegated: persons who delegated to her, each with the units where that holds.
        own: units where she holds the permission by a grant of her own, for sheets that name nobody.
    """

    actor: Actor
    delegated: dict[int, frozenset[int]]
    own: frozenset[int]

    def faults(self, sheet: Sheet, named: int | None, at: int) -> list[Violation]:
        """Why the actor may not take a step on a sheet; empty when she may.

        Args:
            named: the person whom the sheet names for the step.
            at: the unit where the permission is asked for when it names nobody.
        """
        where = str(sheet.pk)
        me = self.actor.person_id
        if me is not None and me in (sheet.person_id, sheet.represented_by_id):
            return [
                Violation(
                    OWN,
                    "Không ai chấm điểm, thẩm định hay quyết định xếp loại cho chính mình, kể cả khi được ủy quyền.",
                    field=where,
                    fix="Chuyển phiếu cho cấp trên trực tiếp hoặc người được chỉ định khác.",
                )
            ]
        if self.actor.operator:
            return []
        if named is not None:
            if named == me or sheet.unit_id in self.delegated.get(named, frozenset()):
                return []
        elif at in self.own:
            return []
        return [
            Violation(
                "EVAL-NOT-YOURS",
                "Phiếu này do người khác có thẩm quyền nhận xét hoặc quyết định.",
                field=where,
                fix="Xem tên người có thẩm quyền trên phiếu; nếu sai, đề nghị bộ phận tổ chức cán bộ sửa phiếu.",
            )
        ]


def authority(actor: Actor, permission: str, sheets: Iterable[Sheet], day: dt.date) -> Authority:
    """The authority of an actor over sheets on a day, by relation, by delegation of that day, or by her own grant."""
    rows = list(sheets)
    units = {row.unit_id for row in rows} | {row.body_id for row in rows}
    behind = principals(actor, permission, day)
    named = {row.superior_id for row in rows} | {row.decider_id for row in rows}
    inside = {person: _inside(reach, units, day) for person, reach in behind.items() if person in named}
    return Authority(actor, inside, _inside(own_reach(actor, permission, day), units, day))


def _inside(reach: Reach, units: set[int], day: dt.date) -> frozenset[int]:
    if reach.everywhere:
        return frozenset(units)
    if not reach:
        return frozenset()
    return frozenset(subtree_ids(reach.units, day).filter(descendant_id__in=units))
