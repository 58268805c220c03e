"""What a figure is, and how it compares with its plan and with the same period of the year before. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from canbo.foundation.kernel.numbers import Number, percent

AGE_BANDS = ((18, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60), (61, 200))
BETWEEN = "|"


def plain(value: Number | None) -> int | float | None:
    """A number as JSON gives it: whole numbers without a point."""
    if value is None:
        return None
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(number)


@dataclass(frozen=True)
class Compared:
    """A value beside its plan and the value of the same period of the year before; None where there is none."""

    value: Number | None
    plan: Number | None
    previous: Number | None

    @property
    def plan_ratio(self) -> Decimal | None:
        """The value in per cent of the plan, one decimal, half up."""
        return percent(self.value, self.plan)

    @property
    def change(self) -> Decimal | None:
        """The value less the previous one, in the unit of measure (percentage points for a percentage)."""
        if self.value is None or self.previous is None:
            return None
        return Decimal(str(self.value)) - Decimal(str(self.previous))


@dataclass(frozen=True)
class Group(Compared):
    """One part of a figure: ``key`` is stable, ``label`` is read; several groupings are joined by a bar."""

    key: str
    label: str

    def as_json(self) -> dict[str, object]:
        return {
            "key": self.key,
            "label": self.label,
            "value": plain(self.value),
            "plan": plain(self.plan),
            "plan_ratio": plain(self.plan_ratio),
            "previous": plain(self.previous),
        }


@dataclass(frozen=True)
class Figure(Compared):
    """An indicator's value for one unit and period, with the parts asked for."""

    code: str
    unit: str
    period: str
    groups: tuple[Group, ...] = field(default=())
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """The document of ``canbo value --json``; ``note`` only where there is something to say."""
        said = {"note": self.note} if self.note else {}
        return said | {
            "code": self.code,
            "unit": self.unit,
            "period": self.period,
            "value": plain(self.value),
            "plan": plain(self.plan),
            "plan_ratio": plain(self.plan_ratio),
            "previous": plain(self.previous),
            "change": plain(self.change),
            "groups": [group.as_json() for group in self.groups],
        }

    def group(self, key: str) -> Group | None:
        """The part of that key, if there is one."""
        return next((group for group in self.groups if group.key == key), None)


def age_band(low: int, high: int) -> str:
    """``18-30``; the last band is ``61+``."""
    return f"{low}+" if high >= 200 else f"{low}-{high}"
