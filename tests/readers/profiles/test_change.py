"""Before and after: what a unit was made of and what became of it, over several steps, on chosen days."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.organisation.actions import change_unit, open_unit, rebuild_paths, record_lineage
from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.foundation.kernel.actor import operator
from canbo.readers.profiles.change_drawing import draw
from canbo.readers.profiles.queries import across as changes
from canbo.readers.profiles.queries.change import Change, change

from ... import factories
from .conftest import Enter

CLERK = operator("thử")
FIRST, SECOND = dt.date(2020, 1, 1), dt.date(2025, 7, 1)
EARLY, BETWEEN, LATE = dt.date(2019, 12, 31), dt.date(2022, 5, 5), dt.date(2025, 12, 31)


def ended(unit: Unit, on: dt.date) -> None:
    row = UnitVersion.objects.get(unit=unit, in_force__upper_inf=True)
    row.in_force = factories.period(row.in_force.lower, on)
    row.save()


@pytest.fixture
def merged(db: None) -> Unit:
    """A and B united into C in 2020; C and D merged into E, which went on, in 2025; F ended with nobody after it."""
    root = factories.unit("Huyện ủy Sông Hạ", code="H", kind="Đảng bộ huyện")
    a, b, d, e, f = (factories.unit(f"Đảng bộ xã {name}", root, code=name, kind="Đảng bộ xã") for name in "ABDEF")
    c = open_unit(CLERK, code="C", name="Đảng bộ xã C", kind="Đảng bộ xã", shelf="dang", on=FIRST, parent=root)
    paper = factories.decision("77-QĐ/TU", on=SECOND)
    for old, new, on, how in (
        (a, c, FIRST, "hop_nhat"), (b, c, FIRST, "hop_nhat"), (c, e, SECOND, "sap_nhap"), (d, e, SECOND, "sap_nhap"),
    ):  # fmt: skip
        record_lineage(CLERK, old=old, new=new, on=on, operation=how, decision=paper)
        ended(old, on)
    ended(f, SECOND)
    change_unit(CLERK, unit=e, on=SECOND, name="Đảng bộ xã Đại E")
    rebuild_paths()
    return root


def names(found: Change) -> list[list[str]]:
    return [sorted(stand.name for stand in stage.units.values()) for stage in found.stages]


def test_what_it_is_made_of_over_two_steps(merged: Unit) -> None:
    found = change(CLERK, "E", EARLY, LATE, LATE)
    assert [stage.day for stage in found.stages] == [EARLY, FIRST, SECOND]
    assert names(found) == [
        ["Đảng bộ xã A", "Đảng bộ xã B", "Đảng bộ xã D", "Đảng bộ xã E"],
        ["Đảng bộ xã C", "Đảng bộ xã D", "Đảng bộ xã E"],
        ["Đảng bộ xã Đại E"],
    ]
    assert found.name == "Đảng bộ xã Đại E"
    assert sum(link.stays for stage in found.stages for link in stage.links) == 3, "D once, E twice"


def test_what_became_of_it_names_its_partners(merged: Unit) -> None:
    found = change(CLERK, "A", EARLY, LATE, LATE)
    assert names(found)[0] == ["Đảng bộ xã A", "Đảng bộ xã B", "Đảng bộ xã D", "Đảng bộ xã E"]
    assert names(found)[-1] == ["Đảng bộ xã Đại E"]


@pytest.mark.parametrize(
    ("first", "last", "stages"),
    [(EARLY, EARLY, 1), (EARLY, BETWEEN, 2), (BETWEEN, LATE, 2), (FIRST, BETWEEN, 1), (SECOND, LATE, 1)],
)
def test_only_steps_between_the_days_count(merged: Unit, first: dt.date, last: dt.date, stages: int) -> None:
    """The first day already knows what happened on it; the last day too."""
    assert len(change(CLERK, "C", first, last, LATE).stages) == stages


def test_the_drawing_has_a_box_for_each_unit_and_a_curve_for_each_link(merged: Unit) -> None:
    found = change(CLERK, "E", EARLY, LATE, LATE)
    drawing = draw(found)
    assert len(drawing.boxes) == 4 + 3 + 1
    assert len(drawing.curves) == sum(len(stage.links) for stage in found.stages) == 4 + 3
    assert drawing.left_out == 0


def test_the_page_shows_picture_and_table(merged: Unit, enter: Enter, django_assert_max_num_queries) -> None:
    client = enter()
    with django_assert_max_num_queries(30):
        page = client.get("/don-vi/E/truoc-sau/?tu=31/12/2019&den=31/12/2025").content.decode()
    assert "<svg" in page
    assert "hợp nhất" in page
    assert "77-QĐ/TU" in page
    wrong = client.get("/don-vi/E/truoc-sau/?tu=31/02/2019&den=2025").content.decode()
    assert wrong.count("notice--warning") == 2, "both days are told at once"
    assert "không thay đổi" in client.get("/don-vi/H/truoc-sau/").content.decode()


def test_scope_of_before_and_after(merged: Unit, enter: Enter) -> None:
    inside = enter("nguoi_xem", Unit.objects.get(code="E"))
    page = inside.get("/don-vi/E/truoc-sau/?tu=31/12/2019&den=31/12/2025").content.decode()
    assert "Đảng bộ xã A" in page
    assert 'href="/don-vi/A/' not in page, "named, but no link to what she may not open"
    assert inside.get("/don-vi/D/truoc-sau/").status_code == 404


def grouped(first: dt.date, last: dt.date, **more: object) -> changes.Across:
    options = {"under": None, "sort": "", "text": "", "page": 1, **more}
    return changes.across(CLERK, first, last, **options)  # type: ignore[arg-type]


def test_everything_between_two_days_by_what_there_is_at_the_end(merged: Unit) -> None:
    found = grouped(EARLY, LATE)
    assert found.totals == {"gop": 1, "het": 1}
    made = found.groups[0]
    assert (made.name, made.was_name) == ("Đảng bộ xã Đại E", "Đảng bộ xã E")
    assert [source.code for source in made.sources] == ["A", "B", "D"], "C came and went between the days"
    assert found.groups[1].code == "F"


def test_between_other_days_other_groups(merged: Unit) -> None:
    assert [(g.code, [s.code for s in g.sources]) for g in grouped(EARLY, BETWEEN).groups] == [("C", ["A", "B"])]
    assert grouped(LATE, dt.date(2026, 1, 1)).count == 0


def test_filters_of_everything(merged: Unit) -> None:
    assert [g.code for g in grouped(EARLY, LATE, sort="het").groups] == ["F"]
    assert [g.code for g in grouped(EARLY, LATE, text="dang bo xa a").groups] == ["E"], "found by what it was"
    assert grouped(EARLY, LATE, under=Unit.objects.get(code="F")).totals == {"het": 1}


def test_new_and_altered_units(merged: Unit) -> None:
    on = dt.date(2026, 3, 1)
    open_unit(CLERK, code="M", name="Chi bộ Mới", kind="Chi bộ", shelf="dang", on=on, parent=merged)
    change_unit(CLERK, unit=Unit.objects.get(code="E"), on=on, name="Đảng bộ xã E Mới")
    found = grouped(LATE, on)
    assert [(g.sort, g.code, g.was_name) for g in found.groups] == [
        ("moi", "M", None),
        ("doi", "E", "Đảng bộ xã Đại E"),
    ]


def test_pages_of_everything(merged: Unit, enter: Enter, django_assert_max_num_queries) -> None:
    on = dt.date(2026, 3, 1)
    for number in range(65):
        open_unit(
            CLERK, code=f"N{number:02d}", name=f"Chi bộ {number:02d}", kind="Chi bộ", shelf="dang", on=on,
            parent=merged, refresh=False,
        )  # fmt: skip
    rebuild_paths()
    client = enter()
    with django_assert_max_num_queries(25):
        page = client.get("/don-vi/bien-dong/?tu=31/12/2025&den=01/04/2026&trang=3").content.decode()
    assert page.count('class="flow flow--moi"') == 5
    assert "Trang 3/3" in page
    assert "Không thấy đơn vị" in client.get("/don-vi/bien-dong/?don_vi=zzz").content.decode()
