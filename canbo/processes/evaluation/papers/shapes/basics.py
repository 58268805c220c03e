"""What every form knows: the body, the subject, criteria, tasks, grades, who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

Points = Decimal | None


@dataclass(frozen=True, kw_only=True)
class Office:
    """Whose form it is.

    Args:
        issuer, superior: the body on the form and the one above it.
        on: the day whose layout and form rules apply.
        code: code of the body in the symbol of its decisions (``SNV``, ``TU``).
        place: place name before the date.
    """

    issuer: str
    on: dt.date
    superior: str = ""
    code: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Who:
    """The person or body the form speaks of; ``born`` as the dossier has it."""

    name: str
    born: str = ""
    post: str = ""
    party_post: str = ""
    mass_post: str = ""
    unit: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Criterion:
    """A row of the table of criteria; ``group`` rows sum the rows beneath them.

    ``own`` is what the person gave herself, ``superior`` what the competent person confirmed.
    """

    key: str
    title: str
    most: Points
    own: Points = None
    superior: Points = None
    group: bool = False
    note: str = ""


@dataclass(frozen=True)
class TaskRow:
    """A task that counted: quantities in products, returns and delays as counted (confirmed causes taken away)."""

    title: str
    product: str = ""
    coef: Points = None
    assigned: Points = None
    done: Points = None
    returns: int = 0
    delays: int = 0
    note: str = ""


@dataclass(frozen=True)
class Formula:
    """A line of the calculation with its numbers filled in."""

    label: str
    filled: str
    value: Points = None
    article: str = ""


@dataclass(frozen=True)
class Scale:
    """The grades a form offers, best first, as code and words."""

    grades: tuple[tuple[str, str], ...]

    def boxes(self, chosen: str) -> tuple[tuple[str, bool], ...]:
        """The boxes of the form with the chosen grade ticked; none is ticked while nothing was chosen."""
        return tuple((words, key == chosen) for key, words in self.grades)

    def words(self, key: str) -> str:
        """The grade in words; a grade the scale does not know is printed as it stands."""
        return dict(self.grades).get(key, key)

    @property
    def legend(self) -> str:
        """What the short grades of a narrow column mean."""
        return "; ".join(f"{key}: {words}" for key, words in self.grades)


@dataclass(frozen=True)
class Hand:
    """Whoever signs a form: the line of her position, her name, the day."""

    position: str
    name: str = ""
    on: dt.date | None = None


OWN = Hand("Người tự đánh giá")
FOLLOWS = Hand("Cấp có thẩm quyền theo dõi, đánh giá")
GRADES = Hand("Cấp có thẩm quyền xếp loại")
COMPETENT = Hand("Cấp có thẩm quyền")
REVIEWED = Hand("Người tự kiểm điểm")
MAKER = Hand("Người lập danh sách")
HEAD = Hand("Thủ trưởng cơ quan, đơn vị")
