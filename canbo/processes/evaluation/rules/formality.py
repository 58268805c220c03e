"""Signs that an evaluation is a formality: what the figures of a body look like, never whom to blame.

The thresholds are settings of ``evaluation.outputs``; nothing here knows Django or the clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from canbo.foundation import rulebooks
from canbo.foundation.kernel.numbers import format_number, format_percent, percent

from .signs import Body, Sign, Thresholds

SUBJECT = "evaluation.outputs"
__all__ = ["Body", "Sign", "Thresholds", "no_failure", "signs", "thresholds"]

IDENTICAL, UNCHANGED, FULL, CAPPED, NO_FAILURE = "identical", "unchanged", "full", "capped", "no_failure"


def thresholds(on: dt.date, unit_codes: tuple[str, ...] = ()) -> Thresholds:
    """The settings in force on a day for a unit."""
    names = ("identical", "unchanged", "full", "people", "periods")
    rules = rulebooks.current()
    return Thresholds(
        *(int(rules.value(f"{SUBJECT}.formality_{name}", on=on, unit=unit_codes).value) for name in names)
    )


def signs(bodies: Sequence[Body], limits: Thresholds) -> tuple[Sign, ...]:
    """Every test of one period, whether it shows something or not."""
    large = [body for body in bodies if body.graded >= limits.people]
    capped = [body for body in large if body.capped is not None]
    at_cap = tuple(body for body in capped if body.capped)
    tests = (
        (IDENTICAL, "Cùng một tổng điểm", "identical", limits.identical, "người có cùng một tổng điểm"),
        (
            UNCHANGED,
            "Không đổi qua các bước",
            "unchanged",
            limits.unchanged,
            "phiếu tự chấm, chấm, quyết định như nhau",
        ),
        (FULL, "Đủ điểm tiêu chí chung", "full", limits.full, "phiếu đạt đủ điểm tiêu chí chung"),
    )
    found = [
        Sign(key, title, _sentence(shown, len(large), f"có từ {limit}% {what}"), tuple(shown), len(large))
        for key, title, field, limit, what in tests
        for shown in ([body for body in large if _reaches(getattr(body, field), body.graded, limit)],)
    ]
    found.append(
        Sign(
            CAPPED,
            "Chạm trần mọi nhóm",
            _sentence(at_cap, len(capped), "xếp mức cao nhất đúng bằng số tối đa cho phép"),
            at_cap,
            len(capped),
        )
    )
    return tuple(found)


def no_failure(periods: Sequence[tuple[str, int, int]], limits: Thresholds) -> Sign:
    """Whether nobody was given the lowest grade in so many periods on end.

    Args:
        periods: period, people graded, people with the lowest grade; oldest first, the last being the one looked at.
    """
    seen = [(period, lowest) for period, graded, lowest in periods if graded]
    quiet = 0
    for _, lowest in reversed(seen):
        if lowest:
            break
        quiet += 1
    shows = quiet >= limits.periods
    if not seen:
        sentence = "Chưa có kỳ nào có kết quả."
    elif quiet:
        sentence = f"{quiet} kỳ liền tính đến nay không ai bị xếp mức thấp nhất (dấu hiệu khi từ {limits.periods} kỳ)."
    else:
        sentence = f"Kỳ này có {format_number(seen[-1][1])} người bị xếp mức thấp nhất."
    whole = (Body(0, "", "Toàn phạm vi", 0, 0, "", 0, 0),) if shows else ()
    return Sign(NO_FAILURE, "Không ai mức thấp nhất", sentence, whole, 1 if seen else 0)


def _reaches(part: int, whole: int, limit: int) -> bool:
    return bool(whole) and part * 100 >= whole * limit


def _sentence(shown: Iterable[Body], of: int, what: str) -> str:
    number = len(tuple(shown))
    if not of:
        return "Chưa có cơ quan nào đủ số người để xét."
    if not number:
        return f"Không cơ quan nào trong {format_number(of)} cơ quan {what}."
    share = format_percent(percent(number, of))
    return f"{format_number(number)} trong {format_number(of)} cơ quan ({share}) {what}."
