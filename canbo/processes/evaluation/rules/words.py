"""A book in readable Vietnamese: its parts as tables, each line with article, certainty and the layer that says it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.rulebooks import CERTAINTIES, LEVEL_LABELS, NoRuleInForce, Row, Ruling
from canbo.foundation.rulebooks.model import CENTRAL, UNITS

from .books import SUBJECT, Book
from .caps import BASES
from .consistency import CHOICES
from .parts import PARTS

TRACKS = {
    "state": "Nhà nước: công chức, viên chức, cơ quan",
    "party_year": "Đảng: kiểm điểm, xếp loại năm",
    "party_quarter": "Đảng: đánh giá hằng quý",
    "local_month": "Địa phương: đánh giá hằng tháng",
    "history": "Dữ liệu cũ",
}
PERIODS = {
    "month": "tháng", "quarter": "quý", "half_year": "6 tháng", "year": "năm", "term": "nhiệm kỳ", "ad_hoc": "đột xuất",
}  # fmt: skip
SCOPES = {
    "body_and_group": "trong từng cơ quan và từng nhóm nhiệm vụ tương đồng",
    "recognising_level": "trong phạm vi cấp công nhận",
    "similar_posts": "theo nhóm chức vụ tương đồng",
    "similar_bodies": "theo nhóm tập thể tương đồng",
    "body": "trong từng cơ quan",
}
HIDDEN = ("track", "aliases", "based_on", "periods")


@dataclass(frozen=True)
class Line:
    """One line of a section: what it says, its value, and on what strength."""

    title: str
    value: str
    article: str
    certainty: str
    sure: bool
    layer: str
    since: dt.date | None
    depth: int = 0
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One part of a book; ``key`` is its anchor."""

    key: str
    title: str
    lines: tuple[Line, ...]


def sections(book: Book) -> list[Section]:
    """The parts of a book that hold on its day, in the order a reader asks for them."""
    found = [
        _rows(book, "groups", "Nhóm đối tượng", lambda row: PEOPLE.get(row["kind"], "")),
        *_criteria(book),
        _rows(book, "axes", "Các trục", lambda row: _points(row.get("usual"))),
        _rows(book, "components", "Các thành phần của điểm kết quả", _component),
        _rows(book, "grades", "Mức xếp loại", _threshold),
        _rows(book, "conditions", "Điều kiện bên cạnh điểm", lambda row: _grade(book, row)),
        _rows(book, "knockouts", "Trường hợp loại trừ", _knockout(book)),
        _rows(book, "ceilings", "Mức trần", lambda row: _limit(book, row)),
        _rows(book, "caps", "Tỷ lệ mức cao nhất", _cap(book)),
        _rows(book, "special", "Trường hợp đặc biệt", _special),
        _rows(book, "task_rules", "Cách tính nhiệm vụ", _task_rule),
        _rows(book, "authority", "Thẩm quyền", lambda row: row.get("text") or row.get("decides", "")),
        _rows(book, "deadlines", "Thời hạn", _deadline),
        _rows(book, "suggested_review", "Gợi ý kiểm điểm", lambda row: row.get("effect", "")),
        _rows(book, "review_signals", "Việc phải làm rõ khi kiểm điểm", lambda row: ""),
        _steps(book),
        _rows(book, "forms", "Biểu mẫu", lambda row: _periods(row)),
        _values(book),
    ]
    return [section for section in found if section and section.lines]


PEOPLE = {"person": "cá nhân", "collective": "tập thể"}


def _rows(book: Book, name: str, title: str, value: Any) -> Section:
    lines = tuple(_line(row.ruling, row.label, str(value(row) or "")) for row in book.rows(name))
    return Section(name, title, lines)


def _line(ruling: Ruling, title: str, value: str, depth: int = 0) -> Line:
    local = "" if ruling.layer.level == CENTRAL else f"{LEVEL_LABELS[ruling.layer.level]}: {ruling.layer.name}"
    since = None if ruling.valid_from == dt.date.min else ruling.valid_from
    certainty = CERTAINTIES[ruling.certainty]
    return Line(title, value, ruling.reference, certainty, ruling.is_sure, local, since, depth, ruling.note)


def _criteria(book: Book) -> Iterator[Section]:
    named: dict[str, list[str]] = {}
    for group in book.groups.values():
        if group.criteria:
            named.setdefault(group.criteria, []).append(group.title)
    for name, titles in named.items():
        lines, depths = [], {"": -1}
        for row in book.rows(name):
            depth = depths[row.key] = depths.get(row.get("parent", ""), -1) + 1
            value = _points(row.get("max")) or "do cấp dưới quy định"
            lines.append(_line(row.ruling, f"{row.key}. {row.label}", f"{value} ({PARTS[row['part']]})", depth))
        yield Section(name, f"Tiêu chí: {'; '.join(titles)}", tuple(lines))


def _points(value: Any) -> str:
    return "" if value is None else f"{format_number(Decimal(str(value)))} điểm"


def _component(row: Row) -> str:
    return f"mức cao: {row['high']}; mức thấp: {row['low']}" if row.get("high") else ""


def _threshold(row: Row) -> str:
    if row.get("min") is None:
        return "giữ mức đã ghi"
    top = f" đến dưới {format_number(row['below'])}" if row.get("below") is not None else ""
    return f"từ {format_number(row['min'])}{top} điểm"


def _grade(book: Book, row: Row) -> str:
    groups = ", ".join(book.groups[key].title for key in row.get("groups", ()) if key in book.groups)
    grade = next((grade.title for grade in book.grades if grade.key == row.get("grade")), "")
    return f"{grade}{': ' if grade and groups else ''}{groups}"


def _knockout(book: Book) -> Any:
    def words(row: Row) -> str:
        softened = f"; được xem xét khi: {row['mitigation']}" if row.get("mitigation") else ""
        return f"{_grade(book, row)}{softened}"

    return words


def _limit(book: Book, row: Row) -> str:
    if row.get("limit"):
        return f"không quá {book.grade(row['limit']).title}"
    return "không quá mức của tổ chức"


def _cap(book: Book) -> Any:
    def words(row: Row) -> str:
        return f"{percent(row['ratio'])}% {BASES[row['base']]}, {SCOPES.get(row.get('scope', ''), '')}".rstrip(", ")

    return words


def _special(row: Row) -> str:
    return "không xếp loại" if row.get("effect") == "not_graded" else "lưu ý khi xếp loại"


def _task_rule(row: Row) -> str:
    return f"số được giao: {'có' if row['assigned'] else 'không'}; số hoàn thành: {'có' if row['done'] else 'không'}"


def _deadline(row: Row) -> str:
    words = []
    if row.get("before"):
        words.append(f"trước {_day(row['before'])}")
    if row.get("special"):
        words.append(f"đặc thù trước {_day(row['special'])}")
    if row.get("before_day"):
        words.append(f"trước ngày {row['before_day']} tháng cuối kỳ")
    if row.get("before_day_next"):
        words.append(f"trước ngày {row['before_day_next']} tháng sau")
    if row.get("working_days"):
        words.append(f"{row['working_days']} ngày làm việc")
    if row.get("days"):
        words.append(f"{row['days']} ngày")
    if row.get("day"):
        words.append(f"{row['day']:%d/%m/%Y}")
    return "; ".join(words)


def _day(text: str) -> str:
    month, day = text.split("-")
    return f"{day}/{month}"


def _periods(row: Row) -> str:
    return ", ".join(PERIODS.get(period, period) for period in row.get("periods", ()))


def _steps(book: Book) -> Section:
    lines = []
    for path in book.rules.paths("steps"):
        subject = path.rpartition(".")[0]
        if subject != f"{SUBJECT}{book.code}":
            continue
        try:
            ruling = book.rules.steps(path, on=book.on, unit=book.unit_codes)
        except NoRuleInForce:
            continue
        lines.append(_line(ruling, ruling.title, " → ".join(str(row["label"]) for row in ruling.value)))
    return Section("steps", "Các bước", tuple(lines))


def _values(book: Book) -> Section:
    lines = [_line(ruling, ruling.title, value_words(ruling)) for ruling in settings(book)]
    return Section("values", "Giá trị, thiết lập", tuple(lines))


def settings(book: Book) -> list[Ruling]:
    """The values of a book, its own and those it takes over, each once."""
    found: dict[str, Ruling] = {}
    for code in (book.code, *book.based_on):
        start = f"{SUBJECT}{code}."
        for path in book.rules.paths("values"):
            name = path.removeprefix(start)
            if path.startswith(start) and "." not in name and name not in HIDDEN and name not in found:
                try:
                    found[name] = book.ruling(name)
                except NoRuleInForce:
                    continue
    return list(found.values())


def value_words(ruling: Ruling) -> str:
    """A value with its unit, as people write it."""
    return f"{_said(ruling.path.rpartition('.')[2], ruling.value)} {UNITS[ruling.unit]}".strip()


def _said(name: str, value: Any) -> str:
    if value in CHOICES.get(name, {}):
        return CHOICES[name][value]
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, tuple):
        return "; ".join(_said("", one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said('', inner)}" for key, inner in value.items())
    if isinstance(value, (int, float, Decimal)):
        return format_number(Decimal(str(value)))
    return {"sick": "nghỉ ốm", "maternity": "nghỉ thai sản", "unpaid": "nghỉ không hưởng lương"}.get(value, str(value))


def percent(ratio: str) -> str:
    """``"20/100"`` as 20."""
    value = Fraction(ratio) * 100
    return format_number(Decimal(value.numerator) / Decimal(value.denominator))
