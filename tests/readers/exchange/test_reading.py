"""Real files, good and bad, as they come from Excel, from other programs and from people who mean harm."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from canbo.readers.exchange.faults import UnreadableFile
from canbo.readers.exchange.reading import read_workbook

HEADERS = ["Mã hồ sơ*", "Họ và tên khai sinh*", "Giới tính*", "Ngày sinh*", "Dân tộc*"]
ROW = ["P1", "Nguyễn Thị Mẫu", "Nữ", "19/05/1980", "Kinh"]
Sheets = dict[str, list[list[object]]]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes sheets with openpyxl: ``written({"Hồ sơ": [[…], […]]}, change=…)``."""

    def write(sheets: Sheets, change: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, lines in sheets.items():
            page = book.create_sheet(name)
            for line in lines:
                page.append(line)
        if change:
            change(book)
        path = tmp_path / "tep.xlsx"
        book.save(path)
        return path

    return write


def test_headers_in_any_dress_and_order(written: Callable[..., Path]) -> None:
    nfd = unicodedata.normalize("NFD", "Họ và tên")
    head = ["dân  tộc", "NGÀY SINH *", " Giới tính", nfd, "MÃ HỒ SƠ*", "STT", "CCCD"]
    path = written(
        {"HỒ  SƠ ": [["DANH SÁCH ĐẢNG VIÊN"], [], head, ["Kinh", "1980", "Nữ", "A", "P1", 1, "038180000001"]]}
    )
    book, faults = read_workbook(path)
    assert faults == []
    assert book["Hồ sơ"].columns["Họ và tên khai sinh"] == ["A"]
    assert book["Hồ sơ"].columns["Số định danh cá nhân"] == ["038180000001"]
    assert book["Hồ sơ"].first_row == 4


def test_everything_wrong_with_the_form_is_told_at_once(written: Callable[..., Path]) -> None:
    head = ["Mã hồ sơ", "Họ và tên khai sinh", "Giới tính", "Ngày sinh", "Sở thích", "Mã hồ sơ"]
    book, faults = read_workbook(written({"Hồ sơ": [head, ROW], "Chức vị": [["a"]], "Đơn vị": [["x"], ["y"]]}))
    told = {(f.sheet, f.row, f.column) for f in faults}
    assert told == {
        ("Hồ sơ", 1, "Sở thích"), ("Hồ sơ", 1, "Mã hồ sơ"), ("Hồ sơ", 1, "Dân tộc"), ("Chức vị", 0, ""),
        ("Đơn vị", 1, ""),
    }  # fmt: skip
    assert "“Chức vụ”" in next(f.fix for f in faults if f.sheet == "Chức vị")
    assert all(f.message and f.fix for f in faults)
    assert "Đơn vị" not in book


def test_merged_cells_formulas_and_rows_as_excel_numbers_them(written: Callable[..., Path]) -> None:
    def change(book: openpyxl.Workbook) -> None:
        page = book["Hồ sơ"]
        page.merge_cells("B4:B5")
        page["D7"] = "=DATE(1980,5,19)"

    lines = [["DANH SÁCH"], HEADERS, ROW, ROW, ROW, [], ROW]
    book, faults = read_workbook(written({"Đơn vị": [["Mã đơn vị"]], "Hồ sơ": lines}, change))
    assert [(f.row, f.column) for f in faults if f.sheet == "Hồ sơ"] == [
        (7, "Ngày sinh"), (4, "Họ và tên khai sinh"), (5, "Họ và tên khai sinh"),
    ]  # fmt: skip
    assert book["Hồ sơ"].size == 5


def test_formulas_belong_to_their_sheet_whatever_the_order_of_tabs(tmp_path: Path) -> None:
    path = tmp_path / "tep.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        one, two = book.add_worksheet("Quyết định"), book.add_worksheet("Hồ sơ")
        one.write_row(0, 0, ["Số ký hiệu", "Ngày ban hành", "Cơ quan ban hành"])
        two.write_row(0, 0, HEADERS)
        two.write_row(1, 0, ROW)
        two.write_formula("B2", '="Nguyễn"', None, "Nguyễn")
    swapped = tmp_path / "doi.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(swapped, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                text = data.decode()
                first, second = [text[text.index("<sheet name") :].split("/>")[i] + "/>" for i in (0, 1)]
                data = text.replace(first + second, second + first).encode()
            new.writestr(name, data)
    _, faults = read_workbook(swapped)
    assert [(f.sheet, f.row, f.column) for f in faults] == [("Hồ sơ", 2, "Họ và tên khai sinh")]


def test_hidden_sheets_are_not_loaded_in_silence(written: Callable[..., Path]) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["Hồ sơ"].sheet_state = "hidden"

    book, faults = read_workbook(written({"Hướng dẫn": [["x"]], "Hồ sơ": [HEADERS, ROW]}, hide))
    assert "Hồ sơ" not in book
    assert "ẩn" in faults[0].message


def test_a_cell_far_outside_is_no_reason_to_fill_the_memory(written: Callable[..., Path]) -> None:
    def far(book: openpyxl.Workbook) -> None:
        book["Hồ sơ"]["XFD1048576"] = "x"

    book, faults = read_workbook(written({"Hồ sơ": [HEADERS, ROW]}, far))
    assert (faults[0].sheet, faults[0].row) == ("Hồ sơ", 1048576)
    assert "XFD1048576" in faults[0].message
    assert "Hồ sơ" not in book


def docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def encrypted(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))


def cut(path: Path) -> None:
    good(path)
    path.write_bytes(path.read_bytes()[:-400])


def broken(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='a'")


def good(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Hồ sơ")
        page.write_row(0, 0, HEADERS)
        page.write_row(1, 0, ROW)


def bomb(path: Path) -> None:
    good(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/a.bin", "w", force_zip64=True) as out,
    ):
        for _ in range(130):
            out.write(bytes(1 << 20))


def lying(path: Path) -> None:
    """A bomb whose directory claims a thousand bytes."""
    bomb(path)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"xl/media/a.bin") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda p: p.write_bytes(b""), "rỗng"),
        (lambda p: p.write_text("Mã hồ sơ;Họ tên\nP1;A\n"), "không phải là tệp Excel"),
        (lambda p: p.write_bytes(bytes(range(256)) * 20), "không phải là tệp Excel"),
        (docx, "không phải là tệp Excel"),
        (encrypted, "mật khẩu"),
        (cut, "không phải là tệp Excel|hỏng"),
        (broken, "Không đọc được|hỏng"),
        (bomb, "bung ra"),
        (lying, "bung ra"),
    ],
    ids=["empty", "csv", "bytes", "docx", "encrypted", "cut", "broken", "bomb", "lying bomb"],
)
def test_files_that_cannot_be_read(spoil: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    path = tmp_path / "tep.xlsx"
    spoil(path)
    with pytest.raises(UnreadableFile, match=words):
        read_workbook(path)


def test_a_small_lie_about_sizes(tmp_path: Path) -> None:
    path = tmp_path / "tep.xlsx"
    good(path)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 20)
    path.write_bytes(bytes(data))
    with pytest.raises(UnreadableFile, match="hỏng"):
        read_workbook(path)
