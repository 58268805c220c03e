"""The empty workbook: complete, helpful, and loading nothing."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from canbo.foundation.kernel.actor import Actor
from canbo.readers.exchange.actions import check_book
from canbo.readers.exchange.choices import EXAMPLE
from canbo.readers.exchange.commands import template
from canbo.readers.exchange.loader.plan import Terms
from canbo.readers.exchange.loader.sheets import BY_NAME
from canbo.readers.exchange.reading import read_workbook
from canbo.readers.exchange.workbook_template import write_template

TODAY = dt.date(2024, 6, 15)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("template") / "mau.xlsx"
    write_template(made)
    return made


@pytest.mark.django_db
def test_the_empty_workbook_loads_back_clean(path: Path, the_operator: Actor):
    book, faults = read_workbook(path)
    assert faults == []
    assert {name: sheet.size for name, sheet in book.items()} == dict.fromkeys(BY_NAME, 0)
    findings = check_book(the_operator, book, terms=Terms(today=TODAY, historical=False, source="mau.xlsx"))
    assert findings.faults == []


def test_every_sheet_has_its_headers_help_lists_and_example(path: Path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Hướng dẫn", *BY_NAME, "Danh mục"]
    assert book["Danh mục"].sheet_state == "hidden"
    for name, spec in BY_NAME.items():
        page = book[name]
        heads = [cell.value for cell in page[1]]
        assert heads == [f"{c.header}*" if c.required else c.header for c in spec.columns]
        assert page.freeze_panes == "B2"
        example = [cell.value for cell in page[2]]
        assert EXAMPLE in example
        for at, column in enumerate(spec.columns):
            if column.required:
                assert example[at], f"{name} {column.header}"
            if column.field in {"code", "citizen_id", "person", "unit", "card_number"}:
                # neighbours that look alike are written as one stretch of columns
                stretch = next(d for d in page.column_dimensions.values() if d.min <= at + 1 <= d.max)
                assert stretch.number_format == "@"
        offered = {str(rule.sqref).split(":")[0] for rule in page.data_validations.dataValidation}
        assert len(offered) == sum(1 for c in spec.columns if c.choices)


def test_lists_offer_every_word_of_the_catalogue(path: Path):
    book = openpyxl.load_workbook(path)
    column = next(c for c in BY_NAME["Đơn vị"].columns if c.field == "kind")
    rule = next(r for r in book["Đơn vị"].data_validations.dataValidation if str(r.sqref).startswith("C2"))
    place = rule.formula1.split("!")[1].replace("$", "")
    assert [row[0].value for row in book["Danh mục"][place]] == list(column.choices)


@pytest.mark.django_db
def test_rows_written_below_the_example_keep_their_numbers(path: Path, the_operator: Actor, tmp_path: Path):
    book = openpyxl.load_workbook(path)
    page = book["Hồ sơ"]
    for at, value in enumerate(["HS1", None, "Lò Thị Mây", None, "Nữ", "31/02/1980", "Thái"], 1):
        page.cell(4, at, value)
    book.save(tmp_path / "filled.xlsx")
    found, _ = read_workbook(tmp_path / "filled.xlsx")
    findings = check_book(the_operator, found, terms=Terms(today=TODAY, historical=True, source="x"))
    assert [(f.sheet, f.row, f.column) for f in findings.faults] == [("Hồ sơ", 4, "Ngày sinh")]
    assert findings.counts["Hồ sơ"].rows == 1


@pytest.mark.parametrize("name", ["mau.docx", "khong-co/mau.xlsx"])
def test_a_wrong_place_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert template.run(argparse.Namespace(file=tmp_path / name)) == 2
    assert capsys.readouterr().err
