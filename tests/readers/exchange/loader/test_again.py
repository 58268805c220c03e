"""Loading twice, loading changes, loading only what is new."""

from __future__ import annotations

from .books import province
from .conftest import Load, contents


def test_the_same_file_twice_changes_nothing(load: Load) -> None:
    first = load(province(), clean=True)
    assert {n: (c.rows, c.new) for n, c in first.counts.items()} == {
        "Quyết định": (1, 1), "Đơn vị": (3, 3), "Hồ sơ": (2, 2), "Đảng viên": (2, 2), "Chức vụ": (1, 1),
    }  # fmt: skip
    before = contents()
    again = load(province(), clean=True)
    assert contents() == before
    assert all((c.new, c.changed, c.faults, c.same) == (0, 0, 0, c.rows) for c in again.counts.values())
