"""From sheets and results to their forms: which form, what is filled in, what stays open."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from docx import Document

from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.papers.docx import render_docx
from canbo.processes.evaluation.choices import State
from canbo.processes.evaluation.models import Suggestion
from canbo.processes.evaluation.papers.facts import kept
from canbo.processes.evaluation.papers.filling import form_for, paper_of
from canbo.processes.evaluation.queries.outputs.income import months
from canbo.processes.evaluation.queries.outputs.material import gather

from ... import factories
from . import world

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 8, 10)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def division(shipped_rules):
    root = factories.unit("Sở Nội vụ", kind="Sở")
    return factories.unit("Phòng Một", root, kind="Phòng"), root


def words(cycle: Any, sheet: Any) -> str:
    paper = paper_of(gather(cycle, [sheet], ON), sheet)
    body = Document(io.BytesIO(render_docx(paper))).element.body
    paragraphs = body.iter(f"{W}p")
    return "\n".join("".join(one.itertext()) for one in paragraphs).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("rulebook", "period", "group", "form"),
    [
        ("nd335-2025-civil-servant", "2026-07", "non_leader", "mau-01"),
        ("nd335-2025-civil-servant", "2026", "non_leader", "mau-02"),
        ("qd366-2025", "2026", "leader", "hd43-2a"),
        ("qd366-2025", "2026", "non_leader", "hd43-2b"),
        ("qd366-2025", "2026", "member_outside", "hd43-2c"),
        ("quarterly-hd02-btctw-2026", "2026-Q3", "leader", "hd43-05"),
    ],
)
def test_each_group_has_its_form(division, rulebook, period, group, form):
    unit, root = division
    cycle = world.cycle(root, period, rulebook)
    sheet = world.sheet(cycle, factories.person("Lò Văn A", unit), unit, body=root, group=group)
    material = gather(cycle, [sheet], ON)
    assert form_for(material, sheet) == form
    assert render_docx(paper_of(material, sheet))


def test_what_was_written_in_the_parts_of_a_report_stands_under_their_headings(division):
    unit, root = division
    cycle = world.cycle(root, "2026", "qd366-2025")
    sheet = world.sheet(cycle, factories.person("Lò Văn A", unit), unit, body=root, group="leader")
    sheet.review = {"strengths.pledge": "Giữ đúng các cam kết đầu năm.", "plan": "Giảm hội họp."}
    sheet.weaknesses = "Nể nang trong phê bình."
    text = words(cycle, sheet).splitlines()
    for heading, said in (
        ("3. Việc thực hiện cam kết", "Giữ đúng các cam kết đầu năm."),
        ("II. Hạn chế, khuyết điểm", "Nể nang trong phê bình."),
        ("VI. Phương hướng", "Giảm hội họp."),
    ):
        at = next(n for n, line in enumerate(text) if line.startswith(heading))
        assert said in text[at + 1]


def test_a_body_reports_on_mau_01(division):
    unit, root = division
    cycle = world.cycle(root, "2026", "qd366-2025", collectives=True)
    sheet = world.sheet(cycle, None, unit, body=root, group="collective")
    Suggestion.objects.create(
        cycle=cycle, collective=unit, text="Đơn thư kéo dài", issuer="Ban Thường vụ", made_at=now(), made_by="thử",
        answer="Đã giải quyết.",
    )  # fmt: skip
    text = words(cycle, sheet)
    assert "Mẫu 01-HD KĐ.ĐG 2025" in text
    assert "Tên tập thể: Phòng Một" in text
    assert "Đơn thư kéo dài" in text
    assert "Đã giải quyết." in text


def test_an_open_sheet_shows_own_scores_and_leaves_the_rest_open(division):
    unit, root = division
    cycle = world.cycle(root)
    sheet = world.sheet(
        cycle, factories.person("Lò Văn A", unit), unit, body=root, self_scores={"I.1": "4.5", "I.2": "5"},
        strengths="Chủ động.", submitted_at=now(), state=State.SUBMITTED,
    )  # fmt: skip
    text = words(cycle, sheet)
    assert "SỞ NỘI VỤ" in text
    assert "Tháng 07/2026" in text
    assert "Đơn vị công tác: Phòng Một" in text
    assert "4,5" in text
    assert "9,5" in text, "a group adds up as soon as all beneath it is scored"
    assert "3. Tổng điểm: ……" in text, "no task was given: not enough data, never 0"
    assert "4. Ưu điểm: Chủ động." in text


def test_a_concluded_sheet_prints_what_was_concluded(division):
    unit, root = division
    cycle = world.cycle(root)
    told = {
        "common": "28", "result_points": "46.66", "total": "74.66", "components": {},
        "lines": [
            {"key": "a", "label": "a. Số lượng", "formula": "a", "filled": "100 × 15,06 / 16,8", "value": "89.64",
             "article": "Điều 14"},
            {"key": "task:1", "label": "Việc", "formula": "", "filled": "x", "value": "1", "article": ""},
        ],
    }  # fmt: skip
    sheet = world.sheet(cycle, factories.person("Lò Văn A", unit), unit, body=root, state=State.DECIDED, grade="HTT")
    row = [
        7,
        "Báo cáo tháng",
        2.7,
        3,
        2,
        2,
        1,
        3,
        0,
        9,
        0,
        True,
        False,
        False,
        True,
        False,
        False,
        "2026-07-20",
        "2026-07-20",
    ]
    world.result(
        sheet, "HTT", "74.66", explanation=told, tasks=[row, [8, "Chờ duyệt", None, 1, 0, *[0] * 6, *[False] * 6]]
    )
    text = words(cycle, sheet)
    assert "3. Tổng điểm: 74,7" in text
    assert "100 × 15,06 / 16,8" in text
    assert "Báo cáo tháng" in text
    assert "đột xuất" in text
    assert "Chờ duyệt" not in text, "a product that waits for approval counts nowhere (Điều 13.3)"
    line = kept(row, by_day=False)
    assert (line.returns, line.delays, line.assigned) == (1, 3, Decimal(0)), "ad hoc work is outside the denominator"
    assert kept(row, by_day=True).delays == 9


def test_a_year_shows_its_months_and_why_one_is_missing(division):
    unit, root = division
    who = factories.person("Lò Văn A", unit)
    for month in (1, 2):
        world.graded(world.cycle(root, f"2026-{month:02d}"), who, unit, "HTT", str(80 + month), body=root)
    world.absent(world.cycle(root, "2026-03"), who, unit, "Nghỉ thai sản cả tháng")
    cycle = world.cycle(root, "2026", base="month")
    sheet = world.sheet(cycle, who, unit, body=root, self_grade="HTT")
    text = words(cycle, sheet)
    assert "Mẫu số 02" in text
    assert text.index("Tháng 1\n81,0") < text.index("Tháng 2\n82,0") < text.index("Nghỉ thai sản cả tháng")
    assert "Tháng 12" in text


def test_the_same_number_of_queries_for_any_number_of_sheets(division, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    unit, root = division
    cycle = world.cycle(root)
    sheets = [world.sheet(cycle, factories.person(f"Lò Văn {n}", unit), unit, body=root) for n in range(12)]
    counts = []
    for part in (sheets[:2], sheets):
        with CaptureQueriesContext(connection) as asked:
            gather(cycle, part, ON)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("period", "first", "last", "expected"),
    [
        ("2026-07", None, None, "1"),
        ("2026-07", (2026, 7, 17), None, "0.5"),
        ("2026-Q3", None, (2026, 8, 31), "2"),
        ("2026", (2026, 7, 1), None, "6"),
        ("2026-02", (2026, 2, 1), (2026, 2, 28), "1"),
    ],
)
def test_months_worked(division, period, first, last, expected):
    cycle = world.cycle(division[1], period)
    found = months(cycle, dt.date(*first) if first else None, dt.date(*last) if last else None)
    assert format_number(found) == expected.replace(".", ",")
