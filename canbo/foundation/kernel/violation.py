"""Refusals as values: all of them at once, each with its place, reason, article and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One reason why something may not be written.

    Args:
        code: stable identifier of the rule, such as ``PARTY-ADMISSION-AGE``.
        message: what is wrong, in the clerk's words.
        field: form field or column it belongs to, if any.
        source: the article it comes from.
        fix: what to do about it.
        blocking: False for a remark that does not stop the act.
    """

    code: str
    message: str
    field: str | None = None
    source: str | None = None
    fix: str | None = None
    blocking: bool = True

    def __str__(self) -> str:
        parts = [self.message]
        if self.source:
            parts.append(f"({self.source})")
        if self.fix:
            parts.append(self.fix)
        return " ".join(parts)


class Refused(Exception):
    """An act was refused; carries every violation found, never only the first."""

    def __init__(self, violations: Iterable[Violation] | Violation):
        self.violations = [violations] if isinstance(violations, Violation) else list(violations)
        super().__init__("; ".join(str(v) for v in self.violations))


class NotPermitted(Exception):
    """The actor sees the place but may not do this there (403)."""


class OutOfScope(Exception):
    """For this actor the row does not exist (404)."""
