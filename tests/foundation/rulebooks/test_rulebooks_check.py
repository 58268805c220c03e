"""Every kind of fault is found, with its file and line, and all at once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canbo.foundation import rulebooks

OLD = 'to = 2025-07-01, value = 16, source = "reg-1-2020-01-01"'
KEEPER = '{ key = "keeper", label = "Thủ môn", to = 2025-07-01 }'


def found(shelf, code):
    return [fault for fault in rulebooks.check(shelf.directories) if fault.code == code]


def test_a_sound_shelf_has_no_fault(shelf):
    assert rulebooks.check(shelf.directories) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ('subject = "sport.entry"', 'subject = "sport.other"', "subject", 1, "sport.entry"),
        ('title = "Vào đội"', "", "schema", 1, "Thiếu title"),
        ('unit = "year"', 'unit = "years"', "unit", 5, "đơn vị tính “years”"),
        ('unit = "year"', 'unite = "year"', "schema", 5, "khóa lạ: unite"),
        ('title = "Tuổi tối thiểu"', 'title = ""', "schema", 5, "thiếu title"),
        ('certainty = "text" },', 'certainty = "sure" },', "certainty", 9, "“sure”"),
        ("from = 2020-01-01", "from = 2019-12-31", "early", 9, "áp dụng từ 31/12/2019, trước khi"),
        ("value = 16", "valeu = 16", "schema", 9, "đúng một value"),
        ("to = 2025-07-01, value", "to = 2025-06-30, value", "gap", 10, "từ 30/06/2025 đến trước 01/07/2025"),
        ("to = 2025-07-01, value", "to = 2025-07-02, value", "overlap", 10, "từ 01/07/2025"),
        (OLD, OLD.replace("to = 2025-07-01, ", ""), "overlap", 10, "Ghi to cho dòng trước"),
        ("to = 2025-07-01, value", "to = 2019-07-01, value", "dates", 9, "phải sau from"),
        ("to = 2025-07-01, value", 'to = "01/07/2025", value', "dates", 9, "không đặt trong ngoặc kép"),
        ("from = 2025-07-01, value", "value", "dates", 10, "thiếu from"),
        (OLD, OLD.replace("reg-1", "reg-7"), "source", 9, "reg-7-2020-01-01"),
        (', source = "reg-1-2020-01-01", article', ", article", "source", 9, "thiếu source"),
        (KEEPER, KEEPER.replace("keeper", "captain"), "duplicate-key", 19, "captain"),
        (KEEPER, KEEPER.replace("Thủ môn", "Trưởng-Đội"), "duplicate-alias", 19, "Trưởng-Đội"),
        (KEEPER, KEEPER.replace('label = "Thủ môn", ', ""), "schema", 19, "key và label"),
        ("[values.age]", "[values.Age]", "schema", 5, "chữ thường"),
        ("[catalogues.roles]", "[values.age]", "duplicate", 13, "ghi hai lần"),
        ('unit = "year"', 'unit = "year"\nunit = "year"', "duplicate", 8, "ghi hai lần"),
        ("value = 16", "value = ", "syntax", 9, "Sai cú pháp"),
    ],
)
def test_each_fault_is_named_with_its_place(shelf, age_text, old, new, code, line, words):
    assert old in age_text
    path = shelf.write("sport/entry.toml", age_text.replace(old, new, 1))
    faults = found(shelf, code)
    assert [(fault.file, fault.line) for fault in faults] == [(path, line)]
    assert words in faults[0].message


def test_a_gap_may_be_declared_with_its_reason(shelf, age_text):
    text = age_text.replace("to = 2025-07-01, value", "to = 2024-07-01, value", 1)
    shelf.write("sport/entry.toml", text.replace('unit = "year"', 'unit = "year"\ngap = "Bãi bỏ một năm"', 1))
    assert rulebooks.check(shelf.directories) == []


def test_a_text_nobody_cites_is_reported_but_does_not_stop_the_system(shelf):
    extra = '\n[reg-3-2025-01-01]\nnumber = "3"\nissued = 2025-01-01\nissuer = "A"\ntitle = "B"\ncertainty = "text"\n'
    path = shelf.central / "sources.toml"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    (fault,) = rulebooks.check(shelf.directories)
    assert (fault.code, fault.file, fault.blocking) == ("unused", path, False)
    assert rulebooks.load(shelf.directories).value("sport.entry.age", on=dt.date(2021, 1, 1)).value == 16
    path.write_text(path.read_text(encoding="utf-8") + 'unused = "để tra cứu"\n', encoding="utf-8")
    assert rulebooks.check(shelf.directories) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("issued = 2020-01-01", "issued = 2020-01-02", "source-id"),
        ("issued = 2020-01-01", "", "schema"),
        ('certainty = "text"', 'certainty = ""', "certainty"),
        ('number = "1-QĐ/X"', "", "schema"),
        ('replaces = ["reg-1-2020-01-01"]', 'replaces = ["reg-0"]', "source"),
        ("effective = 2025-07-01", "effective = 2019-07-01", "dates"),
        ("effective = 2020-01-01", "effective = 2020-01-01\nrepealed_on = 2019-01-01", "dates"),
    ],
)
def test_faults_of_legal_texts(shelf, old, new, code):
    path = shelf.central / "sources.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults = found(shelf, code)
    assert faults
    assert {fault.file for fault in faults} == {path}
    assert all(fault.line > 1 for fault in faults)


def test_all_faults_come_at_once(shelf, age_text):
    text = age_text.replace('unit = "year"', 'unit = "x"').replace("reg-2-2025-07-01", "reg-9")
    shelf.write("sport/entry.toml", text.replace('certainty = "unsure"', 'certainty = "?"'))
    assert {fault.code for fault in rulebooks.check(shelf.directories)} >= {"unit", "source", "certainty"}


@pytest.mark.parametrize(
    ("card", "words"),
    [
        ('level = "central"\nname = "A"', "level phải là"),
        ('level = "unit"\nname = "A"', "phải ghi unit"),
        ('level = "province"', "Thiếu name"),
    ],
)
def test_a_layer_says_whose_rules_they_are(shelf, card, words):
    shelf.layer("xa", "unit", "Xã Mẫu", unit="X1")
    shelf.write("layer.toml", card, layer="xa")
    assert words in found(shelf, "layer")[0].message


def test_local_rules_without_a_layer_card_are_refused(shelf):
    shelf.override("xa", 15)
    assert "Thiếu layer.toml" in found(shelf, "layer")[0].message


def test_two_layers_of_one_place_may_not_rule_on_one_thing(shelf):
    for folder in ("a", "b"):
        shelf.layer(folder, "province", "Tỉnh Mẫu")
        shelf.override(folder, 17)
    assert "đã quy định" in found(shelf, "duplicate")[0].message


def test_a_layer_keeps_the_unit_of_measure(shelf):
    shelf.layer("tinh", "province", "Tỉnh Mẫu")
    path = shelf.override("tinh", 17)
    path.write_text(path.read_text(encoding="utf-8").replace('unit = "year"', 'unit = "month"'), encoding="utf-8")
    assert "như cấp trên" in found(shelf, "layer-unit")[0].message


def test_overlapping_brackets_and_doubled_steps(shelf):
    path = shelf.write(
        "sport/table.toml",
        'subject = "sport.table"\ntitle = "Bảng"\n[brackets.bands]\ntitle = "Nhóm"\nentries = [\n'
        '  { from = 2020-01-01, source = "reg-1-2020-01-01", certainty = "text", rows = ['
        "{ min = 1, max = 5 }, { min = 5 }] },\n"
        ']\n[steps.way]\ntitle = "Bước"\nentries = [\n'
        '  { from = 2020-01-01, source = "reg-1-2020-01-01", certainty = "text", rows = [\n'
        '    { key = "a", label = "A" }, { key = "a", label = "B" },\n  ] },\n]\n',
    )
    assert [(f.file, f.line) for f in found(shelf, "bracket")] == [(path, 6)]
    assert [(f.file, f.line) for f in found(shelf, "schema")] == [(path, 11)]


def test_a_missing_shelf_is_a_fault(tmp_path):
    (fault,) = rulebooks.check([tmp_path / "nowhere"])
    assert fault.code == "missing"


SCALARS = ["3", "-1.5", "true", '"chữ"', '""', "[]", '[""]', "[1]", "{}", "{ a = 1 }", "2020-02-03", "12:30:00"]
VALUE = re.compile(r'(?<== )("[^"\n]*"|[\d-]+|\[[^\[\]\n]*\])')


@given(data=st.data())
def test_whatever_stands_in_a_field_is_a_fault_and_never_a_crash(tmp_path_factory, data, sources_text, age_text):
    """Any one field of a rule or of a legal text replaced by a value of a wrong kind."""
    texts = {"sources.toml": sources_text, "entry.toml": age_text.replace("sport.entry", "entry")}
    name = data.draw(st.sampled_from(sorted(texts)))
    spot = data.draw(st.sampled_from(list(VALUE.finditer(texts[name]))))
    wrong = data.draw(st.sampled_from(SCALARS))
    texts[name] = texts[name][: spot.start()] + wrong + texts[name][spot.end() :]
    root = tmp_path_factory.mktemp("odd")
    for file, text in texts.items():
        (root / file).write_text(text, encoding="utf-8")
    faults = rulebooks.check([root])
    assert all(fault.message and fault.line >= 1 for fault in faults)
    if not [fault for fault in faults if fault.blocking]:
        rules = rulebooks.load([root])
        assert list(rules.in_force("entry", on=dt.date(2026, 1, 1))) is not None


@pytest.mark.parametrize(
    "text", ["values = 3", "[values]\nage = 3", "[[values.age]]\nx = 1", "", "[catalogues.a]\nrows = 3"]
)
def test_a_file_of_another_shape_is_a_fault(shelf, text):
    path = shelf.write("sport/odd.toml", f'subject = "sport.odd"\ntitle = "Lạ"\n{text}\n')
    assert {fault.file for fault in rulebooks.check(shelf.directories)} <= {path}
    assert bool(rulebooks.check(shelf.directories)) == bool(text)
