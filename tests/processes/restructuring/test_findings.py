"""What is pointed out before anybody signs."""

from __future__ import annotations

import pytest

from canbo.facts.party.models import Membership
from canbo.facts.staffing.models import StaffQuota
from canbo.processes.restructuring import queries

from ... import factories as make
from .conftest import EVE


def codes(plan) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in plan.findings:
        found.setdefault(finding.code, set()).add(finding.unit)
    return found


def test_two_heads_of_one_unit_are_one_too_many(boss, world, case):
    plan = queries.plan(boss, case())
    found = next(f for f in plan.findings if f.code == "RESTRUCTURE-SURPLUS")
    assert (found.unit, found.count, found.limit) == ("UX", 2, 1)
    assert set(found.persons) == {world.people["X1"].pk, world.people["Y1"].pk}


@pytest.mark.parametrize(("extra", "pointed_out"), [(3, False), (4, True)])
def test_deputies_beyond_the_number_allowed(boss, world, case, extra, pointed_out):
    for number in range(extra):
        make.assignment(make.person(f"Phó {number}"), world["UX" if number % 2 else "UY"], "Phó Chủ tịch")
    found = codes(queries.plan(boss, case()))
    assert ("RESTRUCTURE-DEPUTIES" in found) == pointed_out


def test_more_people_than_the_quotas_together(boss, world, case):
    StaffQuota.objects.filter(unit__in=[world["UX"], world["UY"]]).update(voided_on=EVE, voided_why="thử")
    for code in ("UX", "UY"):
        StaffQuota.objects.create(
            unit=world[code],
            staff_group="Cán bộ, công chức cấp xã",
            assigned=3,
            in_force=make.period(),
            since=make.START,
        )
    plan = queries.plan(boss, case())
    found = next(f for f in plan.findings if f.code == "RESTRUCTURE-OVER-QUOTA")
    assert (found.unit, found.count, found.limit) == ("UX", 8, 6)


def test_a_cell_without_three_full_members(boss, world, case):
    plan = queries.plan(boss, case())
    assert codes(plan)["RESTRUCTURE-CELL-SMALL"] == {"PX.9"}, "nobody of the world has a day of full membership"
    Membership.objects.filter(unit__code__in=["PX.1", "PY.1"]).update(official_on=make.START)
    assert "RESTRUCTURE-CELL-SMALL" not in codes(queries.plan(boss, case()))


@pytest.mark.parametrize(("more", "pointed_out"), [(26, False), (27, True)])
def test_a_cell_over_the_size_needs_consent(boss, world, case, more, pointed_out):
    for number in range(more):
        make.membership(make.person(f"Đảng viên {number}"), world["PX.1"])
    assert ("RESTRUCTURE-CELL-LARGE" in codes(queries.plan(boss, case()))) == pointed_out


def test_people_without_a_post_and_units_of_one_name(boss, world, case):
    rows = [
        {"old_code": "UZ", "operation": "giải thể"},
        {"old_code": "PX.1", "new_code": "PX.1", "new_name": "Chi bộ thôn 2 xã An"},
    ]
    found = codes(queries.plan(boss, case(rows)))
    assert found["RESTRUCTURE-NO-POST"] == {"UZ"}
    assert found["RESTRUCTURE-SAME-NAME"] == {"PX.1"}


@pytest.mark.parametrize(("each", "pointed_out"), [(13, False), (14, True)])
def test_a_committee_over_the_number_allowed_after_a_merger(boss, world, case, each, pointed_out):
    """45-CT/TW: at most 27 members of the committee of a commune formed of fewer than three."""
    for code in ("PX", "PY"):
        for number in range(each):
            make.assignment(make.person(f"Ủy viên {code}{number}"), world[code], "Ủy viên Ban Chấp hành")
    found = [f for f in queries.plan(boss, case()).findings if f.code == "RESTRUCTURE-COMMITTEE"]
    assert [(f.unit, f.count, f.limit) for f in found] == ([("PX", 28, 27)] if pointed_out else [])
