"""What a decision may do to membership."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from canbo.facts.decisions.actions import closing_faults
from canbo.facts.decisions.acts import Act, ActField, Prepared, judged
from canbo.facts.decisions.models import Decision, Sourced
from canbo.facts.decisions.rules import Heading
from canbo.facts.people.models import Person
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Violation

from . import actions, queries
from .choices import BadgeForm, CardForm, Entry, Exit
from .models import Membership
from .queries import stay_at

CELL = ActField("unit", "Tổ chức đảng nơi sinh hoạt", "unit", required=True)
CEREMONY = ActField("ceremony_on", "Ngày kết nạp", "date", help="Ngày lễ kết nạp; để trống nếu chưa tổ chức")
FILE = ActField("file_number", "Số lý lịch")
CONSIDERED = ActField("considered_on", "Ngày chi bộ họp xét", "date", help="Tuổi tính theo ngày này; trống: ngày ký")
CONSENT = ActField("consent", "Có văn bản đồng ý của ban thường vụ", "flag", help="Với người quá tuổi")
CATALOGUE = "party.acts.membership"
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
    fields = (CELL, CONSIDERED, CEREMONY, FILE, CONSENT) if admission else (CELL, *DATES)
    beside = {"unit", CONSIDERED.name, CONSENT.name}

    def wanted(head: Heading | Decision, item: Prepared) -> tuple[dt.date, dict[str, Any]]:
        dates = {name: value for name, value in item.values.items() if name not in beside and value}
        if not admission:
            return head.in_effect_on, dates
        dates["admitted_on"] = head.issued_on
        return dates.get("ceremony_on", head.in_effect_on), dates

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, dates = wanted(heading, item)
        who, unit = item.subject, item.values["unit"]
        faults = [*actions.entry_faults(who, unit, entry, on, dates), *_alive(who, on)]
        if admission:
            day = considered_on(heading, item)
            faults += judged(lambda: queries.admission_conditions(who, day, unit, consent=item.values["consent"]))
            if entry == Entry.READMIT:
                faults += judged(lambda: queries.readmission_conditions(who, day, unit))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on, dates = wanted(decision, item)
        unit = item.values["unit"]
        return [actions.enter(actor, person=item.subject, unit=unit, entry=entry, on=on, decision=decision, **dates)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on, _ = wanted(heading, item)
        return [f"mở sinh hoạt đảng tại {item.values['unit']} từ ngày {format_date(on)}"]

    return Act(code, label, "person", fields, check, apply, explain, ((CATALOGUE, label),))


def considered_on(heading: Heading, item: Prepared) -> dt.date:
    """The day whose rules of admission apply: that on which the cell considered the case, else that of the decision."""
    return item.values.get(CONSIDERED.name) or heading.issued_on or heading.in_effect_on


def _alive(person: Person, on: dt.date) -> list[Violation]:
    died = queries.died_on(person, on)
    if died is None:
        return []
    return [Violation("PERSON-DEAD", f"{person} đã từ trần ngày {format_date(died)}.")]


def _stay(item: Prepared, on: dt.date) -> tuple[Membership | None, list[Violation]]:
    stay = stay_at(item.subject, on)
    if stay is None:
        day = format_date(on)
        return None, [Violation("PARTY-NOT-MEMBER", f"{item.subject} không phải đảng viên vào ngày {day}.")]
    return stay, closing_faults(stay, on)


def _leaving(code: str, exit_: Exit) -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on = heading.in_effect_on
        stay, faults = _stay(item, on)
        if stay is None:
            return faults
        faults += judged(lambda: queries.leaving_conditions(stay, on))
        if exit_ == Exit.EXPEL:
            faults += judged(lambda: queries.discipline_conditions(item.subject, on, Exit.EXPEL.label))
        return faults

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        stay, _ = _stay(item, decision.in_effect_on)
        if stay is None:
            return []
        return [actions.end(actor, stay=stay, act=exit_, on=decision.in_effect_on, decision=decision)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        stay, _ = _stay(item, heading.in_effect_on)
        last = format_date(heading.in_effect_on - dt.timedelta(days=1))
        return [f"đóng sinh hoạt đảng tại {stay.unit}, ngày cuối {last}"] if stay else []

    return Act(code, exit_.label, "person", (), check, apply, explain, ((CATALOGUE, exit_.label),))


def _moving() -> Act:
    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on, unit = heading.in_effect_on, item.values["unit"]
        stay, faults = _stay(item, on)
        faults += actions.unit_faults(unit, on)
        if stay is None:
            return faults
        if stay.unit_id == unit.pk:
            faults.append(Violation("PARTY-SAME-UNIT", f"{item.subject} đang sinh hoạt tại {stay.unit}.", field="unit"))
        return [*faults, *judged(lambda: queries.leaving_conditions(stay, on))]

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
    field = ActField("official_on", "Ngày chính thức", "date", help="Trống: ngày hết thời gian dự bị theo quy định")

    def official_on(stay: Membership | None, item: Prepared, on: dt.date) -> dt.date | None:
        return item.values["official_on"] or (queries.official_day(stay, on) if stay is not None else None)

    def check(actor: Actor, heading: Heading, item: Prepared) -> list[Violation]:
        on = heading.in_effect_on
        stay, faults = _stay(item, on)
        if stay is None:
            return faults
        official = official_on(stay, item, on)
        if official is None:
            message = "Hồ sơ chưa có ngày lễ kết nạp, nên phải ghi ngày chính thức."
            return [*faults, Violation("PARTY-OFFICIAL-MISSING", message, field="official_on")]
        faults = actions.recognition_faults(stay, official, on) + _alive(item.subject, on)
        return faults + judged(lambda: queries.recognition_conditions(stay, official, on))

    def apply(actor: Actor, decision: Decision, item: Prepared) -> Iterable[Sourced]:
        on = decision.in_effect_on
        stay, _ = _stay(item, on)
        official = official_on(stay, item, on)
        if stay is None or official is None:
            return []
        return [actions.recognise_official(actor, stay=stay, official_on=official, on=on, decision=decision)]

    def explain(actor: Actor, heading: Heading, item: Prepared) -> list[str]:
        on = heading.in_effect_on
        return [f"đảng viên chính thức từ ngày {format_date(official_on(_stay(item, on)[0], item, on))}"]

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
        lambda item, on: (
            actions.card_faults(item.subject, form, on)
            + judged(lambda: queries.card_conditions(item.subject, on, item.values["number"]))
        ),
        lambda actor, decision, item: actions.issue_card(
            actor, person=item.subject, form=form, on=decision.in_effect_on, decision=decision, **item.values
        ),
    )


def _badge() -> Act:
    fields = (
        ActField("years", "Loại (năm)", "number", required=True, catalogue=("party.badges.levels",), column="years"),
        ActField("form", "Hình thức", "choice", choices=tuple(BadgeForm.choices)),
        ActField("number", "Số huy hiệu"),
        ActField("round_on", "Đợt trao", "date", help="Trống: ngày hiệu lực của quyết định"),
        ActField("seriously_ill", "Bị bệnh nặng", "flag", help="Có giấy tờ; chỉ cần khi tặng sớm"),
    )

    def values(item: Prepared) -> dict[str, Any]:
        form = item.values["form"] or BadgeForm.REGULAR
        return {"years": int(item.values["years"]), "form": form, "number": item.values["number"]}

    def faults(item: Prepared, on: dt.date) -> list[Violation]:
        given, on = values(item), item.values["round_on"] or on
        years, form, ill = given["years"], given["form"], item.values["seriously_ill"]
        found = judged(lambda: queries.badge_conditions(item.subject, years, on, form, seriously_ill=ill))
        known = {fault.code for fault in found}
        entry = actions.badge_entry_faults(item.subject, years, form, on)
        return [*(fault for fault in entry if fault.code not in known), *found]

    def write(actor: Actor, decision: Decision, item: Prepared) -> Sourced:
        on = item.values["round_on"] or decision.in_effect_on
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


def objections(heading: Heading, item: Prepared) -> list[Violation]:
    """Discipline of a probationary member: expulsion is none of her forms; of others it is remarked.

    A form such as dismissal exists for civil servants too, which a probationary member may be.
    """
    if item.act.code != "ky_luat":
        return []
    form = item.values["form"]
    found = judged(lambda: queries.discipline_conditions(item.subject, heading.in_effect_on, form))
    only_party = form.lower() == Exit.EXPEL.label
    return [replace(fault, field="form", blocking=fault.blocking and only_party) for fault in found]
