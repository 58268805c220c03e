"""The ten operations: what each does to the old unit and to the new one, and how one is told from another.

A unit keeps its identity where its code goes on. Lineage is written only between different identities.
"""

from __future__ import annotations

from dataclasses import dataclass

from canbo.facts.organisation.choices import Operation


@dataclass(frozen=True)
class Continuity:
    """The rule of continuity of one operation.

    Args:
        operation: of ``Operation``.
        old_ends: whether the old unit ends.
        new_begins: True, the new unit has a new identity; False, it was there before; None, there is none or it may
            be either.
        rule: the rule in words, as pages show it.
    """

    operation: Operation
    old_ends: bool
    new_begins: bool | None
    rule: str


ESTABLISH = Continuity(Operation.ESTABLISH, False, True, "Đơn vị mới mở với mã mới, không kế thừa đơn vị nào.")
MERGE = Continuity(Operation.MERGE, True, False, "A sáp nhập vào B: A kết thúc, B giữ mã và đi tiếp.")
UNITE = Continuity(Operation.UNITE, True, True, "A và B hợp nhất thành C: A, B kết thúc, C mở với mã mới.")
DIVIDE = Continuity(Operation.DIVIDE, True, None, "A chia thành B và C: A kết thúc, B và C đi tiếp từ A.")
SPLIT = Continuity(Operation.SPLIT, False, None, "Tách B khỏi A: A giữ mã và đi tiếp, B nhận một phần.")
DISSOLVE = Continuity(Operation.DISSOLVE, True, None, "A giải thể: người của A được bố trí lại từng người.")
END = Continuity(Operation.END, True, None, "A kết thúc hoạt động theo quy định; người, số liệu đi theo phương án.")
RENAME = Continuity(Operation.RENAME, False, False, "Giữ mã, tên mới từ ngày có hiệu lực; tên cũ vẫn xem được.")
HAND_OVER = Continuity(Operation.HAND_OVER, False, None, "Chuyển nguyên trạng sang cấp trên mới; mã giữ hoặc đổi.")
RELEVEL = Continuity(Operation.RELEVEL, False, False, "Giữ mã, đổi loại hình (nâng cấp, hạ cấp) từ ngày có hiệu lực.")

ALL = {
    rule.operation: rule for rule in (ESTABLISH, MERGE, UNITE, DIVIDE, SPLIT, DISSOLVE, END, RENAME, HAND_OVER, RELEVEL)
}
SAME_CODE = frozenset({Operation.RENAME, Operation.RELEVEL})
"""Operations that keep the code: old and new are one."""
ENDING = frozenset({Operation.DISSOLVE, Operation.END})
"""Operations that may stand without a new unit."""


def inferred(*, target_goes_on: bool, sources: int, targets: int, old_goes_on: bool) -> Operation:
    """What became of an old unit with regard to one new unit of another code, where nobody said.

    Args:
        target_goes_on: whether the new unit was there before.
        sources: how many old units the new one is made of.
        targets: how many new units the old one went into.
        old_goes_on: whether the old unit goes on under its code.
    """
    if old_goes_on:
        return Operation.SPLIT
    if targets > 1:
        return Operation.DIVIDE
    if target_goes_on:
        return Operation.MERGE
    return Operation.UNITE if sources > 1 else Operation.HAND_OVER
