"""Loading twice, loading changes, loading only what is new."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from .books import PAPER, Row, make, paper, person, post, province, stay, unit
from .conftest import TODAY, Load, contents, messages, rows

MEMBERSHIPS = """SELECT p.code, u.code, m.in_force::text, m.since, m.closing_act, d.number, c.number, m.voided_on, m.historical
FROM party_membership m JOIN people_person p ON p.id = m.person_id JOIN organisation_unit u ON u.id = m.unit_id
LEFT JOIN decisions_decision d ON d.id = m.opened_by_id LEFT JOIN decisions_decision c ON c.id = m.closed_by_id
ORDER BY p.code, m.since, m.id"""
VERSIONS = """SELECT u.code, v.name, v.in_force::text, s.code, v.voided_on FROM organisation_unitversion v
JOIN organisation_unit u ON u.id = v.unit_id LEFT JOIN organisation_unit s ON s.id = v.parent_id ORDER BY u.code, v.id"""


def settled(load: Load, book: object, **how: bool) -> None:
    """Loading a book once more does nothing at all."""
    before = contents()
    again = load(book, clean=True, **how)
    assert contents() == before
    assert all((c.new, c.changed, c.same) == (0, 0, c.rows) for c in again.counts.values())


def test_the_same_file_twice_changes_nothing(load: Load) -> None:
    first = load(province(), clean=True)
    assert {n: (c.rows, c.new) for n, c in first.counts.items()} == {
        "Quyết định": (1, 1), "Đơn vị": (3, 3), "Hồ sơ": (2, 2), "Đảng viên": (2, 2), "Chức vụ": (1, 1),
    }  # fmt: skip
    assert rows("SELECT count(*) FROM audit_auditentry WHERE verb = 'exchange.book.load'") == [(1,)]
    settled(load, province())


def test_outcomes_are_recognised_again(load: Load) -> None:
    book = province(
        **{
            "Thẻ đảng": [{"Mã hồ sơ": "P1", "Ngày cấp": "19/05/2012", "Hình thức": "phát", "Số thẻ": "00123456"}],
            "Huy hiệu Đảng": [{"Mã hồ sơ": "P2", "Loại": 30, "Ngày trao": "03/02/2021", "Hình thức": "sớm"}],
            "Đào tạo": [
                {
                    "Mã hồ sơ": "P1",
                    "Khóa học": "Cao cấp K71",
                    "Từ ngày": "15/09/2021",
                    "Đến ngày": "09/2021",
                    "Trình độ": "cao cấp lý luận chính trị",
                }
            ],
            "Xếp loại": [
                {"Mã hồ sơ hoặc mã đơn vị": "P1", "Kỳ": "2025", "Căn cứ": "366-QĐ/TW", "Điểm": 90.1, "Mức": "Tốt"},
                {
                    "Mã hồ sơ hoặc mã đơn vị": "A",
                    "Kỳ": "2025-Q3",
                    "Căn cứ": "366-QĐ/TW",
                    "Điểm": "88,456",
                    "Mức": "Tốt",
                },
            ],
            "Khen thưởng": [
                {"Mã hồ sơ hoặc mã đơn vị": "P1", "Hình thức": "Bằng khen", "Ngày": "28/12/2020"},
                {"Mã hồ sơ hoặc mã đơn vị": "B", "Hình thức": "Bằng khen", "Ngày": "28/12/2020"},
            ],
            "Kỷ luật": [{"Mã hồ sơ": "P2", "Hình thức": "khiển trách", "Ngày": "05/04/2021", "Đến ngày": "05/04/2022"}],
            "Biên chế": [
                {"Mã đơn vị": "A", "Nhóm": "công chức", "Từ ngày": "01/01/2021", "Giao": 32},
                {
                    "Mã đơn vị": "A",
                    "Nhóm": "công chức",
                    "Từ ngày": "30/04/2015",
                    "Giao": 40.0,
                    "Là mốc so sánh": "x",
                },
            ],
            "Chỉ tiêu": [
                {"Mã đơn vị": "T", "Mã chỉ tiêu": "KN01", "Kỳ": "2021", "Giá trị": "3.750"},
                {"Mã đơn vị": "T", "Mã chỉ tiêu": "KN01", "Kỳ": "2021", "Giá trị": "2.000,5", "Nhóm": "nữ"},
            ],
            "Vị trí việc làm": [
                {
                    "Mã đơn vị": "A",
                    "Mã vị trí": "CM01",
                    "Tên vị trí": "Chuyên viên tổ chức",
                    "Nhóm": "chuyên môn nghiệp vụ",
                    "Ngạch tối thiểu": "CV",
                    "Số lượng": 2,
                    "Từ ngày": "01/03/2026",
                },
                {
                    "Mã đơn vị": "A",
                    "Mã vị trí": "LD01",
                    "Tên vị trí": "Trưởng ban",
                    "Nhóm": "LĐQL",
                    "Số lượng": "1",
                    "Từ ngày": "01/03/2024",
                    "Đến ngày": "28/02/2026",
                    "Căn cứ": "NĐ 361",
                },
            ],
            "Bố trí vị trí việc làm": [
                {"Mã hồ sơ": "P1", "Mã đơn vị": "A", "Mã vị trí": "CM01", "Từ ngày": "01/03/2026"},
                {"Mã hồ sơ": "P1", "Mã đơn vị": "A", "Mã vị trí": "LD01", "Từ ngày": "15/03/2026", "Kiêm nhiệm": "x"},
            ],
        }
    )
    load(book, history=True, clean=True)
    assert rows("SELECT period, breakdown, value, historical FROM organisation_target ORDER BY breakdown") == [
        ("2021", "", 3750, True),
        ("2021", "nữ", 2000.5, True),
    ]
    assert rows("SELECT person_id IS NULL, unit_id IS NULL FROM people_award ORDER BY id") == [
        (False, True),
        (True, False),
    ]
    assert rows('SELECT code, name_key, "group", min_rank, headcount FROM staffing_jobposition ORDER BY code') == [
        ("CM01", "chuyen vien to chuc", "chuyen_mon", "Chuyên viên", 2),
        ("LD01", "truong ban", "lanh_dao", "", 1),
    ]
    assert rows("SELECT position_code, concurrent FROM staffing_placement ORDER BY 1") == [
        ("CM01", False),
        ("LD01", True),
    ]
    assert rows("SELECT baseline, assigned FROM staffing_staffquota ORDER BY 1") == [(False, 32), (True, 40)]
    settled(load, book, history=True)


def test_an_end_given_later_closes(load: Load) -> None:
    load(province(), clean=True)
    ended = stay("P1", "A", **{"Đến ngày": "31/12/2020", "Hành vi kết thúc": "chuyển đi"})
    later = make({"Đảng viên": [ended, stay("P1", "B", "01/01/2021", **{"Hành vi": "chuyển đến"})]})
    found = load(later, clean=True)
    assert vars(found.counts["Đảng viên"]) == {"rows": 2, "new": 1, "changed": 1, "same": 0, "faults": 0}
    assert [r[:3] + r[4:5] for r in rows(MEMBERSHIPS)][:2] == [
        ("P1", "A", "[2012-02-01,2021-01-01)", "chuyen_di"),
        ("P1", "B", "[2021-01-01,)", ""),
    ]
    assert rows("SELECT u.code FROM people_person p JOIN organisation_unit u ON u.id = p.party_unit_id ORDER BY p.code") == [
        ("B",), ("A",),
    ]  # fmt: skip
    settled(load, later)


def test_the_act_of_leaving_follows_from_the_next_stay(load: Load) -> None:
    ended = stay("P1", "A", **{"Đến ngày": "31/12/2020"})
    book = province(**{"Đảng viên": [ended, stay("P1", "B", "01/01/2021", **{"Hành vi": "chuyển đến"})]})
    load(book, clean=True)
    assert [r[4] for r in rows(MEMBERSHIPS)] == ["chuyen_di", ""]
    settled(load, book)


def test_an_end_without_act_stays_so_when_the_next_stay_comes_in_a_later_file(load: Load) -> None:
    ended = stay("P1", "A", **{"Đến ngày": "31/12/2020"})
    load(province(**{"Đảng viên": [ended]}), clean=True)
    book = make({"Đảng viên": [ended, stay("P1", "B", "01/01/2021", **{"Hành vi": "chuyển đến"})]})
    load(book, clean=True)
    settled(load, book)


def test_changed_content_closes_and_opens_from_the_day_of_loading(load: Load) -> None:
    load(province(**{"Đảng viên": [stay("P1", "A", **{"Số lý lịch": "0001", "Số thẻ": "12345678"})]}), clean=True)
    changed = make({"Đảng viên": [stay("P1", "A", **{"Số lý lịch": "0002", "Số thẻ": None})]})
    assert load(changed, clean=True).counts["Đảng viên"].changed == 1
    assert rows("SELECT in_force::text, since, file_number, card_number FROM party_membership ORDER BY id") == [
        ("[2012-02-01,2026-11-22)", dt.date(2012, 2, 1), "0001", "12345678"),
        ("[2026-11-22,)", dt.date(2012, 2, 1), "0002", "12345678"),
    ]
    settled(load, changed)


def test_columns_that_a_file_does_not_have_say_nothing(load: Load) -> None:
    full = post("P1", "A", **{"Kiêm nhiệm": "x", "Diện quản lý": "Tỉnh ủy", "Thời hạn đến": "01/02/2030"})
    known = person("P1", **{"Quê quán": "Xã Mẫu", "Hệ số lương": "3,66"})
    load(province(**{"Chức vụ": [full], "Hồ sơ": [known], "Đảng viên": [stay("P1", "A")]}), clean=True)
    settled(load, make({"Chức vụ": [post("P1", "A")], "Hồ sơ": [person("P1")], "Đơn vị": [_without_parent("A")]}))
    load(make({"Hồ sơ": [person("P1", "Nguyễn Thị Đổi")]}), clean=True)
    assert rows(
        "SELECT full_name, home_town, salary_coefficient FROM people_personrecord ORDER BY id DESC LIMIT 1"
    ) == [("Nguyễn Thị Đổi", "Xã Mẫu", Decimal("3.66"))]


def _without_parent(code: str) -> Row:
    row = unit(code)
    del row["Mã đơn vị cấp trên"]
    return row


def test_a_changed_dossier_is_in_force_from_the_day_named(load: Load) -> None:
    load(province(), clean=True)
    moved = make({"Hồ sơ": [person("P1", "Nguyễn Thị Mới", **{"Áp dụng từ": "01/06/2026"})]})
    load(moved, clean=True)
    assert rows("SELECT in_force::text, full_name FROM people_personrecord r JOIN people_person p ON p.id = r.person_id "
                "WHERE p.code = 'P1' ORDER BY r.id") == [
        ("(,2026-06-01)", "Nguyễn Thị Mẫu"), ("[2026-06-01,)", "Nguyễn Thị Mới"),
    ]  # fmt: skip
    assert rows("SELECT name, search_text FROM people_person WHERE code = 'P1'") == [
        ("Nguyễn Thị Mới", "moi nguyen thi p1")
    ]
    settled(load, moved)
    early = load(make({"Hồ sơ": [person("P1", "Nguyễn Thị Cũ", **{"Áp dụng từ": "01/01/2020"})]}))
    assert messages(early) == [("Hồ sơ", 2, "Áp dụng từ")]
    assert early.counts["Hồ sơ"].changed == 0


def test_a_correction_needs_its_reason_and_voids(load: Load) -> None:
    load(province(), clean=True)
    wrong = stay("P1", "A", **{"Số lý lịch": "0009", "Sửa sai": "x"})
    assert messages(load(make({"Đảng viên": [wrong]}))) == [("Đảng viên", 2, "Ghi chú")]
    book = make({"Đảng viên": [{**wrong, "Ghi chú": "Ghi nhầm số lý lịch"}]})
    load(book, clean=True)
    assert rows("SELECT voided_on, voided_why, file_number FROM party_membership WHERE file_number <> '' OR voided_on IS NOT NULL "
                "ORDER BY id") == [(TODAY, "Ghi nhầm số lý lịch", ""), (None, "", "0009")]  # fmt: skip
    settled(load, book)


def test_a_correction_after_a_change_takes_the_place_of_the_changed_part(load: Load) -> None:
    load(province(), clean=True)
    load(make({"Đảng viên": [stay("P1", "A", **{"Số lý lịch": "0001"})]}), clean=True, today=dt.date(2026, 1, 1))
    load(make({"Chức vụ": [post("P1", "A", **{"Diện quản lý": "Tỉnh ủy"})]}), clean=True, today=dt.date(2026, 1, 1))
    fixed = make({"Chức vụ": [post("P1", "A", **{"Diện quản lý": "Huyện ủy", "Sửa sai": "x", "Ghi chú": "Ghi nhầm"})]})
    load(fixed, clean=True)
    assert rows("SELECT in_force::text, managed_by FROM staffing_assignment WHERE voided_on IS NULL ORDER BY id") == [
        ("[2015-02-01,2026-01-01)", ""),
        ("[2026-01-01,)", "Huyện ủy"),
    ]
    settled(load, fixed)


def test_empty_cells_are_completed_without_a_new_row(load: Load) -> None:
    load(province(), clean=True)
    full = make({"Đảng viên": [stay("P1", "A", **{"Ngày chính thức": "02/2013", "Số thẻ": "12345678"})]})
    assert load(full, clean=True).counts["Đảng viên"].changed == 1
    assert rows("SELECT official_on, official_precision, card_number FROM party_membership ORDER BY id LIMIT 1") == [
        (dt.date(2013, 2, 1), "m", "12345678")
    ]
    assert rows("SELECT count(*) FROM party_membership") == [(2,)]
    settled(load, full)
    settled(load, make({"Đảng viên": [stay("P1", "A", **{"Ngày chính thức": None, "Số thẻ": ""})]}))


def test_a_unit_goes_on_under_another_name(load: Load) -> None:
    load(province(), clean=True)
    renamed = make({"Đơn vị": [unit("A", "T", **{"Từ ngày": "01/07/2025", "Tên đơn vị": "Chi bộ Mới"})]})
    load(renamed, clean=True)
    assert [r for r in rows(VERSIONS) if r[0] == "A"] == [
        ("A", "Chi bộ A", "[2000-01-01,2025-07-01)", "T", None),
        ("A", "Chi bộ Mới", "[2025-07-01,)", "T", None),
    ]
    assert rows("SELECT name FROM organisation_unit WHERE code = 'A'") == [("Chi bộ Mới",)]
    settled(load, renamed)
    settled(load, province())
    settled(load, make({"Đơn vị": [unit("A", "T"), *_rows(renamed)]}))


def _rows(book: object) -> list[Row]:
    sheet = book["Đơn vị"]  # type: ignore[index]
    return [{h: sheet.columns[h][i] for h in sheet.columns} for i in range(sheet.size)]


def test_a_unit_closed_by_another_decision(load: Load) -> None:
    load(province(), clean=True)
    closed = make({
        "Quyết định": [paper("99-QĐ/TU", "20/06/2025")],
        "Đơn vị": [unit("B", "T", **{"Đến ngày": "30/06/2025", "Số quyết định": "99-QĐ/TU"})],
    })  # fmt: skip
    load(closed, clean=True)
    assert rows("SELECT v.in_force::text, d.number, c.number FROM organisation_unitversion v "
                "JOIN organisation_unit u ON u.id = v.unit_id JOIN decisions_decision d ON d.id = v.opened_by_id "
                "JOIN decisions_decision c ON c.id = v.closed_by_id WHERE u.code = 'B'") == [
        ("[2000-01-01,2025-07-01)", PAPER, "99-QĐ/TU"),
    ]  # fmt: skip
    settled(load, closed)
    assert messages(load(make({"Đơn vị": [unit("B", "T", **{"Đến ngày": "30/06/2024"})]}))) == [("Đơn vị", 2, "")]


def test_history_without_papers_is_marked_and_completed_later(load: Load) -> None:
    bare = {k: [_bare(r) for r in v] for k, v in _sheets().items()}
    found = load(make(bare))
    assert messages(found) == [("Đơn vị", 2, "Số quyết định"), ("Đảng viên", 2, "Mã tổ chức đảng sinh hoạt")]
    assert "dòng đó có lỗi" in found.faults[1].message
    load(make(bare), history=True, clean=True)
    assert rows("SELECT DISTINCT historical, opened_by_id IS NULL FROM party_membership") == [(True, True)]
    settled(load, make(bare))
    load(make({"Quyết định": [paper()], **_sheets()}), clean=True)
    assert rows("SELECT count(*), count(opened_by_id) FROM party_membership") == [(1, 1)]
    assert rows("SELECT count(*), count(opened_by_id) FROM organisation_unitversion") == [(1, 1)]
    settled(load, make(_sheets()))


def _sheets() -> dict[str, list[Row]]:
    return {"Đơn vị": [unit("A")], "Hồ sơ": [person("P1")], "Đảng viên": [stay("P1", "A")]}


def _bare(row: Row) -> Row:
    return {k: v for k, v in row.items() if k != "Số quyết định"}
