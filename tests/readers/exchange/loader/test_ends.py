"""What ends by a death, and what keeps a unit from ending."""

from __future__ import annotations

from .books import Row, make, person, post, province, stay, unit
from .conftest import Load, contents, messages, rows

OPEN = "SELECT count(*) FROM {} WHERE voided_on IS NULL AND upper_inf(in_force)"


def dead(code: str, day: str, **more: object) -> Row:
    return person(code, **{"Ngày mất": day, **more})


def test_a_death_ends_what_was_open(load: Load) -> None:
    load(province(**{"Chức vụ": [post("P1", "A"), post("P1", "T", "Ủy viên")]}), clean=True)
    book = make({"Hồ sơ": [dead("P1", "15/08/2024")]})
    found = load(book, clean=True)
    assert found.counts["Hồ sơ"].changed == 1
    assert [(r.sheet, r.row, r.column) for r in found.remarks] == [("Hồ sơ", 2, "Ngày mất")]
    assert found.remarks[0].message.startswith("1 sinh hoạt đảng và 2 chức vụ được kết thúc")
    assert "14/08/2024" in found.remarks[0].message
    assert rows("SELECT in_force::text, closing_act FROM party_membership ORDER BY id LIMIT 1") == [
        ("[2012-02-01,2024-08-15)", "tu_tran")
    ]
    assert rows("SELECT DISTINCT upper(in_force)::text, closing_act FROM staffing_assignment") == [
        ("2024-08-15", "từ trần")
    ]
    # her last place stays hers: those who kept her records still find them
    assert rows("SELECT work_unit_id IS NULL, party_unit_id IS NULL FROM people_person WHERE code = 'P1'") == [
        (False, False)
    ]
    before = contents()
    again = load(book, clean=True)
    assert again.remarks == []
    load(province(**{"Hồ sơ": [dead("P1", "15/08/2024")], "Đảng viên": [stay("P1", "A")], "Chức vụ": [post("P1", "A")]}),
         clean=True)  # fmt: skip
    assert contents() == before


def test_new_people_known_to_be_dead(load: Load) -> None:
    book = province(**{"Hồ sơ": [dead("P1", "15/08/2024"), person("P2")]})
    load(book, clean=True)
    assert rows("SELECT in_force::text, closing_act FROM party_membership ORDER BY id") == [
        ("[2012-02-01,2024-08-15)", "tu_tran"),
        ("[2014-02-03,)", ""),
    ]
    assert rows("SELECT party_unit_id IS NULL FROM people_person ORDER BY code") == [(True,), (False,)]
    before = contents()
    load(book, clean=True)
    assert contents() == before


def test_the_files_own_end_comes_first(load: Load) -> None:
    load(province(), clean=True)
    struck = stay("P1", "A", **{"Đến ngày": "31/12/2020", "Hành vi kết thúc": "xóa tên"})
    load(make({"Hồ sơ": [dead("P1", "15/08/2024")], "Đảng viên": [struck]}), clean=True)
    assert rows("SELECT in_force::text, closing_act FROM party_membership ORDER BY id LIMIT 1") == [
        ("[2012-02-01,2021-01-01)", "xoa_ten")
    ]


def test_a_death_before_what_is_recorded(load: Load) -> None:
    load(province(), clean=True)
    found = load(make({"Hồ sơ": [dead("P1", "01/02/2012")]}), accept_clean=True)
    assert set(messages(found)) == {("Hồ sơ", 2, "Ngày mất")}
    assert rows(OPEN.format("party_membership")) == [(2,)]
    found = load(province(**{"Hồ sơ": [dead("P3", "01/02/2012")], "Đảng viên": [stay("P3", "A", "01/02/2013")]}))
    assert messages(found)[0] == ("Đảng viên", 2, "Từ ngày")


def test_an_ending_act_may_take_its_day_from_the_death(load: Load) -> None:
    died = stay("P1", "A", **{"Hành vi kết thúc": "từ trần"})
    load(province(**{"Hồ sơ": [dead("P1", "15/08/2024"), person("P2")], "Đảng viên": [died]}), clean=True)
    assert rows("SELECT in_force::text, closing_act FROM party_membership") == [("[2012-02-01,2024-08-15)", "tu_tran")]


def test_an_occupied_unit_does_not_end(load: Load) -> None:
    load(
        province(**{"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "T"), unit("C", "A")]}),
        clean=True,
    )
    ended = unit("A", "T", **{"Đến ngày": "30/06/2025"})
    found = load(make({"Đơn vị": [ended]}), accept_clean=True)
    assert messages(found) == [("Đơn vị", 2, "Đến ngày")]
    text = found.faults[0].message
    assert "1 đơn vị trực thuộc (C;" in text
    assert "2 đảng viên đang sinh hoạt (trang Đảng viên)" in text
    assert "1 người đang giữ chức vụ (trang Chức vụ)" in text
    assert found.counts["Đơn vị"].changed == 0


def test_a_unit_ends_when_all_have_left_it(load: Load) -> None:
    load(
        province(**{"Đơn vị": [unit("T", kind="đảng bộ tỉnh"), unit("A", "T"), unit("B", "T"), unit("C", "A")]}),
        clean=True,
    )
    left = {"Đến ngày": "30/06/2025"}
    book = make({
        "Đơn vị": [unit("A", "T", **left), unit("C", "B", **{"Từ ngày": "01/07/2025"})],
        "Quan hệ đơn vị": [{"Mã đơn vị cũ": "A", "Mã đơn vị mới": "B", "Ngày": "01/07/2025", "Hình thức": "sáp nhập",
                            "Số quyết định": "12-QĐ/TU"}],
        "Chức vụ": [post("P1", "A", **left, **{"Hành vi kết thúc": "kết thúc do sắp xếp tổ chức"})],
        "Đảng viên": [
            stay("P1", "A", **left), stay("P2", "A", "03/02/2014", **left),
            stay("P1", "B", "01/07/2025", **{"Hành vi": "chuyển đến"}),
            stay("P2", "B", "01/07/2025", **{"Hành vi": "chuyển đến"}),
        ],
    })  # fmt: skip
    load(book, clean=True)
    assert rows("SELECT count(*) FROM party_membership WHERE closing_act = 'chuyen_di'") == [(2,)]
    assert rows(OPEN.format("organisation_unitversion")) == [(3,)]
    before = contents()
    load(book, clean=True)
    assert contents() == before


def test_one_faulty_departure_keeps_the_unit_open(load: Load) -> None:
    load(province(), clean=True)
    left = {"Đến ngày": "30/06/2025"}
    book = make({
        "Đơn vị": [unit("A", "T", **left)],
        "Chức vụ": [post("P1", "A", **left)],
        "Đảng viên": [stay("P1", "A", **left), stay("P2", "A", "03/02/2014", **{"Đến ngày": "31/06/2025"})],
    })  # fmt: skip
    found = load(book, accept_clean=True)
    assert messages(found) == [("Đơn vị", 2, "Đến ngày"), ("Đảng viên", 3, "Đến ngày")]
    assert "1 đảng viên" in found.faults[0].message
    assert rows("SELECT count(*) FROM party_membership WHERE upper_inf(in_force)") == [(1,)]
    assert rows(OPEN.format("organisation_unitversion")) == [(3,)]
