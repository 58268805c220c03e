"""What waits for the reader in evaluations: her own sheets, those she reviews or decides, appeals, opinions to give."""

from __future__ import annotations

import datetime as dt

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.processes.evaluation.choices import MANAGE, Step
from canbo.processes.evaluation.queries import to_answer, waiting
from canbo.processes.evaluation.queries.advising import cycles_to_advise

from .parts import Due

WORDS = {
    Step.SELF: "Tự đánh giá",
    Step.REVIEW: "Nhận xét, chấm điểm",
    Step.DECIDE: "Quyết định xếp loại",
}
PAGES = {Step.SELF: "evaluation_sheet", Step.REVIEW: "evaluation_table", Step.DECIDE: "evaluation_table"}
SHOWN = 8
SOON = 3


def evaluations(actor: Actor, today: dt.date) -> list[Due]:
    """Lines of the desk, what is due first at the top; a handful of queries, none for accounts without a part in it."""
    found = []
    if actor.person_id is not None:
        for one in waiting(actor, today):
            step = Step(one.step)
            page, key = PAGES[step], one.first if step == Step.SELF else one.cycle.pk
            found.append(_due(f"{WORDS[step]} {one.cycle.span}", page, key, one.sheets, one.due, today, "phiếu"))
        for appeal in to_answer(actor, today)[:SHOWN]:
            who = appeal.result.person.name if appeal.result.person else "tập thể"
            found.append(
                _due(f"Trả lời kiến nghị của {who}", "evaluation_appeal_page", appeal.pk, 0, appeal.due_on, today)
            )
    if actor.may(MANAGE):
        found += [
            _due(f"Thẩm định {cycle.span}, {cycle.unit.name}", "evaluation_advice", cycle.pk, 0, None, today)
            for cycle in cycles_to_advise(actor, today)[:SHOWN]
        ]
    return sorted(found, key=lambda line: line.on or dt.date.max)[: SHOWN * 2]


def _due(text: str, page: str, key: int, count: int, on: dt.date | None, today: dt.date, noun: str = "") -> Due:
    if on is None:
        return Due(text, page, key, count, noun, None, "", "quiet")
    days = (on - today).days
    if days < 0:
        return Due(text, page, key, count, noun, on, f"quá hạn {-days} ngày", "bad")
    words = "hạn hôm nay" if not days else f"hạn {format_date(on)}"
    return Due(text, page, key, count, noun, on, words, "warn" if days <= SOON else "info")
