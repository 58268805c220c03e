"""``canbo import`` on real files: what it prints, what it writes, with which status it ends."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from django.db import connection

from canbo.facts.party.models import Membership
from canbo.facts.people.models import Person, PersonRecord
from canbo.readers.exchange.commands import load

from .loader.books import Row, paper, person, province, stay, unit
from .loader.conftest import contents

pytestmark = pytest.mark.django_db
Run = Callable[..., tuple[int, dict]]


@pytest.fixture
def canbo_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """``canbo_import({"Hồ sơ": [row, …]}, "--history")`` gives the status and the JSON."""

    def run(sheets: dict[str, list[Row]], *flags: str) -> tuple[int, dict]:
        path = tmp_path / "tep.xlsx"
        with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
            for name, rows in sheets.items():
                page = book.add_worksheet(name)
                headers = list(dict.fromkeys(h for row in rows for h in row))
                page.write_row(0, 0, headers)
                for at, row in enumerate(rows, 1):
                    for column, header in enumerate(headers):
                        value = row.get(header)
                        if isinstance(value, str):
                            page.write_string(at, column, value)
                        elif value is not None:
                            page.write(at, column, value)
        parser = argparse.ArgumentParser()
        load.configure(parser)
        status = load.run(parser.parse_args([str(path), "--json", *flags]))
        return status, json.loads(capsys.readouterr().out)

    return run


def sheets_of_province() -> dict[str, list[Row]]:
    return {
        name: [{h: cells[i] for h, cells in sheet.columns.items()} for i in range(sheet.size)]
        for name, sheet in province().items()
    }


def test_a_clean_file(canbo_import: Run) -> None:
    before = contents()
    status, told = canbo_import(sheets_of_province(), "--check")
    assert (status, told["written"], told["faults"]) == (0, False, [])
    assert contents() == before
    status, told = canbo_import(sheets_of_province())
    assert (status, told["written"]) == (0, True)
    assert told["sheets"]["Đảng viên"] == {"rows": 2, "new": 2, "changed": 0, "same": 0, "faults": 0}
    status, told = canbo_import(sheets_of_province())
    assert (status, told["written"]) == (0, False)


def test_faulty_files(canbo_import: Run, tmp_path: Path) -> None:
    sheets = sheets_of_province()
    sheets["Hồ sơ"].append(person("P3", **{"Ngày sinh": "31/02/1980", "Giới tính": "nam nữ"}))
    sheets["Đảng viên"].append(stay("P3", "A"))
    before = contents()
    status, told = canbo_import(sheets)
    assert (status, told["written"]) == (2, False)
    assert contents() == before
    assert [(f["sheet"], f["row"], f["column"], f["value"]) for f in told["faults"]] == [
        ("Hồ sơ", 4, "Giới tính", "nam nữ"),
        ("Hồ sơ", 4, "Ngày sinh", "31/02/1980"),
        ("Đảng viên", 4, "Mã hồ sơ", "P3"),
    ]
    home = tmp_path / "loi.xlsx"
    status, told = canbo_import(sheets, "--accept-clean", "--faults", str(home))
    assert (status, told["written"]) == (0, True)
    assert Person.objects.count() == 2
    page = openpyxl.load_workbook(home)["Hồ sơ"]
    assert page.max_row == 2
    assert page["A2"].value == "P3"


DATES = [
    (dt.date(1980, 5, 19), dt.date(1980, 5, 19), "d"),
    (29360, dt.date(1980, 5, 19), "d"),
    ("19/05/1980", dt.date(1980, 5, 19), "d"),
    (" 9-5-1980\u00a0", dt.date(1980, 5, 9), "d"),
    ("29/02/1980", dt.date(1980, 2, 29), "d"),
    ("05/1980", dt.date(1980, 5, 1), "m"),
    ("1980", dt.date(1980, 1, 1), "y"),
    (1980, dt.date(1980, 1, 1), "y"),
    ("31/02/1980", None, ""),
    ("29/02/1981", None, ""),
    ("00/00/1980", None, ""),
    ("khoảng 1980", None, ""),
    ("#REF!", None, ""),
    (True, None, ""),
    (0.5, None, ""),
    (-3, None, ""),
]


def test_dates_of_every_make(canbo_import: Run) -> None:
    people = [person(f"P{i:02}", **{"Ngày sinh": cell}) for i, (cell, *_) in enumerate(DATES)]
    _, told = canbo_import({"Hồ sơ": people}, "--accept-clean", "--history")
    refused = [i + 2 for i, (_, day, _) in enumerate(DATES) if day is None]
    assert [(f["row"], f["column"]) for f in told["faults"]] == [(row, "Ngày sinh") for row in refused]
    found = PersonRecord.objects.order_by("person__code").values_list("born_on", "born_precision")
    assert list(found) == [(day, precision) for _, day, precision in DATES if day]


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("Hồ sơ", person("P1", **{"Số định danh cá nhân": 38180000001}), "Số định danh cá nhân"),
        ("Hồ sơ", person("P1", **{"Số định danh cá nhân": "0381800001"}), "Số định danh cá nhân"),
        ("Hồ sơ", person(38180000001), "Mã hồ sơ"),  # type: ignore[arg-type]
        ("Đơn vị", unit(1234567890123), "Mã đơn vị"),  # type: ignore[arg-type]
        ("Đơn vị", unit(123456789012345678), "Mã đơn vị"),  # type: ignore[arg-type]
        ("Hồ sơ", person("P1", "#N/A"), "Họ và tên khai sinh"),
        ("Hồ sơ", person("P1", "\u200b \u00a0"), "Họ và tên khai sinh"),
        ("Hồ sơ", person("P1", "A" * 5000), "Họ và tên khai sinh"),
        ("Hồ sơ", person("P1", **{"Hệ số lương": 4000}), "Hệ số lương"),
        ("Hồ sơ", person("P1", **{"Hệ số lương": "3,6,6"}), "Hệ số lương"),
    ],
)
def test_cells_that_lost_something(canbo_import: Run, sheet: str, row: Row, column: str) -> None:
    status, told = canbo_import({"Quyết định": [paper()], sheet: [row]}, "--history")
    assert status == 2
    assert [(f["sheet"], f["row"], f["column"]) for f in told["faults"]] == [(sheet, 2, column)]
    assert told["faults"][0]["message"]
    assert told["faults"][0]["fix"]


def test_a_card_that_lost_its_zeros(canbo_import: Run) -> None:
    sheets = sheets_of_province()
    sheets["Đảng viên"][0]["Số thẻ"] = 123456
    _, told = canbo_import(sheets)
    assert [(f["column"], f["value"]) for f in told["faults"]] == [("Số thẻ", "123456")]
    assert "00123456" in told["faults"][0]["fix"]


def test_text_is_made_whole_and_never_a_formula(canbo_import: Run) -> None:
    name = unicodedata.normalize("NFD", "  Đặng  Thị\u200b Hoà\u00a0")
    rows = [person(" P1 ", name, **{"Quê quán": "=1+1", "Nơi thường trú": "@xã Mẫu\u0007"}), {}, person("P2")]
    status, told = canbo_import({"Hồ sơ": rows}, "--history")
    assert (status, told["sheets"]["Hồ sơ"]["rows"]) == (0, 2)
    record = PersonRecord.objects.get(person__code="P1")
    assert (record.full_name, record.home_town, record.residence) == ("Đặng Thị Hoà", "=1+1", "@xã Mẫu")


def test_what_is_no_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tep.xlsx"
    path.write_text("không phải Excel", encoding="utf-8")
    parser = argparse.ArgumentParser()
    load.configure(parser)
    assert load.run(parser.parse_args([str(path), "--json"])) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["written"] is False
    assert told["sheets"] == {}
    assert "không phải là tệp Excel" in told["faults"][0]["message"]
    assert load.run(parser.parse_args([str(tmp_path / "khong-co.xlsx"), "--json"])) == 1
    assert Membership.objects.count() == 0


def test_what_the_database_refuses_is_said_and_nothing_is_written(canbo_import: Run) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_person ADD CONSTRAINT no_p1 CHECK (code <> 'P1')")
    before = contents()
    status, told = canbo_import(sheets_of_province())
    assert (status, told["written"]) == (1, False)
    [fault] = told["faults"]
    assert "không nhận số liệu của tệp ở bảng people_person, ràng buộc no_p1. Chưa ghi gì." in fault["message"]
    assert contents() == before
