"""What a decision may do to a person's posts, and to the positions and committees of a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

from canbo.facts.decisions.actions import closing_faults
from canbo.facts.decisions.acts import Act, ActField, Prepared, official_name
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.facts.organisation.queries import vanishing
from canbo.facts.party.models import Membership
from canbo.facts.party.queries import died_on
from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.condition import unmet
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions, queries
from .models import Assignment, Committee, JobPosition, Placement, QuotaTotal, StaffQuota
from .position_acts import POSITION_ACTS
from .queries import held
from .queries.position_annulling import placed_on_gone
from .rules import title_key

Ends = Literal["nothing", "same unit", "main"]

OPEN_ACTS, END_ACTS = "staffing.acts.opening", "staffing.acts.ending"
LIMITS = {
    "bổ nhiệm": "staffing.acts.appointment_term",
    "bổ nhiệm lại": "staffing.acts.appointment_term",
    "biệt phái": "staffing.acts.secondment_max",
}
"""How many months one act may give, by its name."""

UNIT = ActField("unit", "Đơn vị", "unit", required=True)
TITLE = ActField("title", "Chức vụ", required=True)
OPENING = (
    UNIT,
    TITLE,
    ActField("concurrent", "Kiêm nhiệm", "flag", help="Chức vụ thêm bên cạnh chức vụ chính"),
    ActField("keep", "Giữ các chức vụ đang có", "flag", help="Không kết thúc chức vụ nào"),
    ActField("term_until", "Thời hạn đến", "date", help="Ngày cuối của nhiệm kỳ"),
    ActField("managed_by", "Diện quản lý"),
)
WHICH = (
    ActField("unit", "Đơn vị", "unit", help="Để trống nếu chỉ giữ một chức vụ"),
    ActField("title", "Chức vụ", help="Để trống nếu chỉ giữ một chức vụ"),
)


def _ended_by(item: Prepared, on: dt.date, ends: Ends) -> list[Assignment]:
    """The posts that an opening act ends."""
    values = item.values
    if values["concurrent"] or values["keep"] or ends == "nothing":
        return []
    main = actions.main_posts(item.subject, on)
    if ends == "main":
        return main
    same = title_key(values["title"])
    return [row for row in main if row.unit_id == values["unit"].pk and row.title_key != same]


def _opening(code: str, *names: str, ends: Ends) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        values, on = item.values, heading.in_effect_on
        closes = _ended_by(item, on, ends)
        who, unit, until = item.subject, values["unit"], values["term_until"]
        faults = actions.assignment_faults(who, unit, values["title"], names, on, until, closes)
        limit = next((LIMITS[name] for name in names if name in LIMITS), "")
        return [*faults, *_alive(who, on), *unmet(queries.post_conditions(who, unit, on, until, limit))]

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        values, on = item.values, decision.in_effect_on
        closes = _ended_by(item, on, ends)
        row = actions.assign(
            actor,
            person=item.subject,
            unit=values["unit"],
            title=values["title"],
            acts=[official_name(OPEN_ACTS, name, on) for name in names],
            on=on,
            concurrent=values["concurrent"],
            term_until=values["term_until"],
            managed_by=values["managed_by"],
            closes=closes,
            decision=decision,
        )
        return [row, *closes]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        values, on = item.values, heading.in_effect_on
        what = f"mở chức vụ {values['title']} tại {values['unit']} từ ngày {format_date(on)}"
        if values["term_until"]:
            what += f", thời hạn đến {format_date(values['term_until'])}"
        return [*_closing_lines(_ended_by(item, on, ends), on), what]

    named = tuple((OPEN_ACTS, name) for name in names)
    return Act(code, ", ".join(names), "person", OPENING, check, apply, explain, named)


def _alive(person: Person, on: dt.date) -> list[Violation]:
    died = died_on(person, on)
    return [Violation("PERSON-DEAD", f"{person} đã từ trần ngày {format_date(died)}.")] if died else []


def _chosen(item: Prepared, on: dt.date, *, every: bool) -> tuple[list[Assignment], list[Violation]]:
    """The posts that an ending act means, or why that is not clear."""
    unit, title = item.values.get("unit"), item.values.get("title")
    rows = [
        row
        for row in held(item.subject, on)
        if (unit is None or row.unit_id == unit.pk) and (not title or row.title_key == title_key(title))
    ]
    if not rows and not every:
        return [], [
            Violation(
                "POST-NOT-HELD", f"{item.subject} không giữ chức vụ này vào ngày {format_date(on)}.", field="title"
            )
        ]
    if len(rows) > 1 and not every:
        names = "; ".join(f"{row.title} tại {row.unit}" for row in rows)
        return [], [
            Violation("POST-WHICH", f"{item.subject} đang giữ nhiều chức vụ: {names}.", field="title", fix="Chọn một.")
        ]
    faults = [fault for row in rows for fault in closing_faults(row, on)]
    return rows, faults


def _ending(code: str, name: str, *, every: bool = False) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        return _chosen(item, heading.in_effect_on, every=every)[1]

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on = decision.in_effect_on
        rows, _ = _chosen(item, on, every=every)
        act = official_name(END_ACTS, name, on)
        return [actions.relieve(actor, assignment=row, on=on, act=act, decision=decision) for row in rows]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on = heading.in_effect_on
        return _closing_lines(_chosen(item, on, every=every)[0], on)

    fields = () if every else WHICH
    return Act(code, name, "person", fields, check, apply, explain, ((END_ACTS, name),))


def _again(code: str, name: str) -> Act:
    fields = (*WHICH, ActField("term_until", "Thời hạn đến", "date"))

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, until, who = heading.in_effect_on, item.values["term_until"], item.subject
        rows, faults = _chosen(item, on, every=False)
        faults += [*actions.term_faults(on, until), *_alive(who, on)]
        for row in rows:
            faults += unmet(queries.post_conditions(who, row.unit, on, until, LIMITS.get(name, "")))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on = decision.in_effect_on
        rows, _ = _chosen(item, on, every=False)
        until = item.values["term_until"]
        return [
            actions.reappoint(
                actor,
                assignment=row,
                on=on,
                term_until=until,
                act=official_name(OPEN_ACTS, name, on),
                decision=decision,
            )
            for row in rows
        ]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on = heading.in_effect_on
        rows, _ = _chosen(item, on, every=False)
        return [
            f"{row.title} tại {row.unit}: kết thúc nhiệm kỳ cũ, mở nhiệm kỳ mới từ ngày {format_date(on)}"
            for row in rows
        ]

    return Act(code, name, "person", fields, check, apply, explain, ((OPEN_ACTS, name),))


def _closing_lines(rows: Iterable[Assignment], on: dt.date) -> list[str]:
    last = format_date(on - dt.timedelta(days=1))
    return [f"đóng chức vụ {row.title} tại {row.unit}, ngày cuối {last}" for row in rows]


ACTS: list[Act] = [
    _opening("bo_nhiem", "bổ nhiệm", ends="same unit"),
    _again("bo_nhiem_lai", "bổ nhiệm lại"),
    _again("keo_dai", "kéo dài thời gian giữ chức vụ"),
    _opening("dieu_dong", "điều động", ends="main"),
    _opening("dieu_dong_bo_nhiem", "điều động", "bổ nhiệm", ends="main"),
    _opening("luan_chuyen", "luân chuyển", ends="main"),
    _opening("luan_chuyen_bo_nhiem", "luân chuyển", "bổ nhiệm", ends="main"),
    _opening("biet_phai", "biệt phái", ends="nothing"),
    _opening("chi_dinh", "chỉ định", ends="nothing"),
    _opening("chuan_y", "chuẩn y", ends="nothing"),
    _opening("phe_chuan", "phê chuẩn", ends="nothing"),
    _opening("bau_cu", "bầu cử", ends="nothing"),
    _opening("phan_cong", "phân công", ends="nothing"),
    _opening("giao_quyen", "giao quyền", ends="nothing"),
    _opening("giao_phu_trach", "giao phụ trách", ends="nothing"),
    _opening("tuyen_dung", "tuyển dụng", ends="nothing"),
    _opening("tiep_nhan", "tiếp nhận", ends="main"),
    _ending("mien_nhiem", "miễn nhiệm"),
    _ending("thoi_giu_chuc", "thôi giữ chức vụ"),
    _ending("tu_chuc", "từ chức"),
    _ending("cach_chuc", "cách chức"),
    _ending("bai_nhiem", "bãi nhiệm"),
    _ending("ket_thuc_biet_phai", "kết thúc biệt phái"),
    _ending("ket_thuc_luan_chuyen", "kết thúc luân chuyển"),
    _ending("nghi_huu", "nghỉ hưu", every=True),
    _ending("nghi_huu_truoc_tuoi", "nghỉ hưu trước tuổi", every=True),
    _ending("thoi_viec", "thôi việc", every=True),
    *POSITION_ACTS,
]


def obstacles(decision: Decision, opened: Sequence[Sourced]) -> list[Violation]:
    """What stands at units that would be gone, and people placed on positions that would be."""
    faults = placed_on_gone(decision, opened)
    for unit in vanishing(opened):
        for model in (Membership, Assignment, StaffQuota, QuotaTotal, JobPosition, Placement, Committee):
            left = model._default_manager.filter(unit=unit, voided_on=None).exclude(opened_by=decision)
            if number := left.count():
                name = str(model._meta.verbose_name)
                faults.append(
                    Violation(
                        "ANNUL-UNIT-USED",
                        f"Đơn vị {unit} do quyết định này lập đã có {number} dòng {name}.",
                        fix="Hủy các quyết định đã mở những dòng đó trước.",
                    )
                )
    return faults


def settle(facts: Iterable[Sourced], on: dt.date) -> None:
    """After an annulment: says anew where the people concerned are found, and what waits for a decision again."""
    facts = list(facts)
    actions.settle_drafts(facts)
    persons: set[int] = {pk for fact in facts if (pk := getattr(fact, "person_id", None))}
    if persons:
        actions.refresh_places(persons=persons)
