"""What a decision may do to the job positions and committees of a unit."""

from __future__ import annotations

from collections.abc import Iterable

from canbo.facts.decisions.acts import Act, ActField, Prepared
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions
from .choices import Body, ListState
from .models import Committee, JobPosition, PositionListDraft
from .queries.positions import open_list, read_rows
from .rules import PositionLine


def _list(item: Prepared, heading: Heading) -> tuple[PositionListDraft | None, tuple[PositionLine, ...]]:
    draft = open_list(item.subject)
    if draft is None or draft.state != ListState.APPRAISED:
        return None, ()
    return draft, read_rows(draft.rows, heading.in_effect_on).lines


def _check_list(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
    draft, lines = _list(item, heading)
    if draft is None:
        return [
            Violation(
                "POSITION-LIST-NOT-READY",
                f"Chưa có danh mục vị trí việc làm nào của {item.subject} đã thẩm định.",
                field="subject",
                fix="Soạn danh mục ở trang vị trí việc làm của đơn vị, trình và thẩm định trước.",
            )
        ]
    wrong = read_rows(draft.rows, heading.in_effect_on).violations
    return [*wrong, *actions.approval_faults(item.subject, lines, heading.in_effect_on)]


def _approve_list(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
    draft = open_list(item.subject)
    rows = draft.rows if draft is not None and draft.state == ListState.APPRAISED else []
    lines = read_rows(rows, decision.in_effect_on).lines
    basis = draft.legal_basis if draft is not None else ""
    return [
        actions.approve_positions(
            actor,
            unit=item.subject,
            lines=lines,
            on=decision.in_effect_on,
            legal_basis=basis,
            decision=decision,
        )
    ]


def _explain_list(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
    _, lines = _list(item, heading)
    on = heading.in_effect_on
    present = {row.code: row for row in JobPosition.objects.at(on).filter(unit=item.subject)}
    new = [line for line in lines if line.code not in present]
    gone = [row for code, row in present.items() if code not in {line.code for line in lines}]
    told = [
        f"danh mục {len(lines)} vị trí, {sum(line.headcount for line in lines)} người, của {item.subject} "
        f"có hiệu lực từ ngày {format_date(on)}"
    ]
    if new and present:
        told.append(f"mở {len(new)} vị trí mới")
    if gone:
        told.append(f"đóng {len(gone)} vị trí không còn trong danh mục")
    return told


def _check_committee(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
    values = item.values
    faults = [
        Violation("COMMITTEE-NUMBER", f"{label} phải là số nguyên.", field=name, fix="Ghi số nguyên.")
        for name, label in (("size", "Số lượng"), ("deputies", "Số phó"))
        if values[name] is not None and values[name] != int(values[name])
    ]
    size, on = int(values["size"]), heading.in_effect_on
    return [*faults, *actions.committee_faults(item.subject, values["body"], size, on, values["term_until"])]


def _set_committee(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
    values = item.values
    return [
        actions.set_committee(
            actor,
            unit=item.subject,
            body=values["body"],
            size=int(values["size"]),
            deputies=int(values["deputies"]) if values["deputies"] is not None else None,
            term=values["term"],
            term_until=values["term_until"],
            on=decision.in_effect_on,
            decision=decision,
        )
    ]


def _explain_committee(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
    values, on = item.values, heading.in_effect_on
    old = Committee.objects.at(on).filter(unit=item.subject, body=values["body"]).first()
    before = f" (trước đó {old.size})" if old else ""
    name = Body(values["body"]).label
    return [f"{name} {item.subject}: {int(values['size'])} người{before} từ ngày {format_date(on)}"]


POSITION_ACTS = [
    Act(
        "phe_duyet_vi_tri",
        "phê duyệt vị trí việc làm",
        "unit",
        (),
        _check_list,
        _approve_list,
        _explain_list,
    ),
    Act(
        "so_luong_cap_uy",
        "quy định số lượng cấp ủy",
        "unit",
        (
            ActField("body", "Cơ quan", "choice", required=True, choices=tuple(Body.choices)),
            ActField("size", "Số lượng", "number", required=True),
            ActField("deputies", "Số phó", "number", help="Số phó bí thư, hoặc phó chủ nhiệm"),
            ActField("term", "Nhiệm kỳ", help="Ví dụ 2025–2030"),
            ActField("term_until", "Hết nhiệm kỳ", "date", help="Ngày cuối của nhiệm kỳ"),
        ),
        _check_committee,
        _set_committee,
        _explain_committee,
    ),
]
