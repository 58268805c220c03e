"""Which layout holds on which day."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import asdict, fields

import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.foundation.papers.layout import RULEBOOKS, Layout, layout_for, layout_from_values


def test_the_party_changes_its_right_margin_with_the_guidance_of_2026() -> None:
    before, after = layout_for("party", dt.date(2026, 5, 26)), layout_for("party", dt.date(2026, 5, 27))
    assert (before.margin_right, after.margin_right) == (20, 15)
    assert (after.margin_top, after.margin_bottom, after.margin_left) == (20, 20, 30)
    assert (after.text_width, after.landscape_width) == (165, 252)


@pytest.mark.parametrize(("system", "day"), [("party", dt.date(2018, 4, 2)), ("state", dt.date(2020, 3, 4))])
def test_a_day_without_layout_is_refused(system: str, day: dt.date) -> None:
    with pytest.raises(Refused) as caught:
        layout_for(system, day)  # type: ignore[arg-type]
    assert [v.code for v in caught.value.violations] == ["PAPERS-NO-LAYOUT"]
    assert f"{day:%d/%m/%Y}" in str(caught.value)


def test_missing_and_wrong_values_are_all_named() -> None:
    values = asdict(layout_for("state", dt.date(2026, 1, 1)))
    del values["motto"]
    values["margin_top"] = "20"
    values["body_size"] = True
    with pytest.raises(ValueError, match="margin_top, motto, body_size"):
        layout_from_values(values)


def test_values_make_the_same_layout_again() -> None:
    layout = layout_for("party", dt.date(2026, 8, 5))
    assert layout_from_values(asdict(layout)) == layout


@pytest.mark.parametrize("system", ["party", "state"])
def test_the_rulebook_is_whole_and_sourced(system: str) -> None:
    book = tomllib.loads((RULEBOOKS / f"{system}-layout.toml").read_text("utf-8"))
    assert book["subject"] == f"papers.{system}-layout"
    assert set(book["values"]) == {f.name for f in fields(Layout)}
    for value in book["values"].values():
        entries = value["entries"]
        assert value["title"]
        assert all(e["source"] and e["article"] for e in entries)
        assert {e["certainty"] for e in entries} <= {"text", "secondary", "news", "unsure"}
        # Each entry ends on the day the next begins: no gap and no overlap.
        assert [e.get("to") for e in entries] == [*(e["from"] for e in entries[1:]), None]
