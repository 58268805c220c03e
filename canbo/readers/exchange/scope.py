"""Which rows of a book lie outside what a clerk may load: a check over codes, a few statements for any size."""

from __future__ import annotations

from collections import defaultdict

from canbo.facts.organisation.queries import acting_day, subtree_ids
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.runtime.statements import read

from .book import Book, Sheet
from .choices import LOAD
from .faults import Fault
from .loader.spec import as_text

_PEOPLE_SHEETS = ("Chức vụ", "Đảng viên", "Thẻ đảng", "Huy hiệu Đảng", "Đào tạo", "Kỷ luật",
                  "Bố trí vị trí việc làm")  # fmt: skip
_UNIT_COLUMN = {"Chức vụ": "Mã đơn vị", "Đảng viên": "Mã tổ chức đảng sinh hoạt", "Biên chế": "Mã đơn vị",
                "Tổng biên chế giao": "Mã đơn vị",
                "Chỉ tiêu": "Mã đơn vị", "Vị trí việc làm": "Mã đơn vị",
                "Bố trí vị trí việc làm": "Mã đơn vị"}  # fmt: skip
_SUBJECT_SHEETS = ("Xếp loại", "Khen thưởng")
_FIX = "Bỏ dòng này, hoặc gửi ban tổ chức cấp trên nạp."


def scope_faults(actor: Actor, book: Book) -> list[Fault]:
    """Rows about units and people outside the actor's reach.

    A unit is inside when it lies under one of the actor's units today, or is new in the file and stands under such a
    unit. A person is inside when she is found today at a unit inside, or is new in the file and holds a post or a
    membership at one there. Who may load everywhere has no fault.

    Args:
        actor: holds ``exchange.load``.
        book: as read; codes are compared as written, spaces aside.
    """
    reach = actor.require(LOAD)
    if reach.everywhere:
        return []
    inside = _units_inside(reach)
    faults: list[Fault] = []
    inside |= _new_units(book, inside, faults)
    people, known = _people(book, reach)
    people |= _new_people(book, people, known, inside, faults)
    for name, header in _UNIT_COLUMN.items():
        if name in book:
            _outside(book[name], header, inside, "đơn vị", faults)
    for name in _PEOPLE_SHEETS:
        if name in book:
            _outside(book[name], "Mã hồ sơ", people, "hồ sơ", faults)
    for name in _SUBJECT_SHEETS:
        if name in book:
            _outside(book[name], "Mã hồ sơ hoặc mã đơn vị", people | inside, "hồ sơ hoặc đơn vị", faults)
    if "Quan hệ đơn vị" in book:
        for header in ("Mã đơn vị cũ", "Mã đơn vị mới"):
            _outside(book["Quan hệ đơn vị"], header, inside, "đơn vị", faults)
    return faults


def codes(sheet: Sheet, header: str) -> list[str]:
    """The codes of a column as the loader reads them; empty texts for empty cells."""
    return ["" if cell in (None, "") else as_text(cell).replace(" ", "") for cell in sheet.column(header)]


def _units_inside(reach: Reach) -> set[str]:
    ids = list(subtree_ids(reach.units, acting_day())) + list(reach.units)
    return {row[0] for row in read("SELECT code FROM organisation_unit WHERE id = ANY(%s)", [ids])}


def _new_units(book: Book, inside: set[str], faults: list[Fault]) -> set[str]:
    sheet = book.get("Đơn vị")
    if sheet is None:
        return set()
    own, parents = codes(sheet, "Mã đơn vị"), codes(sheet, "Mã đơn vị cấp trên")
    taken = {row[0] for row in read("SELECT code FROM organisation_unit WHERE code = ANY(%s)", [sorted(set(own))])}
    below: dict[str, set[str]] = defaultdict(set)
    for code, parent in zip(own, parents, strict=True):
        if code not in taken and parent:
            below[parent].add(code)
    new: set[str] = set()
    reached = list(inside)
    while reached:
        for code in below.pop(reached.pop(), ()):
            if code not in new:
                new.add(code)
                reached.append(code)
    allowed = inside | new
    for index, (code, parent) in enumerate(zip(own, parents, strict=True)):
        if code and code not in allowed:
            faults.append(_fault(sheet, index, "Mã đơn vị", code, "đơn vị"))
        elif parent and parent not in allowed and code not in inside:
            faults.append(_fault(sheet, index, "Mã đơn vị cấp trên", parent, "đơn vị"))
    return new


def _people(book: Book, reach: Reach) -> tuple[set[str], set[str]]:
    """Codes and citizen numbers of the people inside, and of all those known anywhere."""
    named: set[str] = set()
    for name in ("Hồ sơ", *_PEOPLE_SHEETS):
        if name in book:
            named.update(codes(book[name], "Mã hồ sơ"))
    if "Hồ sơ" in book:
        named.update(codes(book["Hồ sơ"], "Số định danh cá nhân"))
    for name in _SUBJECT_SHEETS:
        if name in book:
            named.update(codes(book[name], "Mã hồ sơ hoặc mã đơn vị"))
    units = list(subtree_ids(reach.units, acting_day())) + list(reach.units)
    wanted = sorted(named - {""})
    people: set[str] = set()
    known: set[str] = set()
    for code, citizen, here in read(
        "SELECT code, citizen_id, coalesce(work_unit_id = ANY(%s) OR party_unit_id = ANY(%s), false) "
        "FROM people_person WHERE code = ANY(%s) OR citizen_id = ANY(%s)",
        [units, units, wanted, wanted],
    ):
        both = {code, citizen} - {None}
        known |= both
        if here:
            people |= both
    return people, known


def _new_people(book: Book, people: set[str], known: set[str], inside: set[str], faults: list[Fault]) -> set[str]:
    sheet = book.get("Hồ sơ")
    if sheet is None:
        return set()
    placed: set[str] = set()
    for name in ("Chức vụ", "Đảng viên"):
        if name in book:
            pairs = zip(codes(book[name], "Mã hồ sơ"), codes(book[name], _UNIT_COLUMN[name]), strict=True)
            placed.update(person for person, unit in pairs if unit in inside)
    new: set[str] = set()
    pairs = zip(codes(sheet, "Mã hồ sơ"), codes(sheet, "Số định danh cá nhân"), strict=True)
    for index, (code, citizen) in enumerate(pairs):
        if not code or {code, citizen} & people:
            continue
        if code in known or (citizen and citizen in known):
            faults.append(_fault(sheet, index, "Mã hồ sơ", code, "hồ sơ"))
        elif code in placed or (citizen and citizen in placed):
            new |= {code, citizen} - {""}
        else:
            faults.append(Fault(
                sheet.name, sheet.first_row + index, "Mã hồ sơ", code,
                f"hồ sơ mới {code} chưa có chức vụ hay nơi sinh hoạt nào trong phạm vi của bạn.",
                "Thêm dòng ở trang Chức vụ hoặc Đảng viên, với đơn vị trong phạm vi.",
            ))  # fmt: skip
    return new


def _outside(sheet: Sheet, header: str, allowed: set[str], what: str, faults: list[Fault]) -> None:
    faults += [
        _fault(sheet, index, header, code, what)
        for index, code in enumerate(codes(sheet, header))
        if code and code not in allowed
    ]


def _fault(sheet: Sheet, index: int, header: str, code: str, what: str) -> Fault:
    return Fault(
        sheet.name,
        sheet.first_row + index,
        header,
        code,
        f"ngoài phạm vi: {what} {code} không thuộc phạm vi của bạn.",
        _FIX,
    )
