"""Job positions, those placed on them, and numbers of committees when bodies end."""

from __future__ import annotations

from canbo.facts.staffing.models import Committee, JobPosition, Placement, PositionApproval, PositionDescription
from canbo.facts.staffing.queries import positions as queries
from canbo.processes.restructuring import actions

from ... import factories as make
from .conftest import EVE, ON, TODAY, dump


def furnish(world) -> None:
    """Both people's committees have a position of the same code; both Party bodies a number of members."""
    for code in ("X", "Y"):
        unit, dated = world[f"U{code}"], {"in_force": make.period(), "since": make.START}
        JobPosition.objects.create(
            unit=unit, code="CM01", name=f"Chuyên viên {code}", name_key=f"chuyen vien {code.lower()}",
            group="chuyen_mon", headcount=2, **dated,
        )  # fmt: skip
        PositionApproval.objects.create(unit=unit, **dated)
        PositionDescription.objects.create(unit=unit, position_code="CM01", content={"purpose": code}, **dated)
        Placement.objects.create(person=world.people[f"{code}2"], unit=unit, position_code="CM01", **dated)
        Committee.objects.create(unit=world[f"P{code}"], body="bch", size=15 if code == "X" else 21, **dated)


def test_positions_of_a_body_that_ends_go_on_with_their_holders_beside_those_of_the_other(boss, world, carry_out):
    furnish(world)
    row = carry_out()
    found = {p.row.code: p for p in queries.body_positions(world["UX"], ON)}
    assert {code: (p.row.name, [h.placement.person for h in p.holders], p.described) for code, p in found.items()} == {
        "CM01": ("Chuyên viên X", [world.people["X2"]], True),
        "CM01@UY": ("Chuyên viên Y", [world.people["Y2"]], True),
    }
    assert not queries.strays(world["UX"], ON)
    assert queries.body_positions(world["UY"], ON) == []
    assert [p.row.code for p in queries.body_positions(world["UY"], EVE)] == ["CM01"]
    assert row.totals["before"]["position"] == row.totals["after"]["position"] == 4
    assert row.totals["before"]["placement"] == row.totals["after"]["placement"] == 2
    assert PositionApproval.objects.at(ON).get().unit == world["UX"]
    assert Committee.objects.at(ON).get().size == 15, "the number of the body that goes on"


def test_annulling_puts_them_back(boss, world, carry_out):
    furnish(world)
    before = dump()
    row = carry_out()
    actions.annul(boss, case=row, on=TODAY, reason="ghi nhầm ngày")
    after = dump()
    for name, rows in before.items():
        assert after[name] == rows, name
    assert [h.placement.person for p in queries.body_positions(world["UY"], ON) for h in p.holders] == [
        world.people["Y2"]
    ]
