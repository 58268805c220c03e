"""What is in force on a day, in which layer, and what happens when nothing is."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.foundation import rulebooks
from canbo.foundation.rulebooks import FaultyRulebooks, NoRuleInForce, UnknownRule

D = dt.date
BEFORE, ON, AFTER = D(2025, 6, 30), D(2025, 7, 1), D(2025, 7, 2)


def test_the_value_changes_on_the_boundary_day(shelf):
    rules = rulebooks.load(shelf.directories)
    assert [rules.value("sport.entry.age", on=day).value for day in (BEFORE, ON, AFTER)] == [16, 18, 18]


def test_a_ruling_tells_its_source_by_number_and_date(shelf):
    rules = rulebooks.load(shelf.directories)
    old, new = (rules.value("sport.entry.age", on=day) for day in (BEFORE, ON))
    assert old.reference == "điểm 4.1, 1-QĐ/X ngày 01/01/2020"
    assert new.reference == "điểm 5, 1-QĐ/X ngày 01/07/2025"
    assert (old.valid_from, old.valid_to, new.valid_to) == (D(2020, 1, 1), ON, None)
    assert old.is_sure
    assert not new.is_sure
    assert new.note == "Chờ."


def test_before_the_first_rule_there_is_no_default(shelf):
    with pytest.raises(NoRuleInForce, match=r"Tuổi tối thiểu.*31/12/2019.*từ 01/01/2020 đến trước 01/07/2025"):
        rulebooks.load(shelf.directories).value("sport.entry.age", on=D(2019, 12, 31))


def test_an_unknown_path_names_the_near_ones(shelf):
    with pytest.raises(UnknownRule, match=r"sport\.entry\.age") as refusal:
        rulebooks.load(shelf.directories).value("sport.entry.ages", on=ON)
    assert refusal.value.near[0] == "sport.entry.age"


def test_a_catalogue_is_not_a_value(shelf):
    with pytest.raises(UnknownRule, match="danh mục, không phải giá trị"):
        rulebooks.load(shelf.directories).value("sport.entry.roles", on=ON)


def test_catalogue_rows_come_and_go(shelf):
    rules = rulebooks.load(shelf.directories)
    keys = [[row.key for row in rules.catalogue("sport.entry.roles", on=day)] for day in (BEFORE, ON)]
    assert keys == [["captain", "keeper"], ["captain", "libero"]]
    roles = rules.catalogue("sport.entry.roles", on=ON)
    assert "keeper" not in roles
    assert roles["captain"]["pay"] == 2
    assert roles["captain"].get("absent") is None
    with pytest.raises(KeyError, match="không có mã “keeper”"):
        roles["keeper"]


def test_rows_of_all_times_for_reading_old_files(shelf):
    rows = rulebooks.load(shelf.directories).rows_ever("sport.entry.roles")
    assert [row.key for row in rows] == ["captain", "keeper", "libero"]
    assert rows[1].ruling.valid_to == ON


@pytest.mark.parametrize("text", ["libero", "Hoà giải viên", "Hòa giải viên", "HOÀ  GIẢI-VIÊN", "hoa giai vien"])
def test_a_name_is_found_however_it_is_typed(shelf, text):
    found = rulebooks.load(shelf.directories).catalogue("sport.entry.roles", on=ON).find(text)
    assert found is not None
    assert found.key == "libero"


@pytest.mark.parametrize("text", ["Hóa giải viên", "Thủ môn", ""])
def test_a_wrong_diacritic_or_an_ended_row_is_not_taken(shelf, text):
    assert rulebooks.load(shelf.directories).catalogue("sport.entry.roles", on=ON).find(text) is None


def test_the_nearest_layer_wins_only_while_its_own_rule_holds(shelf):
    shelf.layer("tinh", "province", "Tỉnh Mẫu")
    shelf.override("tinh", 17)
    shelf.layer("xa", "unit", "Xã Mẫu", unit="X1")
    shelf.override("xa", 15)
    rules = rulebooks.load(shelf.directories)
    day = D(2022, 5, 5)
    assert rules.value("sport.entry.age", on=day).value == 17
    assert rules.value("sport.entry.age", on=day, unit=["X1-2", "X1", "T"]).value == 15
    assert rules.value("sport.entry.age", on=day, unit="X2").layer.name == "Tỉnh Mẫu"
    assert rules.value("sport.entry.age", on=D(2023, 1, 1), unit="X1").value == 16
    assert rules.value("sport.entry.age", on=D(2020, 12, 31), unit="X1").value == 16


def test_a_lower_layer_needs_a_source_of_its_own(shelf):
    shelf.layer("tinh", "province", "Tỉnh Mẫu")
    path = shelf.override("tinh", 17, source="reg-1-2020-01-01")
    with pytest.raises(FaultyRulebooks, match="chỉ được thay quy định bằng văn bản của chính mình") as refusal:
        rulebooks.load(shelf.directories)
    fault = next(f for f in refusal.value.faults if f.code == "layer-source")
    assert (fault.file, fault.line) == (path, 6)


def test_nobody_changes_a_rule_in_memory(shelf, age_text):
    shelf.write("sport/entry.toml", age_text.replace("value = 18", "value = { boys = [18, 19] }"))
    value = rulebooks.load(shelf.directories).value("sport.entry.age", on=ON).value
    assert value["boys"] == (18, 19)
    with pytest.raises(TypeError):
        value["boys"] = (1,)


def test_the_version_follows_the_content(shelf, age_text):
    first = rulebooks.load(shelf.directories)
    assert rulebooks.load(shelf.directories) is first
    time.sleep(0.01)
    shelf.write("sport/entry.toml", age_text.replace("value = 18", "value = 19"))
    second = rulebooks.load(shelf.directories)
    assert second.value("sport.entry.age", on=ON).value == 19
    assert second.version != first.version
    shelf.write("sport/entry.toml", age_text)
    assert rulebooks.load(shelf.directories).version == first.version


def test_a_faulty_edit_leaves_the_last_sound_rules(shelf, age_text, monkeypatch, caplog):
    monkeypatch.setattr(rulebooks, "_RECHECK_SECONDS", 0.0)
    rulebooks.configure(shelf.directories)
    try:
        sound = rulebooks.current()
        shelf.write("sport/entry.toml", age_text.replace("value = 18", "value = "))
        assert rulebooks.current() is sound
        assert "Sai cú pháp" in caplog.text
        shelf.write("sport/entry.toml", age_text.replace("value = 18", "value = 20"))
        assert rulebooks.current().value("sport.entry.age", on=ON).value == 20
    finally:
        rulebooks.configure([])


DAYS = st.dates(D(1990, 1, 1), D(2050, 1, 1))


@given(cuts=st.lists(DAYS, min_size=2, max_size=7, unique=True).map(sorted), closed=st.booleans(), day=DAYS)
def test_the_value_is_always_that_of_the_entry_holding_the_day(tmp_path_factory, cuts, closed, day):
    """Any chain of entries: the answer is the entry whose period holds the day, else a refusal."""
    root = tmp_path_factory.mktemp("rules")
    spans: list[tuple[dt.date, dt.date | None]] = list(pairwise(cuts))
    if not closed:
        spans.append((cuts[-1], None))
    lines = [
        f"  {{ from = {a}, {f'to = {b}, ' if b else ''}value = {n}, source = 's-1990-01-01', certainty = 'text' }},"
        for n, (a, b) in enumerate(spans)
    ]
    (root / "x.toml").write_text(
        "subject = 'x'\ntitle = 'X'\n[values.v]\ntitle = 'V'\nentries = [\n" + "\n".join(reversed(lines)) + "\n]\n"
    )
    (root / "sources.toml").write_text(
        "[s-1990-01-01]\nnumber='1'\nissued=1990-01-01\nissuer='A'\ntitle='B'\neffective=1990-01-01\ncertainty='text'\n"
    )
    rules = rulebooks.load([root])
    expected = [n for n, (a, b) in enumerate(spans) if a <= day and (b is None or day < b)]
    if expected:
        assert [rules.value("x.v", on=day).value] == expected
    else:
        with pytest.raises(NoRuleInForce):
            rules.value("x.v", on=day)


def test_a_province_adds_and_renames_catalogue_rows(shelf):
    shelf.layer("tinh", "province", "Tỉnh Mẫu")
    shelf.write(
        "sport/entry.toml",
        'subject = "sport.entry"\n[catalogues.roles]\ntitle = "Vai trò"\nsource = "tinh-2021-01-01"\n'
        'certainty = "text"\nrows = [\n  { key = "captain", label = "Thủ quân", from = 2021-01-01 },\n'
        '  { key = "coach", label = "Huấn luyện viên", from = 2021-01-01 },\n]\n',
        layer="tinh",
    )
    rules = rulebooks.load(shelf.directories)
    labels = [rules.catalogue("sport.entry.roles", on=day).labels for day in (D(2020, 12, 31), D(2021, 1, 1))]
    assert labels == [["Đội trưởng", "Thủ môn"], ["Thủ quân", "Thủ môn", "Huấn luyện viên"]]
    assert rules.catalogue("sport.entry.roles", on=ON)["coach"].ruling.layer.level == "province"
