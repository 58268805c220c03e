"""Conditions as values: each one met or not, with what the records say and the article that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .violation import Violation

UNSURE = "Đây là thiết lập chưa đối chiếu được với văn bản, người có thẩm quyền quyết định."


@dataclass(frozen=True)
class Condition:
    """One condition of an act, and how a case stands to it.

    Args:
        code: stable identifier of the rule, such as ``PARTY-ADMISSION-AGE``; also the code of the violation.
        label: what is asked, in the clerk's words.
        met: whether the records satisfy it.
        found: what the records say; the message of the violation when it is not met.
        source: the article that asks for it.
        sure: whether the value asked for was verified; one that was not never refuses, it only remarks.
        blocking: False for a condition that is only pointed out.
        record: where the fact comes from, such as the decision or the course.
        field: form field it belongs to, if any.
        fix: what to do about it.
    """

    code: str
    label: str
    met: bool
    found: str
    source: str = ""
    sure: bool = True
    blocking: bool = True
    record: str = ""
    field: str | None = None
    fix: str | None = None

    def violation(self) -> Violation:
        """The condition as a reason against the act, or as a remark where its value is only a setting."""
        fix = " ".join(part for part in (self.fix, "" if self.sure else UNSURE) if part)
        return Violation(
            self.code, self.found, self.field, self.source or None, fix or None, blocking=self.blocking and self.sure
        )


def unmet(conditions: Iterable[Condition]) -> list[Violation]:
    """The violations of those conditions that are not met, in their order."""
    return [condition.violation() for condition in conditions if not condition.met]
