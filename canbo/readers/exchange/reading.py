"""From an .xlsx on disk to a Book, with the faults that only the file itself can show.

The reader trusts nothing: size before opening, the zip's own claims while counting, then the sheets. It keeps cells as
they are; turning them into dates and codes is the loader's work.
"""

from __future__ import annotations

import zipfile
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from canbo.foundation.kernel.text import clean, fold

from .book import Book, Sheet
from .choices import EXAMPLE
from .faults import Fault, UnreadableFile
from .inspecting import Part, inspect
from .loader.sheets import SHEETS, header_key, sheet_key

MAX_FILE = 200 * 1024 * 1024
HEADER_SEARCH = 10


def read_workbook(path: Path) -> tuple[Book, list[Fault]]:
    """Reads every known sheet of a workbook.

    Args:
        path: the file.

    Returns:
        The sheets under their official names and headers, and the faults of the file's form: unknown sheets and
        columns, missing columns, merged cells and formulas in the data.

    Raises:
        UnreadableFile: when it is no workbook, is encrypted, damaged, empty or unreasonably large.
    """
    _check_container(path)
    parts = inspect(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            return _read(workbook, parts)
    except PasswordError:
        raise UnreadableFile(_LOCKED) from None
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(
            f"Không đọc được tệp Excel ({error}). Mở tệp bằng Excel, lưu lại dạng .xlsx rồi nạp lại."
        ) from None
    except BaseException as error:  # the reader's own panics are no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("Tệp Excel bị hỏng. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi nạp lại.") from None


_LOCKED = "Tệp có mật khẩu hoặc là dạng .xls cũ. Mở bằng Excel, bỏ mật khẩu, lưu lại dạng .xlsx rồi nạp lại."


def _check_container(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("Tệp rỗng. Chọn lại tệp Excel có số liệu.")
    if size > MAX_FILE:
        raise UnreadableFile(f"Tệp nặng {size // 1024**2} MB, quá mức {MAX_FILE // 1024**2} MB. Chia thành nhiều tệp.")
    with path.open("rb") as stream:
        magic = stream.read(8)
    if magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(_LOCKED)
    if not zipfile.is_zipfile(path):
        raise UnreadableFile("Đây không phải là tệp Excel .xlsx. Mở bằng Excel, lưu lại dạng .xlsx rồi nạp lại.")


def _read(workbook: CalamineWorkbook, parts: dict[str, Part]) -> tuple[Book, list[Fault]]:
    book: Book = Book()
    faults: list[Fault] = []
    hidden = {meta.name for meta in workbook.sheets_metadata if meta.visible != SheetVisibleEnum.Visible}
    for name in workbook.sheet_names:
        spec = SHEETS.get(sheet_key(name))
        if spec is None:
            if sheet_key(name) not in _GUIDE_SHEETS:
                faults.append(_unknown_sheet(name))
            continue
        part = parts.get(name, Part())
        if name in hidden:
            faults.append(
                Fault(spec.name, 0, "", "", "trang đang bị ẩn nên không được nạp.", "Bỏ ẩn (Unhide) hoặc xóa trang.")
            )
            continue
        if part.stray:
            faults.append(
                Fault(
                    spec.name,
                    part.stray[1],
                    "",
                    "",
                    f"ô {part.stray[0]}{part.stray[1]} nằm xa ngoài bảng nên trang chưa đọc được.",
                    "Xóa hẳn các cột và dòng thừa (Delete) rồi lưu lại.",
                )
            )
            continue
        sheet, found = _read_sheet(workbook.get_sheet_by_name(name), spec, part.formulas)
        faults += found
        if sheet is None:
            continue
        if spec.name in book:
            faults.append(Fault(name, 0, "", "", "trang này có hai lần trong tệp.", "Gộp hai trang làm một."))
            continue
        book[spec.name] = sheet
    if not book and not faults:
        faults.append(Fault("", 0, "", "", "tệp không có trang số liệu nào.", "Dùng tệp mẫu (canbo template)."))
    return book, faults


def _unknown_sheet(name: str) -> Fault:
    known = {fold(s.name): s.name for s in SHEETS.values()}
    near = get_close_matches(fold(name), known, 1, 0.6)
    hint = f"Có phải là “{known[near[0]]}”? " if near else ""
    fix = f"{hint}Đặt lại tên theo mẫu: {', '.join(known.values())}; hoặc xóa trang."
    return Fault(name, 0, "", "", f"không có trang nào tên “{name}” trong mẫu nên không được nạp.", fix)


_GUIDE_SHEETS = {sheet_key("Hướng dẫn"), sheet_key("Danh mục"), sheet_key("Lỗi")}


def _read_sheet(
    source: CalamineSheet, spec: object, formulas: list[tuple[str, int]]
) -> tuple[Sheet | None, list[Fault]]:
    from .loader.spec import SheetSpec

    assert isinstance(spec, SheetSpec)  # noqa: S101
    rows: list[list[Any]] = list(source.to_python(skip_empty_area=False))
    at = _header_row(rows, spec)
    if at is None:
        if not any(any(cell != "" for cell in row) for row in rows):
            return None, []
        wanted = ", ".join(c.header for c in spec.columns if c.required)
        return None, [
            Fault(spec.name, 1, "", "", "không tìm thấy dòng tiêu đề.", f"Dòng đầu phải có các cột: {wanted}.")
        ]
    faults: list[Fault] = []
    places: dict[str, int] = {}
    for index, cell in enumerate(rows[at]):
        label = clean(str(cell))
        if not label:
            continue
        column = spec.by_key.get(header_key(label))
        if column is None:
            if header_key(label) not in _IGNORED:
                faults.append(
                    Fault(
                        spec.name,
                        at + 1,
                        label,
                        "",
                        f"cột “{label}” không có trong mẫu nên không được nạp.",
                        "Đổi tên cột theo mẫu hoặc xóa cột.",
                    )
                )
        elif column.header in places:
            faults.append(Fault(spec.name, at + 1, column.header, label, "cột này có hai lần.", "Xóa một cột."))
        else:
            places[column.header] = index
    for column in spec.columns:
        if column.required and column.header not in places:
            faults.append(
                Fault(
                    spec.name,
                    at + 1,
                    column.header,
                    "",
                    f"thiếu cột bắt buộc “{column.header}”.",
                    "Thêm cột này theo tệp mẫu; các dòng của trang chưa nạp được.",
                )
            )
    body = rows[at + 1 :]
    _leave_out_examples(body, places.get(spec.by_field[spec.key[0]].header))
    while body and not any(cell != "" for cell in body[-1]):
        body.pop()
    letters = {_letters(index): header for header, index in places.items()}
    for letter, row in formulas:
        if row > at + 1 and letter in letters:
            faults.append(
                Fault(
                    spec.name,
                    row,
                    letters[letter],
                    "",
                    "ô chứa công thức, không phải giá trị.",
                    "Sao chép rồi dán giá trị (Paste Special, Values).",
                )
            )
    for (top, left), (bottom, right) in source.merged_cell_ranges or []:
        if bottom > at and (bottom > top or right > left):
            headers = [h for h, index in places.items() if left <= index <= right]
            faults += [
                Fault(
                    spec.name,
                    row + 1,
                    headers[0] if headers else "",
                    "",
                    "ô bị gộp, không rõ giá trị thuộc dòng nào.",
                    "Bỏ gộp ô (Unmerge) và điền giá trị cho từng dòng.",
                )
                for row in range(max(top, at + 1), bottom + 1)
            ]
    width = max(places.values(), default=-1) + 1
    if any(len(row) < width for row in body):
        body = [row + [""] * (width - len(row)) for row in body]
    columns = {header: [row[index] for row in body] for header, index in places.items()}
    return Sheet(spec.name, columns, first_row=at + 2), faults


def _leave_out_examples(body: list[list[Any]], key: int | None) -> None:
    """Empties the rows that the template shows as examples; the numbers of the other rows stay what Excel shows."""
    if key is None:
        return
    for index, row in enumerate(body):
        if len(row) > key and isinstance(cell := row[key], str) and cell[:8].lstrip().upper().startswith(EXAMPLE):
            body[index] = [""] * len(row)


_IGNORED = {header_key("STT"), header_key("Lỗi"), header_key("Cách sửa")}


def _header_row(rows: list[list[Any]], spec: object) -> int | None:
    from .loader.spec import SheetSpec

    assert isinstance(spec, SheetSpec)  # noqa: S101
    best, where = 0, None
    for index, row in enumerate(rows[:HEADER_SEARCH]):
        hits = sum(1 for cell in row if isinstance(cell, str) and header_key(cell) in spec.by_key)
        if hits > best:
            best, where = hits, index
    return where


def _letters(index: int) -> str:
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
