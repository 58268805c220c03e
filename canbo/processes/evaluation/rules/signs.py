"""What the signs of formality are formed from, and what they say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """From where on a figure counts as a sign; shares in per cent."""

    identical: int
    unchanged: int
    full: int
    people: int
    periods: int


@dataclass(frozen=True)
class Body:
    """The figures of one body in one period.

    Args:
        graded: people with a grade.
        identical: the largest number of people with one and the same total; ``total`` is that total.
        unchanged: sheets where own scores, the superior's scores and all grades are the same.
        full: sheets with every point of the common criteria.
        capped: whether every group of similar posts holds exactly as many top grades as the cap allows; None where
            there is no cap.
    """

    key: int
    code: str
    name: str
    graded: int
    identical: int
    total: str
    unchanged: int
    full: int
    capped: bool | None = None


@dataclass(frozen=True)
class Sign:
    """One test of formality over all bodies.

    Args:
        sentence: what the figures show, in words.
        bodies: the bodies where the sign shows.
        of: how many bodies were large enough to look at.
    """

    key: str
    title: str
    sentence: str
    bodies: tuple[Body, ...]
    of: int

    @property
    def shows(self) -> bool:
        return bool(self.bodies)
