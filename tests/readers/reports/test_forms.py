"""Official forms: cells, sums and checks, counted by hand."""

from __future__ import annotations

import io

import openpyxl
import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.readers.reports import drafting, paper, statistics

from . import world as w


@pytest.fixture
def people(province):
    for number, (ethnic, religion) in enumerate(
        (("Kinh", ""), ("Tày", "Phật giáo"), ("HMông", "Tin lành"), ("Người lạ", "Đạo lạ"), ("Kinh", "Không"))
    ):
        who = w.person(f"Lê Văn {number}", ethnic=ethnic, religion=religion, born=f"{1960 + number * 8}-05-05")
        if number < 3:
            w.stay(who, province.a1, "2021-03-01", entry="ket_nap", admitted="2021-02-25", official=None)
        else:
            w.stay(who, province.b1, "2016-01-01", admitted="1974-01-01")
    again = w.person("Lê Thị Lại", sex="nu")
    w.stay(again, province.b1, "2021-04-01", entry="ket_nap_lai", admitted="2021-04-01", official=None)
    w.stay(w.person("Lê Văn Mất"), province.b1, "2016-01-01", "2021-06-01", end="tu_tran")
    return province


def cells(form):
    return {line.id: [None if v is None else float(v) for v in line.values] for line in form.lines}


def test_form_1_balances(people, clerk):
    form = statistics.form(clerk, "1-BTCTW", "T", "2021")
    found = cells(form)
    assert {key: found[key][0] for key in ("A", "B", "B1", "B2", "C", "C1", "D")} == {
        "A": 3, "B": 4, "B1": 4, "B2": 0, "C": 1, "C1": 1, "D": 6}  # fmt: skip
    assert found["D"][1:] == [3, 200]
    assert found["B2a"] == [None, None, None]
    assert all(check.ok for check in form.checks)


def test_form_1_shows_what_does_not_balance(people, clerk):
    w.stay(w.person("Lê Văn Rơi"), people.a1, "2016-01-01", "2021-06-01")
    balance = statistics.form(clerk, "1", "T", "2021").checks[0]
    assert (balance.ok, int(balance.left), int(balance.right)) == (False, 6, 7)


def test_forms_2b_and_4_list_every_people_and_religion(people, clerk):
    form = statistics.form(clerk, "4-BTCTW", "T", "2021")
    found = {line.label: int(line.values[0] or 0) for line in form.lines}
    assert len([line for line in form.lines if line.id.startswith("dt")]) == 56
    assert len([line for line in form.lines if line.id.startswith("tg")]) == 7
    assert (found["Kinh"], found["Mông"], found["Dân tộc khác"], found["Đạo Phật"], found["Các đạo khác"]) == (
        3,
        1,
        1,
        1,
        1,
    )
    assert (found["I. Chia theo dân tộc"], found["II. Trong các tôn giáo"]) == (6, 3)
    assert all(check.ok for check in form.checks)
    admitted = statistics.form(clerk, "2B-BTCTW", "T", "2021")
    assert int(admitted.lines[0].values[0]) == 4
    assert all(check.ok for check in admitted.checks)


@pytest.mark.parametrize("code", list(statistics.shapes()))
def test_every_form_holds_its_checks_and_is_written(people, clerk, code):
    form = statistics.form(clerk, code, "T", "2021")
    assert [check.says for check in form.checks if not check.ok] == []
    document = form.as_document()
    head = drafting.head(clerk, document, w.day("2022-01-06"))
    book = openpyxl.load_workbook(io.BytesIO(paper.written("a.xlsx", document, head)))
    assert book["Biểu 1"].max_row == len(form.lines) + 2
    assert paper.written("a.docx", document, head)


def test_an_unknown_form_is_refused(people, clerk):
    with pytest.raises(Refused, match="Không có biểu"):
        statistics.form(clerk, "99", "T", "2021")
