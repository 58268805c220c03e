"""Task lines summed up: the sums are all the formulas need, so that queries may form them for many people at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .books import Book
from .shapes import ZERO, TaskLine, TaskTotals

ONE, HUNDRED = Decimal(1), Decimal(100)


def share(line_times: int, step: Decimal) -> Decimal:
    """What is left of a product after so many failures or delays of ``step`` per cent each, never below nothing."""
    return max(ZERO, ONE - step / HUNDRED * line_times)


def totals_of(lines: Iterable[TaskLine], book: Book) -> TaskTotals:
    """The sums of :class:`TaskTotals` over the lines, by the steps of the book."""
    lines = tuple(lines)
    step_b, step_c = Decimal(str(book.value("quality_step", 0))), Decimal(str(book.value("delay_step", 0)))
    done = [line.coef * line.counted_done for line in lines]
    planned = actual = bonus = None
    if book.value("task_standard") is not None:
        points = [task_points(line, book) for line in lines]
        planned = sum((one[0] for one in points), ZERO)
        actual = sum((one[1] for one in points), ZERO)
        bonus = sum((one[2] for one in points), ZERO)
    return TaskTotals(
        assigned=sum((line.coef * line.counted_assigned for line in lines), ZERO),
        done=sum(done, ZERO),
        quality=sum((q * share(line.fails, step_b) for q, line in zip(done, lines, strict=True)), ZERO),
        progress=sum((q * share(line.late_times, step_c) for q, line in zip(done, lines, strict=True)), ZERO),
        tasks=len(lines),
        tasks_done=sum(line.is_done for line in lines),
        tasks_late=sum(line.is_late for line in lines),
        tasks_exceeded=sum(line.is_exceeded for line in lines),
        tasks_failed=sum(line.is_failed for line in lines),
        tasks_on_time=sum(line.is_done and not line.is_late and not line.fails for line in lines),
        planned=planned,
        actual=actual,
        bonus=bonus,
    )


def task_points(line: TaskLine, book: Book) -> tuple[Decimal, Decimal, Decimal]:
    """Planned points, reached points and bonus of one task where the rule gives points to each task.

    ``coef`` is the difficulty, ``delays`` the working days late; a task without a judged quality reaches nothing yet.
    """
    standard = Decimal(str(book.value("task_standard_ad_hoc" if line.ad_hoc else "task_standard")))
    planned = standard * line.coef * line.counted_assigned
    weight = Decimal(str(book.value("task_progress_weight"))) / HUNDRED
    progress = progress_percent(line.late_times, book)
    rate = weight * progress + (ONE - weight) * (line.quality or ZERO)
    actual = standard * line.coef * line.counted_done * rate / HUNDRED
    extra = actual * Decimal(str(book.value("task_bonus", 0))) / HUNDRED if line.is_exceeded else ZERO
    return planned, actual, extra


def progress_percent(days: int, book: Book) -> Decimal:
    """Per cent of progress for so many working days late."""
    rows = book.rules.brackets(f"evaluation.{book.code}.progress", on=book.on, unit=book.unit_codes).value
    for row in rows:
        if row["min"] <= days and days <= row.get("max", days):
            return Decimal(str(row["percent"]))
    raise ValueError(f"“{book.title}” không có bậc tiến độ cho {days} ngày chậm.")


def task_facts(totals: TaskTotals) -> Mapping[str, Any]:
    """Ratios of the subject's own tasks, exact; unknown where there is no task at all."""
    if not totals.tasks:
        return dict.fromkeys(RATIOS)
    return {name: Fraction(getattr(totals, column), totals.tasks) for name, column in RATIOS.items()}


RATIOS = {
    "tasks_done_ratio": "tasks_done",
    "tasks_on_time_ratio": "tasks_on_time",
    "tasks_late_ratio": "tasks_late",
    "tasks_exceeded_ratio": "tasks_exceeded",
    "tasks_failed_ratio": "tasks_failed",
}
"""Facts computed from the tasks themselves, and the sums they are computed from."""
