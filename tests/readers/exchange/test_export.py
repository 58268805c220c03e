"""What is taken out can be loaded again and then taken out the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection, transaction

from canbo.facts.organisation.models import Unit
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope
from canbo.readers.exchange.actions import check_book, export_book, load_book
from canbo.readers.exchange.book import Book
from canbo.readers.exchange.demo.cases import CASES
from canbo.readers.exchange.faults import Findings
from canbo.readers.exchange.loader.plan import Terms
from canbo.readers.exchange.reading import read_workbook

from . import books

TODAY = dt.date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def load(actor: Actor, book: Book, *, today: dt.date = TODAY, historical: bool = True) -> None:
    findings, batch = load_book(actor, book, terms=Terms(today=today, historical=historical, source="thử.xlsx"))
    assert findings.faults == []
    assert batch is not None


def taken_out(actor: Actor, path: Path, under: Unit | None = None, on: dt.date | None = None) -> Book:
    export_book(actor, path=path, under=under, on=on)
    book, faults = read_workbook(path)
    assert faults == []
    return book


def checked(actor: Actor, book: Book) -> Findings:
    return check_book(actor, book, terms=Terms(today=TODAY, historical=False, source="lại.xlsx"))


def news(findings: Findings) -> dict[str, tuple[int, int, int]]:
    return {n: (c.new, c.changed, c.faults) for n, c in findings.counts.items() if c.new or c.changed or c.faults}


def cells(book: Book) -> dict[str, dict[str, list[object]]]:
    return {name: sheet.columns for name, sheet in book.items()}


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_generated_province_goes_out_and_in_unchanged(case: str, the_operator: Actor, tmp_path: Path):
    with transaction.atomic():
        for book in CASES[case].books(size=400, seed=5, today=TODAY):
            load(the_operator, book)
        first = taken_out(the_operator, tmp_path / "1.xlsx")
        assert sum(sheet.size for sheet in first.values()) > 400
        again = checked(the_operator, first)
        assert again.faults == []
        assert news(again) == {}
        transaction.set_rollback(True)  # the database is empty once more
    load(the_operator, first)
    second = taken_out(the_operator, tmp_path / "2.xlsx")
    assert cells(second) == cells(first)


def test_what_the_clerk_wrote_comes_back_as_she_wrote_it(the_operator: Actor, tmp_path: Path):
    load(the_operator, books.book(), historical=False)
    book = taken_out(the_operator, tmp_path / "1.xlsx")
    assert book["Hồ sơ"].column("Ngày sinh") == [dt.date(1985, 5, 19), "02/1980"]
    assert book["Hồ sơ"].column("Số định danh cá nhân") == ["038199000001", "038199000002"]
    assert book["Đảng viên"].column("Hành vi") == ["kết nạp", "kết nạp"]
    assert book["Đơn vị"].column("Mã đơn vị cấp trên") == ["DB01", "DB01", ""]
    assert news(checked(the_operator, book)) == {}


def test_closed_facts_carry_their_last_day_and_how_they_ended(the_operator: Actor, tmp_path: Path):
    load(the_operator, books.book(), historical=False)
    load(the_operator, _transfer(), historical=False)
    book = taken_out(the_operator, tmp_path / "1.xlsx")
    at = book["Đảng viên"].column("Hành vi kết thúc").index("chuyển đi")
    row = {header: column[at] for header, column in book["Đảng viên"].columns.items()}
    assert row["Đến ngày"] == dt.date(2024, 3, 1)
    assert row["Số quyết định kết thúc"] == "77-QĐ/ĐU"
    assert news(checked(the_operator, book)) == {}


def _transfer() -> Book:
    return books.only(
        **{
            "Đảng viên": {
                "Mã hồ sơ": ["HS0001", "HS0001"], "Mã tổ chức đảng sinh hoạt": ["CB01", "CB02"],
                "Từ ngày": ["01/07/2020", "02/03/2024"], "Đến ngày": ["01/03/2024", None],
                "Hành vi": ["kết nạp", "chuyển đến"], "Hành vi kết thúc": ["chuyển đi", None],
                "Số quyết định": ["12-QĐ/ĐU", "77-QĐ/ĐU"], "Số quyết định kết thúc": ["77-QĐ/ĐU", None],
            }
        }
    )  # fmt: skip


def test_a_day_gives_what_was_in_force_on_it(the_operator: Actor, tmp_path: Path):
    load(the_operator, books.book(), historical=False)
    load(the_operator, _transfer(), historical=False)
    before = taken_out(the_operator, tmp_path / "1.xlsx", on=dt.date(2023, 1, 1))
    after = taken_out(the_operator, tmp_path / "2.xlsx", on=dt.date(2024, 5, 1))
    assert before["Đảng viên"].column("Mã tổ chức đảng sinh hoạt") == ["CB01", "CB02"]
    assert after["Đảng viên"].column("Mã tổ chức đảng sinh hoạt") == ["CB02", "CB02"]
    assert news(checked(the_operator, before)) == {}
    assert news(checked(the_operator, after)) == {}


def test_a_number_borne_by_two_papers_is_written_with_its_day(the_operator: Actor, tmp_path: Path):
    papers = {k: [*v, v[1]] for k, v in books.PAPERS.items()}
    papers["Ngày ban hành"][-1] = "28/06/2011"
    load(the_operator, books.book(**{"Quyết định": papers}), historical=False)
    book = taken_out(the_operator, tmp_path / "1.xlsx")
    assert book["Chức vụ"].column("Số quyết định") == ["12-QĐ/ĐU ngày 28/06/2020"]
    assert news(checked(the_operator, book)) == {}


def test_a_clerk_takes_out_her_own_scope_and_no_more(the_operator: Actor, tmp_path: Path):
    load(the_operator, books.book(), historical=False)
    cell, other = Unit.objects.get(code="CB02"), Unit.objects.get(code="CB01")
    reach = Reach(units=frozenset({cell.pk}))
    clerk = Actor(name="Cán bộ xã", user_id=5, reaches={"exchange.export": reach, "exchange.load": reach})
    book = taken_out(clerk, tmp_path / "1.xlsx")
    assert book["Hồ sơ"].column("Mã hồ sơ") == ["HS0002"]
    assert book["Đơn vị"].column("Mã đơn vị") == ["CB02"]
    assert book["Quyết định"].column("Số ký hiệu") == ["01-QĐ/TU", "12-QĐ/ĐU"]
    assert news(checked(clerk, book)) == {}
    with pytest.raises(OutOfScope):
        export_book(clerk, path=tmp_path / "2.xlsx", under=other)
    with pytest.raises(NotPermitted):
        export_book(Actor(name="Người xem", user_id=6), path=tmp_path / "3.xlsx")
    assert AuditEntry.objects.filter(verb="exchange.book.export").count() == 1


@pytest.mark.django_db(transaction=True)
def test_all_sheets_come_from_one_snapshot(the_operator: Actor, tmp_path: Path) -> None:
    levels = set()

    def look(_what: str, _share: float) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            levels.add(cursor.fetchone()[0])

    export_book(the_operator, path=tmp_path / "x.xlsx", progress=look)
    assert levels == {"repeatable read"}
    assert AuditEntry.objects.filter(verb="exchange.book.export").count() == 1
