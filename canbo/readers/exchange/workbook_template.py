"""The empty workbook: every sheet with its headers, help, drop-down lists and an example row that is never loaded."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .choices import EXAMPLE
from .loader.sheets import BY_NAME
from .loader.spec import Column, SheetSpec

ROWS = 5000
"""Rows that carry the drop-down lists and the text format."""

_INLINE = 255  # what Excel takes as a list written inside the cell's rule
_MORE_EXAMPLES = {("Quan hệ đơn vị", "new"): "DB02"}
_NUMBERS = frozenset({"salary_coefficient", "points", "assigned", "value"})

GUIDE = (
    ("Cách điền", ""),
    ("1.", "Mỗi trang là một loại dữ liệu. Trang không dùng thì để trống hoặc xóa; không đổi tên trang, tên cột."),
    ("2.", "Cột có dấu * bắt buộc phải điền. Rê chuột lên tiêu đề để xem cách ghi."),
    ("3.", f"Dòng bắt đầu bằng “{EXAMPLE}” chỉ để xem, không bao giờ được nạp; có thể để nguyên hoặc xóa."),
    ("4.", "Ngày ghi 19/05/1985. Chỉ biết tháng hoặc năm thì ghi 05/1985 hoặc 1985, đừng tự thêm ngày 01."),
    ("5.", "Số định danh, mã, số thẻ là văn bản: giữ đủ số 0 ở đầu. Các cột này đã đặt sẵn dạng Văn bản (Text)."),
    ("6.", "Ô có mũi tên là ô chọn trong danh mục. Một quyết định hai hành vi thì ghi: điều động, bổ nhiệm."),
    ("7.", "Đến ngày là ngày cuối cùng còn hiệu lực; còn hiệu lực thì để trống."),
    ("8.", "Số quyết định phải có trong trang Quyết định hoặc đã có trong sổ. Trùng số thì ghi:"
           " 12-QĐ/TU ngày 15/03/2021."),
    ("9.", "Không gộp ô, không để công thức; chép từ tệp khác thì dán giá trị (Paste Special, Values)."),
    ("Nạp tệp", ""),
    ("1.", "Vào trang Nạp và xuất dữ liệu, chọn tệp. Máy kiểm tra toàn bộ và báo mọi lỗi một lần, chưa ghi gì."),
    ("2.", "Tải tệp đã đánh dấu lỗi, sửa, nạp lại; hoặc nạp các dòng sạch trước."
           " Nạp lại đúng tệp cũ không sinh dòng trùng."),
    ("3.", "Dòng đã có mà nội dung khác: đóng nội dung cũ, mở nội dung mới từ ngày nạp."
           " Nếu dòng cũ ghi sai thì ghi x vào Sửa sai và lý do vào Ghi chú."),
    ("4.", "Số liệu cũ không còn văn bản: đánh dấu “Số liệu lịch sử” khi nạp."),
    ("Các trang", ""),
)  # fmt: skip


def write_template(path: Path) -> None:
    """Writes the empty workbook.

    Args:
        path: the .xlsx to write.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as out:
        out.set_properties({"title": "Tệp mẫu nạp dữ liệu", "author": "Canbo", "company": ""})
        look = {
            "title": out.add_format({"bold": True, "font_size": 13}),
            "wrap": out.add_format({"text_wrap": True, "valign": "top"}),
            "head": out.add_format({"bold": True, "bg_color": "#E8EEF2", "border": 1, "text_wrap": True}),
            "must": out.add_format({"bold": True, "bg_color": "#CFE0E8", "border": 1, "text_wrap": True}),
            "text": out.add_format({"num_format": "@"}),
            "example": out.add_format({"num_format": "@", "italic": True, "font_color": "#5B6770"}),
        }
        _guide(out.add_worksheet("Hướng dẫn"), look)
        pages = [(out.add_worksheet(spec.name), spec) for spec in BY_NAME.values()]
        lists = _Lists(out.add_worksheet("Danh mục"))
        for page, spec in pages:
            _sheet(page, spec, look, lists)


def _guide(page: Worksheet, look: dict[str, Format]) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, "Tệp mẫu nạp dữ liệu", look["title"])
    line = 1
    for mark, words in GUIDE:
        line += 0 if words else 1
        page.write_string(line, 0, mark, look["wrap"] if words else look["title"])
        page.write_string(line, 1, words, look["wrap"])
        line += 1
    for spec in BY_NAME.values():
        page.write_string(line, 0, spec.name, look["wrap"])
        keys = ", ".join(spec.by_field[name].header for name in spec.key)
        page.write_string(line, 1, " ".join(filter(None, [spec.help, f"Nhận ra dòng cũ theo: {keys}."])), look["wrap"])
        line += 1


class _Lists:
    """The hidden sheet that holds drop-down lists too long for a cell's rule."""

    def __init__(self, page: Worksheet):
        self.page = page
        self.page.hide()
        self.known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """What the rule of a cell names: the words themselves, or where they stand."""
        if len(",".join(choices)) <= _INLINE:
            return list(choices)
        if choices not in self.known:
            column = len(self.known)
            self.page.write_column(0, column, choices)
            self.known[choices] = f"='Danh mục'!{_absolute(0, column)}:{_absolute(len(choices) - 1, column)}"
        return self.known[choices]


def _absolute(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _sheet(page: Worksheet, spec: SheetSpec, look: dict[str, Format], lists: _Lists) -> None:
    page.freeze_panes(1, 1)
    first_key = spec.by_field[spec.key[0]]
    for at, column in enumerate(spec.columns):
        page.set_column(at, at, _width(column), None if column.field in _NUMBERS else look["text"])
        label = f"{column.header}*" if column.required else column.header
        page.write_string(0, at, label, look["must" if column.required else "head"])
        if words := _help(column):
            page.write_comment(0, at, words, {"x_scale": 2, "y_scale": 1.2, "author": ""})
        shown = EXAMPLE if column is first_key else column.example or _MORE_EXAMPLES.get((spec.name, column.field), "")
        if shown:
            page.write_string(1, at, shown, look["example"])
        if column.choices:
            page.data_validation(1, at, ROWS, at, {
                "validate": "list", "source": lists.source(column.choices), "error_type": "warning",
                "error_title": "Ngoài danh mục", "error_message": "Chọn trong danh sách; máy sẽ kiểm tra lại khi nạp.",
            })  # fmt: skip


def _help(column: Column) -> str:
    parts = ["Bắt buộc." if column.required else "", column.help]
    parts.append(f"Ví dụ: {column.example}" if column.example else "")
    return " ".join(part for part in parts if part)


def _width(column: Column) -> float:
    return max(
        12,
        min(
            34,
            len(column.header) + 4,
        ),
        min(34, len(column.example) + 2),
    )
