"""What is known of one subject before it is scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import rules

LIMIT = 5_000
"""Above so many sheets all rows of the period are read: naming each person would cost more than it saves."""


@dataclass
class Known:
    """Facts of one subject, where each comes from, and clauses applied to her."""

    facts: dict[str, Any] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    mitigated: dict[str, rules.Mitigation] = field(default_factory=dict)
