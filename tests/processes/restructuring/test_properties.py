"""Whatever is united, merged, handed over and renamed in whatever order: nobody is lost, and everything can be taken back."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canbo.facts.organisation import queries as organisation
from canbo.facts.organisation.actions import rebuild_paths
from canbo.facts.organisation.models import Unit, UnitPath, UnitVersion
from canbo.facts.party.models import Membership
from canbo.facts.staffing.actions import refresh_places
from canbo.facts.staffing.models import Assignment
from canbo.processes.restructuring import actions, queries

from ... import factories as make
from .conftest import EVE, ON, TODAY, dump

DAYS = (ON, dt.date(2026, 3, 1), dt.date(2026, 11, 1))
LATER = dt.date(2026, 11, 27)
CELL, BODY = "chi bộ trực thuộc", "đảng bộ cơ sở"

forests = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=3), min_size=2, max_size=3)
"""Party bodies, each a list of cells, each with so many members."""
moves = st.tuples(st.sampled_from(["stay", "merge", "unite", "rename", "hand_over"]), st.integers(0, 20))
rounds = st.lists(st.lists(moves, min_size=3, max_size=8), min_size=1, max_size=3)


def plant(forest: list[list[int]]) -> None:
    """Writes a forest: bodies ``B0``, ``B1`` …, cells ``B0.0`` …, a secretary in each body."""
    top = make.unit("Đảng bộ tỉnh Thử", None, code="TOP", kind="đảng bộ tỉnh", shelf="dang")
    for at, cells in enumerate(forest):
        body = make.unit(f"Đảng bộ {at}", top, code=f"B{at}", kind=BODY, shelf="dang")
        make.assignment(make.person(f"Bí Thư {at}"), body, "Bí thư")
        for number, members in enumerate(cells):
            cell = make.unit(f"Chi bộ {at}.{number}", body, code=f"B{at}.{number}", kind=CELL, shelf="dang")
            for who in range(members):
                make.membership(make.person(f"Đảng Viên {at}.{number}.{who}"), cell)
    rebuild_paths()
    refresh_places(EVE)


def lines(step: int, wanted: list[tuple[str, int]], on: dt.date) -> Iterator[dict[str, str]]:
    """Lines for the units that stand on a day, as the draws say; a unit that takes others in stays itself."""
    for kind in (CELL, BODY):
        standing = list(
            UnitVersion.objects.at(on).filter(kind=kind).order_by("unit__code").values_list("unit__code", flat=True)
        )
        if len(standing) < 2:
            continue
        keeps: set[str] = set()
        goes: set[str] = set()
        for at, (what, draw) in enumerate(wanted[:: 1 if kind == CELL else 2]):
            code, other = standing[at % len(standing)], standing[draw % len(standing)]
            if code in goes | keeps or what == "stay":
                continue
            if what == "merge" and other != code and other not in goes:
                goes.add(code)
                keeps.add(other)
                yield {"old_code": code, "new_code": other}
            elif what == "unite" and other != code and other not in goes | keeps:
                goes |= {code, other}
                new = {"new_code": f"N{step}{code}", "new_name": f"Mới {step} {code}", "new_kind": kind,
                       "new_parent": "TOP"}  # fmt: skip
                yield {"old_code": code, **new}
                yield {"old_code": other, **new}
            elif what == "rename":
                keeps.add(code)
                yield {"old_code": code, "new_code": code, "new_name": f"Tên {step} {code}"}
            elif what == "hand_over" and kind == CELL:
                keeps.add(code)
                yield {"old_code": code, "new_code": code, "new_parent": "TOP"}


def counted(day: dt.date) -> tuple[Counter[int], Counter[int]]:
    """How often each person is a member and holds a post on a day, in units that stand that day."""
    there = UnitVersion.objects.at(day).values("unit_id")
    inside = UnitPath.objects.filter(
        ancestor__code="TOP", descendant__in=there, valid_from__lte=day, valid_to__gt=day
    ).values("descendant_id")
    return tuple(
        Counter(model.objects.at(day).filter(unit_id__in=inside).values_list("person_id", flat=True))
        for model in (Membership, Assignment)
    )


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(forest=forests, steps=rounds)
def test_nobody_is_lost_lineage_reads_both_ways_and_all_of_it_can_be_taken_back(boss, forest, steps):
    with transaction.atomic():
        plant(forest)
        before, everybody = dump(), counted(EVE)
        origins = list(Unit.objects.filter(versions__kind__in=[CELL, BODY]).order_by("pk"))
        cases = []
        for step, (on, wanted) in enumerate(zip(DAYS, steps, strict=False)):
            found = queries.Lines(on, list(enumerate(lines(step, wanted, on), 1)))
            plan = queries.plan_lines(found, look_closer=False)
            if not plan.ready:
                assert not plan.faults or plan.questions or not (plan.closings or plan.openings), plan.faults
                continue
            cases.append(
                actions.run_at_once(
                    boss, lines=found, number=f"{step + 1}-QĐ/TU", title="Thử", source="thử", today=max(on, TODAY)
                )
            )
            assert counted(on) == everybody
        assert counted(EVE) == everybody
        assert set(everybody[0].values()) <= {1}
        for day in (EVE, *DAYS, LATER):
            standing = list(Unit.objects.filter(versions__in=UnitVersion.objects.at(day)).order_by("pk"))
            became = {(old.code, new.code) for old in origins for new in organisation.became(boss, old, day)}
            made = {(old.code, new.code) for new in standing for old in organisation.made_of(boss, new, day)}
            apart = {(old, new) for old, new in became if old != new}
            assert apart == {(old, new) for old, new in made if old != new}
            assert {old for old, _ in became} == {unit.code for unit in origins}, "every old unit became something"
        for case in reversed(cases):
            actions.annul(boss, case=case, on=LATER, reason="thử")
        refresh_places(EVE)
        after = dump()
        assert {name: after[name] for name in before} == before
        transaction.set_rollback(True)
