"""What only people can say: the questions of a plan, answered one by one or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.violation import Refused, Violation

from .. import actions
from ..choices import PREPARE, Asked, Choice
from ..models import Answer, Restructuring
from ..queries.naming import unit_meant
from ..queries.seeing import holding, names_for, plan_seen
from ..rules import Question
from .common import find, frame, paged, told

FIRST = "dau"
"""In bulk: all to the first of the new units of each plan line."""
NEEDS = {Choice.INTO, Choice.FROM, Choice.ALL, Choice.ONE_BY_ONE}
"""Choices that name a unit besides; whether they must depends on the question."""
MUST = {Choice.INTO, Choice.FROM}


@dataclass(frozen=True)
class Shown:
    """A question with its choices as a form offers them."""

    ask: Question
    choices: list[tuple[str, str]]
    hints: list[tuple[str, str]]


def index(request: Request, pk: int) -> HttpResponse:
    """Open questions, or the answers given so far."""
    case = find(request, pk)
    plan = plan_seen(request.actor, case)
    answered = request.GET.get("phan") == "da-tra-loi"
    kind, level, text = (request.GET.get(name, "").strip() for name in ("loai", "cap", "q"))
    answers = case.answers.order_by("unit_code", "question")
    context = {
        "plan": plan, "kind": kind, "level": level, "text": text, "answered": answered, "answers": answers.count(),
        "kinds": _kinds(plan.questions), "levels": sorted({ask.level for ask in plan.questions if ask.level}),
        **frame(request, case, "restructuring_questions"),
    }  # fmt: skip
    if answered:
        page = paged(request, answers)
        names = names_for(
            plan, [code for row in page.object_list for code in (row.unit_code, row.value, row.choice)], case.on
        )
        context |= {"page": page, "rows": [(row, _said(row, names)) for row in page.object_list], "names": names}
    else:
        found = chosen(plan.questions, kind, level, text)
        page = paged(request, found)
        names = names_for(plan, [code for ask in page.object_list for code in ask.hints], case.on)
        context |= {
            "page": page,
            "found": len(found),
            "asks": [_shown(ask, names) for ask in page.object_list],
            "for_all": _for_all(found),
        }
    return render(request, "restructuring/questions.html", context)


def chosen(questions: Sequence[Question], kind: str, level: str, text: str) -> list[Question]:
    """The questions a filter leaves."""
    rows = [ask for ask in questions if (not kind or ask.kind == kind) and (not level or ask.level == level)]
    return holding(rows, text, "name", "unit", "about")


def _kinds(questions: Sequence[Question]) -> list[tuple[str, str, int]]:
    counts = dict.fromkeys(Asked.values, 0)
    for ask in questions:
        counts[ask.kind] += 1
    return [(value, str(label), counts[value]) for value, label in Asked.choices if counts[value]]


def _shown(ask: Question, names: dict[str, str]) -> Shown:
    return Shown(
        ask,
        list(zip(ask.choices, ask.labels, strict=True)),
        [(code, names.get(code, code)) for code in ask.hints if ask.kind != Asked.SPLIT],
    )


def _said(row: Answer, names: dict[str, str]) -> str:
    """An answer in words."""
    label = dict(Choice.choices).get(row.choice) or f"tất cả về {names.get(row.choice, row.choice)}"
    return f"{label} {names.get(row.value, row.value)}".strip()


def _for_all(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """What may be answered to all of some questions at once: what all of them offer."""
    if not questions or len({ask.kind for ask in questions}) > 1:
        return []
    shared = [choice for choice in questions[0].choices if all(choice in ask.choices for ask in questions)]
    labels = dict(Choice.choices)
    offered = [(choice, str(labels[choice])) for choice in shared if choice in labels]
    if questions[0].kind == Asked.SPLIT:
        offered.insert(0, (FIRST, "tất cả về đơn vị mới ghi trước nhất trong phương án"))
    return offered


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answers the questions of the page that were filled in."""
    case = find(request, pk, PREPARE)
    given, faults = [], []
    for place, unit in enumerate(request.POST.getlist("don_vi")):
        asked, choice = _at(request, "hoi", place), _at(request, "chon", place)
        if not choice:
            continue
        try:
            given.append((unit, asked, choice, _value(request, case, choice, _at(request, "den", place), unit)))
        except Refused as refused:
            faults += refused.violations
    if not given and not faults:
        faults.append(Violation("RESTRUCTURE-ANSWER-NONE", "Chưa chọn câu trả lời nào."))
    return _answered(request, case, given, faults)


@require_POST
def answer_all(request: Request, pk: int) -> HttpResponse:
    """Answers every question the filter leaves in the same way."""
    case = find(request, pk, PREPARE)
    kind, level, text = (request.POST.get(name, "").strip() for name in ("loai", "cap", "q"))
    choice, faults, given = request.POST.get("chon", ""), [], []
    found = chosen(plan_seen(request.actor, case).questions, kind, level, text)
    if choice not in {value for value, _ in _for_all(found)}:
        faults.append(
            Violation("RESTRUCTURE-ANSWER-ALL", "Câu trả lời này không dùng chung cho mọi câu hỏi đang lọc.",
                      fix="Lọc còn một loại câu hỏi rồi chọn lại.")
        )  # fmt: skip
    else:
        try:
            value = _value(request, case, choice, request.POST.get("den", ""), "Trả lời chung")
        except Refused as refused:
            faults += refused.violations
        else:
            given = [(ask.unit, ask.kind, ask.choices[0] if choice == FIRST else choice, value) for ask in found]
    return _answered(request, case, given, faults)


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Takes marked answers back; their questions are open again."""
    case = find(request, pk, PREPARE)
    marked = [text for text in request.POST.getlist("chon") if text.isascii() and text.isdecimal()]
    rows = [(row.unit_code, row.question, "", "") for row in case.answers.filter(pk__in=marked)]
    return told(
        request, lambda: actions.answer(request.actor, case=case, answers=rows), f"Đã rút {len(rows)} câu trả lời.",
        "restructuring_questions", pk,
    )  # fmt: skip


def _at(request: Request, name: str, place: int) -> str:
    values = request.POST.getlist(name)
    return values[place].strip() if place < len(values) else ""


def _value(request: Request, case: Restructuring, choice: str, typed: str, about: str) -> str:
    """The code of the unit an answer names; a unit the plan founds is named by its code alone."""
    typed = typed.strip()
    if choice not in NEEDS:
        return ""
    if not typed:
        if choice in MUST:
            raise Refused(
                Violation("RESTRUCTURE-ANSWER-UNIT", f"{about}: chưa ghi đơn vị.", fix="Ghi mã hoặc tên đơn vị.")
            )
        return ""
    if any(opening.code == typed for opening in plan_seen(request.actor, case).openings):
        return typed
    unit: Unit = unit_meant(request.actor, typed, case.on)
    return unit.code


def _answered(
    request: Request, case: Restructuring, given: list[tuple[str, str, str, str]], faults: list[Violation]
) -> HttpResponse:
    def act() -> None:
        if faults:
            raise Refused(faults)
        actions.answer(request.actor, case=case, answers=given)

    return told(request, act, f"Đã ghi {len(given)} câu trả lời.", "restructuring_questions", case.pk)
