"""The chain of quotas: a total is handed on, never beyond what was given; figures are put right, annulled, never doubled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from canbo.facts.decisions import actions as ledger
from canbo.facts.decisions.acts import Item
from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import Heading
from canbo.facts.organisation.models import Unit
from canbo.facts.people.models import Person
from canbo.facts.staffing import actions, queries
from canbo.facts.staffing.models import Assignment, QuotaTotal, StaffQuota
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .conftest import reaching, snapshot

D = dt.date
GROUP = "Cán bộ, công chức"


@pytest.fixture
def chain(unit: Callable[..., Unit]) -> dict[str, Unit]:
    """Centre, province, two bodies and a commune."""
    top = unit("TW", kind="trung ương")
    province = unit("T", parent=top, kind="tỉnh")
    return {
        "TW": top,
        "T": province,
        "A": unit("A", parent=province, kind="ban"),
        "B": unit("B", parent=province, kind="ban"),
        "X": unit("X", parent=province, kind="xã"),
    }


def give(act: str, to: Unit, **values: Any) -> Item:
    return Item(act, to.pk, {"staff_group": "công chức", **values})


def left(clerk: Actor, *units: Unit) -> list[tuple[str, int, int, int]]:
    held = queries.holdings(clerk, [one.pk for one in units], D(2024, 6, 1))
    return [(one.unit, one.total, one.allocated, one.remaining) for one in held]


def test_a_total_is_handed_on_level_by_level(chain, decide, clerk) -> None:
    decide("1-QĐ/TW", D(2022, 7, 18), give("giao_tong_bien_che", chain["TW"], assigned="1000"))
    decide("2-QĐ/BTCTW", D(2022, 8, 1), give("giao_tong_bien_che", chain["T"], assigned="100"))
    decide(
        "3-QĐ/TU",
        D(2022, 9, 1),
        give("giao_bien_che", chain["A"], assigned="40"),
        give("giao_bien_che", chain["B"], assigned="30"),
        give("giao_bien_che", chain["X"], assigned="25"),
    )
    assert left(clerk, chain["TW"], chain["T"]) == [("Đơn vị T", 100, 95, 5), ("Đơn vị TW", 1000, 100, 900)]
    assert {row.staff_group for row in StaffQuota.objects.all()} == {GROUP}, "aliases become the official name"


@pytest.mark.parametrize(
    ("items", "article"),
    [
        ([("giao_bien_che", "A", {"assigned": "101"})], "one body above the total"),
        ([("giao_bien_che", "A", {"assigned": "60"}), ("giao_bien_che", "B", {"assigned": "41"})], "several together"),
        ([("giao_tong_bien_che", "X", {"assigned": "101"})], "a total below above the total"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_more_than_was_given_is_refused_as_a_whole(chain, decide, clerk, items, article) -> None:
    decide("1-QĐ/BTCTW", D(2022, 8, 1), give("giao_tong_bien_che", chain["T"], assigned="100"))
    before = snapshot()
    with pytest.raises(Refused, match=r"vượt tổng giao 100 là 1, từ ngày 01/09/2022.*39-NQ/TW"):
        decide("2-QĐ/TU", D(2022, 9, 1), *(give(act, chain[code], **values) for act, code, values in items))
    assert snapshot() == before


def test_what_one_loses_another_may_get_in_the_same_decision(chain, decide, clerk) -> None:
    decide("1-QĐ/BTCTW", D(2022, 8, 1), give("giao_tong_bien_che", chain["T"], assigned="100"))
    decide(
        "2-QĐ/TU",
        D(2022, 9, 1),
        give("giao_bien_che", chain["A"], assigned="60"),
        give("giao_bien_che", chain["B"], assigned="40"),
    )
    more = give("dieu_chinh_bien_che", chain["A"], change="5")
    with pytest.raises(Refused, match="vượt tổng giao"):
        decide("3-QĐ/TU", D(2023, 1, 1), more)
    decide("4-QĐ/TU", D(2023, 1, 1), more, give("dieu_chinh_bien_che", chain["B"], change="-5"))
    assert [row.assigned for row in queries.quotas(clerk, chain["A"], D(2022, 12, 31))] == [60]
    assert [row.assigned for row in queries.quotas(clerk, chain["A"], D(2023, 1, 1))] == [65]
    assert left(clerk, chain["T"]) == [("Đơn vị T", 100, 100, 0)]


def test_less_given_than_was_handed_on(chain, decide, clerk) -> None:
    decide("1-QĐ/BTCTW", D(2022, 8, 1), give("giao_tong_bien_che", chain["T"], assigned="100"))
    decide("2-QĐ/TU", D(2022, 9, 1), give("giao_bien_che", chain["A"], assigned="100"))
    cut = give("dieu_chinh_tong_bien_che", chain["T"], change="-10")
    with pytest.raises(Refused, match="phân bổ 100 vượt tổng giao 90 là 10"):
        decide("3-QĐ/BTCTW", D(2024, 1, 1), cut)
    decide("4-QĐ/BTCTW", D(2024, 1, 1), give("dieu_chinh_bien_che", chain["A"], change="-10"), cut)
    assert left(clerk, chain["T"]) == [("Đơn vị T", 90, 90, 0)]


def test_an_old_excess_does_not_stop_a_cut(chain, decide, clerk) -> None:
    for model, where, number in ((QuotaTotal, "T", 50), (StaffQuota, "A", 70)):
        model.objects.create(
            unit=chain[where],
            staff_group=GROUP,
            assigned=number,
            in_force=(D(2022, 1, 1), None),
            since=D(2022, 1, 1),
        )
    decide("1-QĐ/TU", D(2023, 1, 1), give("dieu_chinh_bien_che", chain["A"], change="-5"))
    assert left(clerk, chain["T"]) == [("Đơn vị T", 50, 65, -15)]
    with pytest.raises(Refused, match="vượt tổng giao 50"):
        decide("2-QĐ/TU", D(2023, 2, 1), give("dieu_chinh_bien_che", chain["A"], change="1"))


@pytest.mark.parametrize(
    ("act", "values", "says"),
    [
        ("giao_bien_che", {"assigned": "-1"}, "không thể âm"),
        ("giao_bien_che", {"assigned": "2,5"}, "số nguyên"),
        ("giao_bien_che", {"assigned": "9", "staff_group": "nhóm lạ"}, "danh mục ngày 01/01/2023 không có “nhóm lạ”"),
        ("dieu_chinh_bien_che", {}, "Ghi số mới, hoặc số tăng giảm"),
        ("dieu_chinh_bien_che", {"assigned": "9", "change": "1"}, "Ghi số mới, hoặc số tăng giảm"),
        ("dieu_chinh_bien_che", {"change": "1"}, "chưa được giao biên chế nhóm"),
        ("dieu_chinh_tong_bien_che", {"change": "1"}, "chưa được giao tổng biên chế nhóm"),
    ],
)
def test_figures_that_make_no_sense(chain, decide, act, values, says) -> None:
    with pytest.raises(Refused, match=says):
        decide("1-QĐ/TU", D(2023, 1, 1), give(act, chain["A"], **values))
    assert not StaffQuota.objects.exists()


def test_a_unit_that_is_not_there(chain, decide, unit) -> None:
    late = unit("L", parent=chain["T"], on=D(2025, 7, 1))
    with pytest.raises(Refused, match="không hoạt động vào ngày 30/06/2025"):
        decide("1-QĐ/TU", D(2025, 6, 30), give("giao_bien_che", late, assigned="9"))
    decide("2-QĐ/TU", D(2025, 7, 1), give("giao_bien_che", late, assigned="9"))


def test_annulling_the_decision_puts_the_old_figures_back(chain, decide, clerk) -> None:
    decide("1-QĐ/TU", D(2022, 1, 1), give("giao_bien_che", chain["A"], assigned="40"))
    before = snapshot()
    second = decide("2-QĐ/TU", D(2023, 1, 1), give("dieu_chinh_bien_che", chain["A"], assigned="38"))
    ledger.annul(clerk, decision=second, on=D(2023, 2, 1), reason="Ghi nhầm")
    after = snapshot()
    assert after["staffing.StaffQuota"] == before["staffing.StaffQuota"]


def test_the_preview_says_what_would_change_and_what_stands_against_it(chain, decide, clerk) -> None:
    decide("1-QĐ/BTCTW", D(2022, 8, 1), give("giao_tong_bien_che", chain["T"], assigned="50"))
    decide("2-QĐ/TU", D(2022, 9, 1), give("giao_bien_che", chain["A"], assigned="40"))
    heading = Heading("3-QĐ/TU", D(2023, 1, 1), "Tỉnh ủy Mẫu")
    seen = ledger.preview(clerk, heading, [give("dieu_chinh_bien_che", chain["A"], change="15")])
    assert seen.explanations == [[f"Đơn vị A: biên chế nhóm {GROUP} từ 40 thành 55 từ ngày 01/01/2023"]]
    assert [fault.code for fault in seen.violations] == ["QUOTA-OVER"]
    assert StaffQuota.objects.count() == 1


def test_a_wrong_figure_is_put_right_with_a_reason(chain, clerk) -> None:
    actions.set_total(clerk, unit=chain["T"], staff_group=GROUP, assigned=50, on=D(2022, 1, 1))
    wrong = actions.set_quota(clerk, unit=chain["A"], staff_group=GROUP, assigned=24, on=D(2022, 1, 1))
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.correct_quota(clerk, quota=wrong, assigned=42, on=D(2023, 1, 1), reason=" ")
    with pytest.raises(Refused, match="bằng số đang ghi"):
        actions.correct_quota(clerk, quota=wrong, assigned=24, on=D(2023, 1, 1), reason="nhầm")
    with pytest.raises(Refused, match="vượt tổng giao 50"):
        actions.correct_quota(clerk, quota=wrong, assigned=51, on=D(2023, 1, 1), reason="nhầm")
    right = actions.correct_quota(clerk, quota=wrong, assigned=42, on=D(2023, 1, 1), reason="đảo chữ số")
    assert (right.assigned, right.since) == (42, D(2022, 1, 1))
    wrong.refresh_from_db()
    assert wrong.voided_why == "đảo chữ số"
    total = QuotaTotal.objects.get()
    with pytest.raises(Refused, match="phân bổ 42 vượt tổng giao 41"):
        actions.correct_total(clerk, total=total, assigned=41, on=D(2023, 1, 1), reason="nhầm")
    assert actions.correct_total(clerk, total=total, assigned=45, on=D(2023, 1, 1), reason="nhầm").assigned == 45
    with pytest.raises(Refused, match="vượt tổng giao 45"):
        actions.set_quota(clerk, unit=chain["B"], staff_group=GROUP, assigned=4, on=D(2023, 1, 1))


def test_who_may_write(chain) -> None:
    reader = reaching(chain["T"], permissions=("staffing.read", "unit.read"))
    stranger = reaching(chain["B"], permissions=("staffing.write", "unit.read"))
    values = {"unit": chain["A"], "staff_group": GROUP, "assigned": 1, "on": D(2022, 1, 1)}
    for write in (actions.set_quota, actions.set_total):
        with pytest.raises(NotPermitted):
            write(reader, **values)
        with pytest.raises(OutOfScope):
            write(stranger, **values)


def test_the_group_of_a_post(chain, unit, person: Callable[..., Person], clerk) -> None:
    actions.set_quota(clerk, unit=chain["A"], staff_group="công chức", assigned=9, on=D(2022, 1, 1))
    who = person("HS1")
    post = actions.assign(clerk, person=who, unit=chain["A"], title="Lái xe", acts=["tuyển dụng"], on=D(2022, 1, 1))
    with pytest.raises(Refused, match="Thiếu nhóm"):
        actions.set_group(clerk, assignment=post, staff_group=" ", on=D(2022, 2, 1))
    named = actions.set_group(clerk, assignment=post, staff_group="cán bộ/công chức", on=D(2022, 2, 1))
    assert named.staff_group == "công chức", "the name the unit already uses"
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.set_group(clerk, assignment=named, staff_group="hợp đồng", on=D(2022, 2, 1))
    righted = actions.set_group(clerk, assignment=named, staff_group="hợp đồng", on=D(2022, 2, 1), reason="ghi nhầm")
    assert righted.staff_group == "Hợp đồng lao động"
    assert Assignment.objects.standing().count() == 1
    with pytest.raises(NotPermitted):
        actions.set_group(
            reaching(chain["A"], permissions=("staffing.read", "unit.read")),
            assignment=righted,
            staff_group="công chức",
            on=D(2022, 2, 1),
        )


def test_a_unit_with_a_total_is_in_the_way_of_annulling_it(chain, decide, clerk) -> None:
    values = {"code": "N", "name": "Ban mới", "kind": "ban", "shelf": "nha_nuoc"}
    found: Decision = decide("1-QĐ/TU", D(2022, 1, 1), Item("thanh_lap", chain["T"].pk, values))
    decide("2-QĐ/TU", D(2022, 2, 1), give("giao_tong_bien_che", Unit.objects.get(code="N"), assigned="9"))
    with pytest.raises(Refused, match="đã có 1 dòng tổng biên chế giao"):
        ledger.annul(clerk, decision=found, on=D(2022, 3, 1), reason="Ghi nhầm")
