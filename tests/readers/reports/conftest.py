"""The world that most tests of figures count in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from canbo.foundation.kernel.actor import operator

from . import world as w


@pytest.fixture
def clerk():
    return operator("thử")


@pytest.fixture
def province(db):
    """A province T with two committees A (cells A1, A2) and B (cell B1), and a neighbour V.

    Cell X stood under A until 30/06/2021 and under B from 01/07/2021.
    """
    top = w.unit("T", "đảng bộ tỉnh")
    v = w.unit("V", "đảng bộ tỉnh")
    a = w.unit("A", "đảng bộ cơ sở", (top, "2015-01-01", None))
    b = w.unit("B", "đảng bộ cơ sở", (top, "2015-01-01", None))
    cells = {
        "a1": w.unit("A1", "chi bộ trực thuộc", (a, "2015-01-01", None)),
        "a2": w.unit("A2", "chi bộ trực thuộc", (a, "2015-01-01", None)),
        "b1": w.unit("B1", "chi bộ trực thuộc", (b, "2015-01-01", None)),
        "x": w.unit("X", "chi bộ trực thuộc", (a, "2015-01-01", "2021-07-01"), (b, "2021-07-01", None)),
        "v1": w.unit("V1", "chi bộ trực thuộc", (v, "2015-01-01", None)),
    }
    w.grow()
    return SimpleNamespace(top=top, v=v, a=a, b=b, **cells)
