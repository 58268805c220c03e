"""Small invented books, and saving a book as a workbook."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from canbo.readers.exchange.book import Book

UNITS = {
    "Mã đơn vị": ["DB01", "CB01", "CB02"],
    "Tên đơn vị": ["Đảng bộ xã Bến Đò", "Chi bộ Đồi Chè", "Chi bộ Suối Cát"],
    "Loại hình": ["đảng bộ cấp trên trực tiếp cơ sở", "chi bộ", "chi bộ"],
    "Mã đơn vị cấp trên": [None, "DB01", "DB01"],
    "Từ ngày": ["01/01/2015"] * 3,
    "Số quyết định": ["01-QĐ/TU"] * 3,
}
PAPERS = {
    "Số ký hiệu": ["01-QĐ/TU", "12-QĐ/ĐU", "77-QĐ/ĐU"],
    "Ngày ban hành": ["20/12/2014", "28/06/2020", "02/03/2024"],
    "Cơ quan ban hành": ["Tỉnh ủy", "Đảng ủy xã Bến Đò", "Đảng ủy xã Bến Đò"],
}
PEOPLE = {
    "Mã hồ sơ": ["HS0001", "HS0002"],
    "Số định danh cá nhân": ["038199000001", "038199000002"],
    "Họ và tên khai sinh": ["Lò Thị Mây", "Vừ A Sáng"],
    "Giới tính": ["Nữ", "Nam"],
    "Ngày sinh": ["19/05/1985", "02/1980"],
    "Dân tộc": ["Thái", "Mông"],
}
POSTS = {
    "Mã hồ sơ": ["HS0001"],
    "Mã đơn vị": ["DB01"],
    "Chức vụ": ["Phó Bí thư"],
    "Từ ngày": ["01/07/2020"],
    "Hành vi": ["bổ nhiệm"],
    "Số quyết định": ["12-QĐ/ĐU"],
}
MEMBERS = {
    "Mã hồ sơ": ["HS0001", "HS0002"],
    "Mã tổ chức đảng sinh hoạt": ["CB01", "CB02"],
    "Từ ngày": ["01/07/2020", "01/07/2020"],
    "Hành vi": ["kết nạp", "kết nạp"],
    "Ngày kết nạp": ["01/07/2020", "01/07/2020"],
    "Số quyết định": ["12-QĐ/ĐU", "12-QĐ/ĐU"],
}


def book(**sheets: dict[str, list[object]]) -> Book:
    """A book of the small records; sheets given by name replace or join them."""
    made = Book()
    base = {"Quyết định": PAPERS, "Đơn vị": UNITS, "Hồ sơ": PEOPLE, "Chức vụ": POSTS, "Đảng viên": MEMBERS}
    for name, columns in {**base, **sheets}.items():
        made.add(name, {header: list(cells) for header, cells in columns.items()})
    return made


def only(**sheets: dict[str, list[object]]) -> Book:
    """A book of the given sheets alone."""
    made = Book()
    for name, columns in sheets.items():
        made.add(name, columns)
    return made


def save(content: Book, path: Path) -> Path:
    """Writes a book as a workbook, cells as text."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as out:
        for name, sheet in content.items():
            page = out.add_worksheet(name)
            page.write_row(0, 0, list(sheet.columns))
            for at, cells in enumerate(sheet.columns.values()):
                for line, cell in enumerate(cells, 1):
                    if cell is not None:
                        page.write(line, at, cell)
    return path
