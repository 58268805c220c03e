"""The tables on quotas as official papers and workbooks."""

from __future__ import annotations

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.numbers import Number, format_number, format_percent

from ..document import Block, Document, Fig, Grid, Run
from ..scope import Place
from .overview import Line, Overview
from .periods import PeriodTable, Row
from .proposals import Proposal

_UNIT = "biên chế"


def _number(code: str, aspect: str, value: Number | None, group: str = "") -> Run:
    return "" if value is None else Fig(code, aspect, format_number(value), value, group)


def _document(place: Place, period: str, abstract: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        kind="bien-che",
        title="Biên chế",
        abstract=abstract,
        doc_type="Biểu tổng hợp",
        type_code="BTH",
        unit=place.code,
        unit_name=place.name,
        unit_kind=place.kind,
        period=period,
        blocks=blocks,
    )


def overview_document(one: Overview) -> Document:
    """By group and by unit; per cent only where one group stands alone."""
    base = f"Ngày {format_date(one.base_day)}"
    headers = (base, "Được giao", "Giảm", "Giảm (%)", "Có mặt", "Chưa sử dụng", "Vượt", "Chưa phân bổ")

    def cells(line: Line, *, percents: bool) -> tuple[Run, ...]:
        return (
            line.label,
            _number("BM05B", "value", line.base, line.group),
            _number("BM01", "value", line.assigned, line.group),
            _number("BM05B", "cut", line.cut, line.group),
            format_percent(line.cut_percent) if percents else "",
            _number("BM02", "value", line.present, line.group),
            _number("BM03A", "value", line.unused, line.group),
            _number("BM03B", "value", line.excess, line.group),
            _number("BM01A", "value", line.unallocated, line.group),
        )

    grids = (
        Grid(
            "nhom",
            f"Biên chế theo nhóm, ngày {format_date(one.span.last)}",
            ("Nhóm", *headers),
            tuple(cells(line, percents=True) for line in one.groups),
            cells(one.total, percents=not one.mixed),
            _UNIT,
        ),
        Grid(
            "don-vi",
            f"Biên chế theo đơn vị, ngày {format_date(one.span.last)}",
            ("Đơn vị", *headers),
            tuple(cells(line, percents=not one.mixed) for line in one.units),
            cells(one.total, percents=not one.mixed),
            _UNIT,
        ),
    )
    return _document(one.place, one.span.code, f"biên chế đến ngày {format_date(one.span.last)}", grids)


def period_document(table: PeriodTable, proposed: Proposal | None) -> Document:
    """What was assigned year by year, what was cut, how far from the goal; the draft of the next period after it."""
    years = tuple(column.heading for column in table.columns)
    base = f"Mốc {format_date(table.base_day)}"

    def assigned(row: Row) -> tuple[Run, ...]:
        return (
            row.name,
            _number("BM05B", "base", row.base, row.code),
            *(_number("BM05B", y, n, row.code) for y, n in zip(years, row.assigned, strict=True)),
        )

    def cut(row: Row) -> tuple[Run, ...]:
        return (
            row.name,
            *(_number("BM05B", f"cut-{y}", n, row.code) for y, n in zip(years, row.yearly, strict=True)),
            _number("BM05B", "cut", row.cut, row.code),
            format_percent(row.cut_percent),
            _number("BM05B", "due", row.due, row.code),
            _number("BM05B", "still", row.still, row.code),
        )

    blocks: list[Block] = [
        Grid(
            "giao",
            f"Biên chế giao, {table.group}",
            ("Đơn vị", base, *years),
            tuple(assigned(row) for row in table.rows),
            assigned(table.total),
            _UNIT,
        ),
        Grid(
            "giam",
            f"Số giảm từng năm và lũy kế so với mốc, {table.group}",
            ("Đơn vị", *years, "Lũy kế", "Tỷ lệ (%)", "Còn theo mục tiêu", "Còn phải giảm"),
            tuple(cut(row) for row in table.rows),
            cut(table.total),
            _UNIT,
        ),
    ]
    if proposed is not None:
        blocks.append(_proposed(proposed, table.group))
    abstract = f"biên chế giai đoạn {table.first} - {table.last}, nhóm {table.group}"
    return _document(table.place, f"{table.first}-01-01..{table.day.isoformat()}", abstract, tuple(blocks))


def _proposed(one: Proposal, group: str) -> Grid:
    return Grid(
        "du-kien",
        f"Dự kiến giai đoạn {one.first} - {one.last}, {group}, giảm {format_percent(one.percent)}",
        ("Đơn vị", "Hiện giao", *(str(year) for year in one.years), "Giảm"),
        tuple(
            (
                row.name,
                _number("BM01", "now", row.now, row.code),
                *(_number("BM01", f"next-{y}", n, row.code) for y, n in zip(one.years, row.path, strict=True)),
                _number("BM01", "next-cut", row.cut, row.code),
            )
            for row in one.rows
        ),
        (
            "Cộng",
            _number("BM01", "now", one.now),
            *(_number("BM01", f"next-{y}", n) for y, n in zip(one.years, one.path, strict=True)),
            _number("BM01", "next-cut", one.now - one.added),
        ),
        _UNIT,
    )
