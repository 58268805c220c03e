"""Fitting answers as people write them to the questions a plan asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Violation

from ..choices import Asked, Choice
from ..rules import Plan, Question, Reply
from .planning import Lines, plan_lines

FIRST = "dau_tien"
"""The first choice of a split: only where somebody says so."""
ROUNDS = 6
_WORDS = {fold(label): value for value, label in Choice.choices} | {
    "all": Choice.ALL, "list": Choice.LIST, "one by one": Choice.ONE_BY_ONE, "tung nguoi": Choice.ONE_BY_ONE,
    "tat ca": Choice.ALL, "danh sach": Choice.LIST, "dissolve": Choice.DISSOLVE, "end": Choice.END, "ket thuc": Choice.END,
    "into": Choice.INTO, "merge": Choice.INTO, "merge into": Choice.INTO, "nhap": Choice.INTO, "sap nhap": Choice.INTO,
    "nhap vao": Choice.INTO, "keep": Choice.KEEP, "establish": Choice.ESTABLISH, "new": Choice.ESTABLISH,
    "thanh lap": Choice.ESTABLISH, "from": Choice.FROM, "ke thua": Choice.FROM, "hinh thanh tu": Choice.FROM,
}  # fmt: skip

Written = tuple[int, str, str, str]


def answered(
    lines: Lines, written: Iterable[Written], *, look_closer: bool = True
) -> tuple[Lines, Plan, list[Violation]]:
    """Takes up answers round by round, since an answer may lead to another question.

    Args:
        written: line of the file, unit (a code, ``*``, or ``level:*``), choice, value.

    Returns:
        The lines with the answers that fit, their plan, and the answers that fit no question.
    """
    given = list(written)
    used: set[int] = set()
    plan = plan_lines(lines, look_closer=False)
    for _ in range(ROUNDS):
        replies = dict(lines.answers)
        for question in plan.questions:
            found = _for(question, given)
            if found is not None and (question.unit, question.kind) not in replies:
                line, reply = found
                replies[question.unit, question.kind] = reply
                used.add(line)
        if len(replies) == len(lines.answers):
            break
        lines = replace(lines, answers=replies)
        plan = plan_lines(lines, look_closer=False)
    if look_closer:
        plan = plan_lines(lines)
    return lines, plan, [_unused(row) for row in given if row[0] not in used]


def _for(question: Question, given: list[Written]) -> tuple[int, Reply] | None:
    """The answer to a question: one that names the unit, else one for its level, else one for all."""
    for wanted in (question.unit, f"{question.level}:*", "*"):
        for line, unit, choice, value in given:
            if unit == wanted and (reply := reply_of(question, choice, value)) is not None:
                return line, reply
    return None


def reply_of(question: Question, choice: str, value: str) -> Reply | None:
    """What was written as an answer to a question; None when it does not fit."""
    if choice in question.choices and choice not in Choice.values:
        return Reply(choice)
    word = _WORDS.get(fold(choice.replace("_", " "))) or (choice if choice in Choice.values else "")
    if question.kind == Asked.SPLIT and fold(choice.replace("_", " ")) in ("dau tien", "first"):
        return Reply(question.choices[0])
    if not word or (word not in question.choices and not (question.kind == Asked.SPLIT and word == Choice.ALL)):
        return None
    if word == Choice.ALL and question.kind == Asked.SPLIT:
        return Reply(value) if value in question.choices else None
    needs = word in (Choice.INTO, Choice.FROM, Choice.ALL)
    return None if needs and not value else Reply(str(word), value)


def _unused(row: Written) -> Violation:
    line, unit, choice, value = row
    said = " ".join(part for part in (choice, value) if part)
    return Violation(
        "RESTRUCTURE-ANSWER-UNUSED",
        f"Dòng {line}: “{said}” không trả lời câu hỏi nào của {unit}.",
        field=str(line),
        fix="Xem lại mã đơn vị và lựa chọn; bỏ dòng này nếu không còn cần.",
    )
