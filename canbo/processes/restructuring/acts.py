"""What a restructuring says about the decision it was carried out under. It declares no act of its own."""

from __future__ import annotations

from collections.abc import Sequence

from canbo.facts.decisions.acts import Act
from canbo.facts.decisions.models import Decision, Sourced
from canbo.foundation.kernel.violation import Violation

from .models import Restructuring

ACTS: list[Act] = []


def obstacles(decision: Decision, opened: Sequence[Sourced]) -> list[Violation]:
    """A decision under which units were restructured is annulled by annulling the restructuring."""
    return [
        Violation(
            "ANNUL-RESTRUCTURING",
            f"Đợt sắp xếp “{case.title}” đã thực hiện theo quyết định này.",
            fix="Hủy đợt sắp xếp trước, ở trang Sắp xếp tổ chức.",
        )
        for case in Restructuring.objects.filter(decision=decision, annulled_at=None).exclude(applied_at=None)
    ]
