"""What a decision may do to membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from canbo.facts.decisions.actions import closing_faults
from canbo.facts.decisions.acts import Act, ActField, Prepared
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions
from .choices import BadgeForm, CardForm, Entry, Exit
from .models import Membership
from .queries import stay_at

CELL = ActField("unit", "Tổ chức đảng nơi sinh hoạt", "unit", required=True)
CEREMONY = ActField("ceremony_on", "Ngày kết nạp", "date", help="Ngày lễ kết nạp; để trống nếu chưa tổ chức")
FILE = ActField("file_number", "Số lý lịch")
DATES = (
    ActField("admitted_on", "Ngày quyết định kết nạp", "date"),
    CEREMONY,
    ActField("official_on", "Ngày chính thức", "date"),
    ActField("card_number", "Số thẻ"),
    FILE,
)


def _entering(code: str, label: str, entry: Entry) -> Act:
    """Admission counts from the decision, and the stay from the ceremony; other entries from the effective day."""
    admission = entry in (Entry.ADMIT, Entry.READMIT)
    fields = (CELL, CEREMONY, FILE) if admission else (CELL, *DATES)

    def wanted(head: Heading | Decision, item: Prepared) -> tuple[dt.date, dict[str, Any]]:
        dates = {name: value for name, value in item.values.items() if name != "unit" and value}
        if not admission:
            return head.in_effect_on, dates
        dates["admitted_on"] = head.issued_on
        return dates.get("ceremony_on", head.in_effect_on), dates

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, dates = wanted(heading, item)
        return actions.entry_faults(item.subject, item.values["unit"], entry, on, dates)

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on, dates = wanted(decision, item)
        unit = item.values["unit"]
        return [actions.enter(actor, person=item.subject, unit=unit, entry=entry, on=on, decision=decision, **dates)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on, _ = wanted(heading, item)
        return [f"mở sinh hoạt đảng tại {item.values['unit']} từ ngày {format_date(on)}"]

    return Act(code, label, "person", fields, check, apply, explain)


def _stay(item: Prepared, on: dt.date) -> tuple[Membership | None, list[Violation]]:
    stay = stay_at(item.subject, on)
    if stay is None:
        day = format_date(on)
        return None, [Violation("PARTY-NOT-MEMBER", f"{item.subject} không phải đảng viên vào ngày {day}.")]
    return stay, closing_faults(stay, on)


def _leaving(code: str, exit_: Exit) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        return _stay(item, heading.in_effect_on)[1]

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        stay, _ = _stay(item, decision.in_effect_on)
        if stay is None:
            return []
        return [actions.end(actor, stay=stay, act=exit_, on=decision.in_effect_on, decision=decision)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        stay, _ = _stay(item, heading.in_effect_on)
        last = format_date(heading.in_effect_on - dt.timedelta(days=1))
        return [f"đóng sinh hoạt đảng tại {stay.unit}, ngày cuối {last}"] if stay else []

    return Act(code, exit_.label, "person", (), check, apply, explain)


def _moving() -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        stay, faults = _stay(item, heading.in_effect_on)
        if stay is not None and stay.unit_id == item.values["unit"].pk:
            faults.append(Violation("PARTY-SAME-UNIT", f"{item.subject} đang sinh hoạt tại {stay.unit}.", field="unit"))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on = decision.in_effect_on
        stay, _ = _stay(item, on)
        if stay is None:
            return []
        return [actions.move(actor, stay=stay, unit=item.values["unit"], on=on, decision=decision)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        stay, _ = _stay(item, heading.in_effect_on)
        day = format_date(heading.in_effect_on)
        return [f"chuyển sinh hoạt đảng từ {stay.unit if stay else '?'} đến {item.values['unit']} ngày {day}"]

    return Act("chuyen_sinh_hoat", "chuyển sinh hoạt đảng", "person", (CELL,), check, apply, explain)


def _recognising() -> Act:
    field = ActField("official_on", "Ngày chính thức", "date", required=True, help="Ngày hết thời gian dự bị")

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, official = heading.in_effect_on, item.values["official_on"]
        stay, faults = _stay(item, on)
        return faults if stay is None else actions.recognition_faults(stay, official, on, 0)

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on, official = decision.in_effect_on, item.values["official_on"]
        stay, _ = _stay(item, on)
        if stay is None:
            return []
        return [actions.recognise_official(actor, stay=stay, official_on=official, on=on, decision=decision)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        return [f"đảng viên chính thức từ ngày {format_date(item.values['official_on'])}"]

    return Act("cong_nhan_chinh_thuc", "công nhận chính thức", "person", (field,), check, apply, explain)


def _token(
    code: str,
    label: str,
    fields: tuple[ActField, ...],
    faults: Callable[[Prepared, dt.date], list[Violation]],
    write: Callable[[Actor, Decision, Prepared], Sourced],
) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        return faults(item, heading.in_effect_on)

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        return [write(actor, decision, item)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        return [f"ghi {label} cho {item.subject} ngày {format_date(heading.in_effect_on)}"]

    return Act(code, label, "person", fields, check, apply, explain)


def _card(code: str, label: str, form: CardForm) -> Act:
    return _token(
        code,
        label,
        (ActField("number", "Số thẻ"),),
        lambda item, on: actions.card_faults(item.subject, form, on),
        lambda actor, decision, item: actions.issue_card(
            actor, person=item.subject, form=form, on=decision.in_effect_on, decision=decision, **item.values
        ),
    )


def _badge() -> Act:
    fields = (
        ActField("years", "Loại (năm)", "number", required=True, catalogue=("party.badges.levels",), column="years"),
        ActField("form", "Hình thức", "choice", choices=tuple(BadgeForm.choices)),
        ActField("number", "Số huy hiệu"),
    )

    def values(item: Prepared) -> dict[str, Any]:
        return {**item.values, "years": int(item.values["years"]), "form": item.values["form"] or BadgeForm.REGULAR}

    def faults(item: Prepared, on: dt.date) -> list[Violation]:
        given = values(item)
        return actions.badge_entry_faults(item.subject, given["years"], given["form"], on)

    def write(actor: Actor, decision: Decision, item: Prepared) -> Sourced:
        on = decision.in_effect_on
        return actions.award_badge(actor, person=item.subject, on=on, decision=decision, **values(item))

    return _token("tang_huy_hieu", "tặng Huy hiệu Đảng", fields, faults, write)


ACTS: list[Act] = [
    _entering("ket_nap", "kết nạp", Entry.ADMIT),
    _entering("ket_nap_lai", "kết nạp lại", Entry.READMIT),
    _entering("chuyen_den", "chuyển đến", Entry.ARRIVE),
    _entering("phuc_hoi", "phục hồi", Entry.RESTORE),
    _recognising(),
    _moving(),
    _leaving("chuyen_di", Exit.LEAVE),
    _leaving("tu_tran", Exit.DIE),
    _leaving("khai_tru", Exit.EXPEL),
    _leaving("xoa_ten", Exit.STRIKE),
    _leaving("ra_khoi_dang", Exit.QUIT),
    _card("phat_the", "phát thẻ đảng viên", CardForm.FIRST),
    _card("doi_the", "đổi thẻ đảng viên", CardForm.EXCHANGE),
    _card("cap_lai_the", "cấp lại thẻ đảng viên", CardForm.REPLACE),
    _badge(),
]
