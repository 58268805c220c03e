"""The shipped rules answer as the texts say: situation and outcome, on and around each day a rule changes."""

from __future__ import annotations

import datetime as dt
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import clean
from canbo.foundation.rulebooks.commands import as_json

FOLDER = Path(__file__).resolve().parents[2] / "rulebook_cases"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['article']}: {case['path']} {case['on']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]

# a way of evaluating holds from its text on, and no page needs it before
BEGIN_WITH_THEIR_TEXT = ("evaluation.", "papers.evaluation-forms.")
BEGUN_LATER = {
    "people.catalogues.leadership_courses",  # courses that began on 01/07/2025
    "party.committees.sizes",  # set for the congresses of 2025
}


@pytest.fixture
def rules(shipped):
    return rulebooks.load(rulebooks.directories())


def test_the_shipped_rules_have_no_fault(shipped):
    assert rulebooks.check(rulebooks.directories()) == []


@pytest.mark.parametrize("case", CASES)
def test_case(rules, case):
    path, on = case["path"], case["on"]
    unit = case.get("unit") or rules.home(path.rpartition(".")[0]) or None
    if case.get("refused"):
        with pytest.raises(rulebooks.NoRuleInForce):
            rules.value(path, on=on, unit=unit)
    elif "find" in case:
        row = rules.catalogue(path, on=on, unit=unit).find(case["find"])
        assert (row.key if row else "") == case["key"]
    else:
        ruling = rules.value(path, on=on, unit=unit)
        value = as_json(ruling)["value"]
        assert (value, ruling.source.number) == (case["value"], case["source"])


def test_every_change_of_a_value_has_a_case_on_both_sides(rules):
    """A value that differs between two generations is pinned on the day before and on the day of the change.

    Measures of papers are left out: they are read back from finished documents instead.
    """
    pinned = {(case.values[0]["path"], case.values[0]["on"]) for case in CASES}
    units = {layer.unit for layer in rules.layers if layer.unit}
    missing = [
        f"{path} {day}"
        for path in rules.paths("values")
        if not path.startswith("papers.")
        for before, after in pairwise(rules.history(path, unit=units))
        if before.value != after.value
        for day in (after.valid_from - dt.timedelta(days=1), after.valid_from)
        if (path, day) not in pinned
    ]
    assert missing == []


def test_titles_are_in_one_unicode_form(rules):
    titles = [rules.title(subject) for subject in rules.subjects]
    units = {layer.unit for layer in rules.layers if layer.unit}
    titles += [ruling.title for path in rules.paths() for ruling in rules.history(path, unit=units)]
    assert [title for title in titles if title != clean(title)] == []


def test_fifty_four_peoples_in_two_presentations(rules):
    groups = rules.catalogue("people.catalogues.ethnic_groups", on=dt.date(2021, 12, 31))
    peoples = [row for row in groups if row["form_row"] <= 54]
    assert len(peoples) == 54
    assert [row.label for row in peoples if not row["minority"]] == ["Kinh"]
    assert sorted(row["form_row"] for row in groups) == list(range(1, 57))
    assert all(groups.find(row["form_label"]) == row for row in groups)


def test_religions_fill_the_seven_rows_of_the_form(rules):
    religions = rules.catalogue("people.catalogues.religions", on=dt.date(2021, 12, 31))
    rows = {row["form_row"]: row["form_label"] for row in religions if row.get("form_row")}
    assert sorted(rows) == list(range(1, 8))
    assert religions.find("Không").get("form_row") is None


def test_age_bands_leave_no_age_out_and_take_none_twice(rules):
    for day in (dt.date(2020, 6, 1), dt.date(2026, 6, 1)):
        bands = rules.brackets("party.statistics.age_bands", on=day).value
        for age in range(18, 110):
            assert sum(band["min"] <= age <= band.get("max", 200) for band in bands) == 1


@pytest.mark.parametrize("day", [dt.date(2015, 1, 1), dt.date(2020, 1, 1), dt.date(2025, 6, 30), dt.date(2026, 11, 22)])
def test_what_every_page_needs_is_in_force_on_any_day(rules, day):
    lasting = {path for path in rules.paths("catalogues") if not path.startswith(BEGIN_WITH_THEIR_TEXT)}
    for path in lasting - BEGUN_LATER:
        assert rules.catalogue(path, on=day).rows
    for path in ("party.admission.counted_by", "party.seniority.counted_from"):
        if day.year >= 2020:
            assert rules.value(path, on=day).value


@pytest.mark.parametrize(
    "name",
    """
    trung ương, tỉnh, huyện, xã, thôn, tổ dân phố, sở, ban, phòng, cơ quan, đơn vị sự nghiệp, doanh nghiệp, hội,
    đảng bộ trực thuộc trung ương, đảng bộ tỉnh, đảng bộ cấp trên trực tiếp cơ sở, đảng bộ cơ sở, đảng bộ xã,
    đảng bộ bộ phận, chi bộ cơ sở, chi bộ trực thuộc, chi bộ, tổ đảng, mặt trận, tổ chức chính trị - xã hội
    """.replace("\n", " ").split(","),
)
def test_the_kinds_of_the_workbook_are_known(rules, name):
    assert rules.catalogue("organisation.kinds.units", on=dt.date(2024, 1, 1)).find(name.strip())


def test_a_reference_names_articles_of_decrees_and_points_of_guidance(rules):
    rotation = rules.value("staffing.acts.rotation_min", on=dt.date(2025, 7, 1))
    certificate = rules.value("party.admission.certificate_validity", on=dt.date(2025, 6, 9))
    assert rotation.reference == "Điều 48, 170/2025/NĐ-CP"
    assert certificate.reference == "điểm 5.4, 06-HD/TW ngày 09/06/2025"
