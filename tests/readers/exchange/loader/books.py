"""Small invented workbooks: a province committee with a few cells, their people, and one decision behind it all."""

from __future__ import annotations

from canbo.readers.exchange.book import Book, Sheet
from canbo.readers.exchange.loader.sheets import BY_NAME

Row = dict[str, object]
PAPER = "12-QĐ/TU"


def make(sheets: dict[str, list[Row]]) -> Book:
    """A book whose sheets have just the columns that some row names."""
    book = Book()
    for name, rows in sheets.items():
        if not rows:
            continue
        headers = list(dict.fromkeys(header for row in rows for header in row))
        unknown = set(headers) - {c.header for c in BY_NAME[name].columns}
        assert not unknown, unknown
        book[name] = Sheet(name, {h: [row.get(h) for row in rows] for h in headers})
    return book


def paper(number: str = PAPER, issued: object = "15/03/2010", **more: object) -> Row:
    return {
        "Số ký hiệu": number,
        "Ngày ban hành": issued,
        "Cơ quan ban hành": "Ban Thường vụ Tỉnh ủy",
        **more,
    }


def unit(code: str, parent: str | None = None, kind: str = "chi bộ cơ sở", **more: object) -> Row:
    return {
        "Mã đơn vị": code,
        "Tên đơn vị": f"Chi bộ {code}",
        "Loại hình": kind,
        "Mã đơn vị cấp trên": parent,
        "Từ ngày": "01/01/2000",
        "Số quyết định": PAPER,
        **more,
    }


def person(code: str, name: str = "Nguyễn Thị Mẫu", **more: object) -> Row:
    return {
        "Mã hồ sơ": code,
        "Họ và tên khai sinh": name,
        "Giới tính": "Nữ",
        "Ngày sinh": "19/05/1980",
        "Dân tộc": "Kinh",
        **more,
    }


def stay(code: str, cell: str, since: object = "01/02/2012", **more: object) -> Row:
    return {
        "Mã hồ sơ": code,
        "Mã tổ chức đảng sinh hoạt": cell,
        "Từ ngày": since,
        "Hành vi": "kết nạp",
        "Số quyết định": PAPER,
        **more,
    }


def post(code: str, place: str, title: str = "Bí thư", since: object = "01/02/2015", **more: object) -> Row:
    return {
        "Mã hồ sơ": code,
        "Mã đơn vị": place,
        "Chức vụ": title,
        "Từ ngày": since,
        "Hành vi": "chỉ định",
        "Số quyết định": PAPER,
        **more,
    }


def province(**more: list[Row]) -> Book:
    """A committee with two cells, two people in the first of them, one of whom leads it."""
    sheets: dict[str, list[Row]] = {
        "Quyết định": [paper()],
        "Đơn vị": [
            unit("T", kind="đảng bộ tỉnh", **{"Tên đơn vị": "Đảng bộ tỉnh Mẫu"}),
            unit("A", "T"),
            unit("B", "T"),
        ],
        "Hồ sơ": [person("P1"), person("P2", "Trần Văn Thử", **{"Giới tính": "Nam"})],
        "Đảng viên": [stay("P1", "A"), stay("P2", "A", "03/02/2014")],
        "Chức vụ": [post("P1", "A")],
    }
    return make({**sheets, **more})
