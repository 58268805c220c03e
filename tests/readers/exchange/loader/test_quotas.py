"""Totals to be handed on and the staff group of a post, from workbooks: new, again, completed, put right."""

from __future__ import annotations

from .books import post, province
from .conftest import Load, rows
from .test_again import settled

TOTALS = "SELECT assigned, in_force::text, voided_on IS NOT NULL FROM staffing_quotatotal ORDER BY id"
TOTAL = {"Mã đơn vị": "T", "Nhóm": "công chức", "Từ ngày": "01/01/2021", "Giao": 100}


def test_totals_come_in_change_and_are_put_right(load: Load) -> None:
    first = province(**{"Tổng biên chế giao": [TOTAL]})
    load(first, history=True, clean=True)
    settled(load, first, history=True)
    later = {**TOTAL, "Từ ngày": "01/01/2024", "Giao": 95}
    load(province(**{"Tổng biên chế giao": [{**TOTAL, "Đến ngày": "31/12/2023"}, later]}), history=True, clean=True)
    assert rows(TOTALS) == [(100, "[2021-01-01,2024-01-01)", False), (95, "[2024-01-01,)", False)]
    wrong = {**later, "Giao": 96, "Sửa sai": "x", "Ghi chú": "chép nhầm"}
    load(province(**{"Tổng biên chế giao": [wrong]}), history=True, clean=True)
    assert rows(TOTALS) == [
        (100, "[2021-01-01,2024-01-01)", False),
        (95, "[2024-01-01,)", True),
        (96, "[2024-01-01,)", False),
    ]


def test_the_group_of_a_post_is_completed_and_kept(load: Load) -> None:
    seen = "SELECT staff_group, voided_on IS NOT NULL FROM staffing_assignment ORDER BY id"
    load(province(**{"Chức vụ": [post("P1", "T")]}), clean=True)
    assert rows(seen) == [("", False)]
    named = province(**{"Chức vụ": [post("P1", "T", **{"Nhóm biên chế": "viên chức"})]})
    load(named, clean=True)
    assert rows(seen) == [("viên chức", False)], "an empty cell is filled in, not written anew"
    settled(load, named)
    settled(load, province(**{"Chức vụ": [post("P1", "T")]}))
