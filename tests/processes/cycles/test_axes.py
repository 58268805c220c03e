"""The six axes of a quarter (HD 02-HD/BTCTW): maxima proposed and approved, per cents of each part, the points they give."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.processes.evaluation import actions, queries, rules
from canbo.processes.evaluation.choices import State
from canbo.processes.evaluation.models import Event, Sheet

from .conftest import at, person_actor, sheet_of
from .test_steps import codes

pytestmark = pytest.mark.django_db
D = dt.date
AXES, START, END = "quarterly-hd02-btctw-2026", at(D(2026, 7, 3)), at(D(2026, 9, 28))
USUAL = {"B1": 15, "B2": 10, "B3": 10, "B4": 15, "B5": 10, "B6": 10}
MAIN = ("B1", "B4")


def maxima(points=None, main=MAIN):
    return [rules.Maximum(key, Decimal(str(most)), key in main) for key, most in (points or USUAL).items()]


@pytest.fixture
def sheet(world, opened):
    return sheet_of(opened(world.province, "2026-Q3", rulebook=AXES), world["Trưởng A"])


@pytest.fixture
def me(world):
    return person_actor(world["Trưởng A"])


@pytest.fixture
def boss(world):
    return person_actor(world["Giám đốc"])


@pytest.fixture
def approved(sheet, me, boss):
    sheet = actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    return actions.approve_axes(boss, sheet=sheet, version=sheet.version, at=START)


def filled(me, sheet, percent="90", **other):
    sheet = actions.save_self(me, sheet=sheet, version=sheet.version, field="score.A", value="30")
    for line in queries.axis_lines(queries.book_of(sheet.cycle), sheet):
        for part in line.parts:
            field, value = f"axis.{part.name}", other.get(part.name.replace(".", "_"), percent)
            sheet = actions.save_self(me, sheet=sheet, version=sheet.version, field=field, value=value)
    return sheet


def outcome(sheet):
    return queries.assess(sheet.cycle, [sheet], D(2026, 9, 28))[sheet.pk].outcome


def test_from_the_proposal_to_the_points(approved, me, boss):
    """Axis points are KPI% × maximum; KPI% of a leader is the mean of four parts: B1 with one part of 50 is 80%."""
    assert outcome(approved).total is None
    sheet = actions.submit_self(me, sheet=(s := filled(me, approved, B1_quality="50")), version=s.version, at=END)
    row = actions.Review(sheet.pk, sheet.version, comment="Theo sản phẩm đã duyệt.")
    sheet = actions.submit_reviews(boss, rows=[row], at=END)[0]
    found = outcome(sheet)
    assert (found.components["B1"], found.components["B2"]) == (80, 90)
    assert (sheet.common, sheet.result, sheet.total) == (30, Decimal("61.5"), Decimal("91.5"))
    kinds = list(Event.objects.filter(sheet=sheet).values_list("kind", flat=True))
    assert kinds == ["planned", "approved", "submitted", "scored"]


def test_the_superior_changes_a_part_and_that_voids_a_decision(approved, me, boss):
    sheet = actions.submit_self(me, sheet=(s := filled(me, approved)), version=s.version, at=END)
    confirm = actions.Review(sheet.pk, sheet.version, comment="Đúng.")
    sheet = actions.submit_reviews(boss, rows=[confirm], at=END)[0]
    assert sheet.total == 93
    Sheet.objects.filter(pk=sheet.pk).update(state=State.DECIDED, grade="HTT")
    lower = actions.Review(sheet.pk, sheet.version, axes={"B4.progress": "10"}, comment="Chậm hai việc.")
    sheet = actions.submit_reviews(boss, rows=[lower], at=END)[0]
    assert (sheet.state, sheet.grade, sheet.total) == ("scored", "", 90)
    line = next(x for x in queries.axis_lines(queries.book_of(sheet.cycle), sheet) if x.key == "B4")
    progress = next(part for part in line.parts if part.name == "B4.progress")
    assert (progress.own, progress.given, progress.shown) == (90, 10, 10)


@pytest.mark.parametrize(
    ("points", "main", "code"),
    [
        pytest.param(USUAL | {"B6": 9}, MAIN, "EVAL-AXES-SUM", id="69 điểm"),
        pytest.param(USUAL | {"B6": "10.5"}, MAIN, "EVAL-AXES-SUM", id="70,5 điểm"),
        pytest.param(USUAL, (), "EVAL-AXES-MAIN", id="không có trục chính"),
        pytest.param(USUAL, ("B1", "B2"), "EVAL-AXES-MAIN", id="trục chính 25/70 = 35,7%"),
        pytest.param(USUAL | {"B1": 27, "B4": 3}, ("B1",), "EVAL-AXES-MAIN", id="trục chính 27/70 = 38,6%"),
        pytest.param(USUAL | {"B9": 0}, MAIN, "EVAL-AXIS", id="không có trục B9"),
        pytest.param(USUAL | {"B1": -5}, MAIN, "EVAL-AXIS", id="điểm âm"),
    ],
)
def test_maxima_that_do_not_stand(sheet, me, points, main, code):
    with pytest.raises(Refused) as caught:
        actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(points, main), at=START)
    assert codes(caught) == [code]
    assert Sheet.objects.get(pk=sheet.pk).axes == []


def test_exactly_forty_per_cent_on_main_axes_is_enough(sheet, me):
    """28 of 70 points."""
    wanted = maxima(USUAL | {"B1": 28, "B4": 2}, ("B1",))
    assert actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=wanted, at=START).axes[0]["max"] == 28


def test_nothing_is_scored_or_handed_in_before_the_approval(sheet, me):
    sheet = actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    with pytest.raises(Refused) as caught:
        actions.save_self(me, sheet=sheet, version=sheet.version, field="axis.B1.quality", value="90")
    assert codes(caught) == ["EVAL-AXES-NONE"]
    with pytest.raises(Refused) as caught:
        actions.submit_self(me, sheet=sheet, version=sheet.version, at=END)
    assert codes(caught) == ["EVAL-UNSCORED", "EVAL-AXES-NONE"]


def test_every_missing_part_is_named_at_once(approved, me):
    sheet = actions.save_self(me, sheet=approved, version=approved.version, field="score.A", value="30")
    sheet = actions.save_self(me, sheet=sheet, version=sheet.version, field="axis.B1.quality", value="90")
    with pytest.raises(Refused) as caught:
        actions.submit_self(me, sheet=sheet, version=sheet.version, at=END)
    assert codes(caught) == ["EVAL-UNSCORED"] * 23
    assert caught.value.violations[0].field == f"{sheet.pk}.axis.B1.quantity"


@pytest.mark.parametrize(
    ("field", "value"), [("B1.quality", "101"), ("B1.quality", "-1"), ("B1.quality", "tốt"), ("B1.beauty", "5"), ("B9.quality", "5")]
)  # fmt: skip
def test_parts_are_per_cents_of_what_there_is(approved, me, field, value):
    with pytest.raises(Refused) as caught:
        actions.save_self(me, sheet=approved, version=approved.version, field=f"axis.{field}", value=value)
    assert codes(caught) == ["EVAL-AXIS"]


def test_others_than_leaders_have_three_parts(sheet):
    """HD 02: mean of four parts for leaders, of the first three for others."""
    book = queries.book_of(sheet.cycle)
    assert list(rules.axis_parts(book, "leader")) == ["quantity", "quality", "progress", "leadership"]
    assert list(rules.axis_parts(book, "other")) == ["quantity", "quality", "progress"]
    assert rules.part_faults(book, "other", {"B1": 1}, "B1.leadership", Decimal(5))


def test_who_approves(world, sheet, me, boss):
    with pytest.raises(Refused) as caught:
        actions.approve_axes(boss, sheet=sheet, version=sheet.version, at=START)
    assert codes(caught) == ["EVAL-AXES-NONE"]
    sheet = actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    for actor in (me, person_actor(world["Trưởng B"])):
        with pytest.raises(Refused):
            actions.approve_axes(actor, sheet=sheet, version=sheet.version, at=START)
    with pytest.raises(OutOfScope):
        actions.propose_axes(boss, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)


def test_another_distribution_or_another_approval_needs_a_reason(sheet, me, boss):
    sheet = actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    other = maxima(USUAL | {"B1": 20, "B5": 5})
    with pytest.raises(Refused) as caught:
        actions.approve_axes(boss, sheet=sheet, version=sheet.version, maxima=other, at=START)
    assert codes(caught) == ["EVAL-REASON"]
    sheet = actions.approve_axes(
        boss, sheet=sheet, version=sheet.version, maxima=other, at=START, reason="Giao thêm dự án trọng điểm."
    )
    assert sheet.axes[0]["max"] == 20
    with pytest.raises(Refused) as caught:
        actions.propose_axes(me, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    assert codes(caught) == ["EVAL-AXES-APPROVED"]
    with pytest.raises(Refused) as caught:
        actions.approve_axes(boss, sheet=sheet, version=sheet.version, maxima=maxima(), at=START)
    assert codes(caught) == ["EVAL-REASON"]
    sheet = actions.save_self(me, sheet=sheet, version=sheet.version, field="axis.B1.quality", value="90")
    sheet = actions.approve_axes(
        boss, sheet=sheet, version=sheet.version, maxima=maxima(), at=START, reason="Dự án chuyển nơi khác."
    )
    assert (sheet.axes[0]["max"], sheet.axes[0]["own"]) == (15, {"quality": 90})


def test_a_rulebook_without_axes_and_an_old_window_are_refused(world, opened, sheet, me):
    plain = sheet_of(opened(world.province), world["Trưởng A"])
    with pytest.raises(Refused) as caught:
        actions.propose_axes(me, sheet=plain, version=plain.version, maxima=maxima(), at=START)
    assert codes(caught) == ["EVAL-AXES"]
    with pytest.raises(Refused) as caught:
        actions.propose_axes(me, sheet=sheet, version=sheet.version + 1, maxima=maxima(), at=START)
    assert codes(caught) == ["EVAL-VERSION"]


def test_the_page_proposes_approves_and_scores(world, sheet, as_person):
    url, page = reverse("evaluation_axes", args=[sheet.pk]), reverse("evaluation_sheet", args=[sheet.pk])
    mine, head = as_person(world["Trưởng A"]), as_person(world["Giám đốc"], "thu_truong", world.body)
    assert "Gửi đề xuất" in mine.get(page).content.decode()
    sent = {"lan_luu": sheet.version, "chinh": list(MAIN), **{f"t.{key}": value for key, value in USUAL.items()}}
    wrong = mine.post(url, sent | {"t.B1": "14,5", "lam": "de-xuat"})
    assert wrong.status_code == 422
    assert "thiếu 0,5" in wrong.content.decode()
    assert 'value="14,5"' in wrong.content.decode()
    assert mine.post(url, sent | {"lam": "de-xuat"}).status_code == 302
    assert mine.post(url, sent | {"lan_luu": sheet.version + 1, "lam": "duyet"}).status_code == 422
    assert as_person(world["Viên B1"]).post(url, sent).status_code == 404
    assert "Duyệt điểm các trục" in head.get(page).content.decode()
    assert head.post(url, sent | {"lan_luu": sheet.version + 1, "lam": "duyet"}).status_code == 302
    sheet.refresh_from_db()
    assert queries.axes_approved(sheet)
    parts = {
        f"o.axis.{key}.{part}": "90" for key in USUAL for part in ("quantity", "quality", "progress", "leadership")
    }
    whole = {"lan_luu": sheet.version, "o.score.A": "30", "lam": "nop", **parts}
    assert mine.post(reverse("evaluation_write", args=[sheet.pk]), whole).status_code == 302
    shown = head.get(page).content.decode()
    assert 'name="x.B1.quality"' in shown
    sheet.refresh_from_db()
    review = {"lan_luu": sheet.version, "d.A": "30", "x.B1.quality": "50", "nhan_xet": "Đúng."}
    assert head.post(reverse("evaluation_review", args=[sheet.pk]), review).status_code == 302
    sheet.refresh_from_db()
    assert sheet.total == Decimal("91.5")
