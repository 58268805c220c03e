"""Conditions of the shipped rulebooks, situation and outcome, around each boundary day; the article is the id."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from canbo.facts.party.rules import (
    Admission,
    BadgeCase,
    BadgeTerms,
    Born,
    Gap,
    Recognition,
    admission_conditions,
    badge_conditions,
    card_conditions,
    cell_condition,
    expulsion_conditions,
    readmission_conditions,
    recognition_conditions,
)
from canbo.facts.staffing.rules import age_condition, retirement_on, term_condition
from canbo.facts.training.rules import certificate_condition
from canbo.foundation import rulebooks
from canbo.foundation.kernel.condition import Condition, unmet

D = dt.date
OLD, NEW, UNSURE = D(2024, 6, 1), D(2025, 7, 1), D(2026, 4, 8)


def rule(path: str, on: dt.date) -> Any:
    return rulebooks.current().value(path, on=on)


def blocking(conditions: list[Condition]) -> list[tuple[str, bool]]:
    return [(fault.code, fault.blocking) for fault in unmet(conditions)]


def age(born: Born | None, day: dt.date, *, consent: bool = False) -> list[Condition]:
    names = ("age_min", "age_max", "age_counted_by", "over_age_needs_consent")
    return admission_conditions(
        born, day, Admission(*(rule(f"party.admission.{n}", day) for n in names)), consent=consent
    )


@pytest.mark.parametrize(
    ("born", "day", "consent", "found"),
    [
        pytest.param(Born(D(2006, 6, 30)), OLD, False, [], id="24-QĐ/TW: 18 for the whole month it is reached"),
        pytest.param(Born(D(2006, 7, 1)), OLD, False, [True], id="24-QĐ/TW: the month before 18"),
        pytest.param(Born(D(1964, 6, 1)), OLD, False, [], id="24-QĐ/TW: 60 for the whole month"),
        pytest.param(Born(D(1964, 5, 31)), OLD, False, [True], id="24-QĐ/TW: the month after 60"),
        pytest.param(Born(D(1964, 5, 31)), OLD, True, [], id="01-HD/TW: above 60 with written consent"),
        pytest.param(Born(D(2006, 1, 1), "y"), OLD, False, [False], id="24-QĐ/TW: only the year is known, a remark"),
        pytest.param(Born(D(2007, 1, 1), "y"), OLD, False, [True], id="24-QĐ/TW: too young whatever the month"),
        pytest.param(Born(D(2006, 6, 1), "m"), OLD, False, [], id="24-QĐ/TW: the month is enough"),
        pytest.param(Born(D(2007, 7, 31)), NEW, False, [], id="294-QĐ/TW: first day"),
        pytest.param(Born(D(2007, 8, 1)), NEW, False, [True], id="294-QĐ/TW: first day, a month too early"),
        pytest.param(Born(D(2008, 5, 1)), UNSURE, False, [False], id="20-QĐ/TW: unverified, a remark"),
        pytest.param(Born(D(2008, 5, 1)), D(2026, 4, 7), False, [True], id="294-QĐ/TW: last day"),
        pytest.param(None, OLD, False, [True], id="24-QĐ/TW: no day of birth"),
    ],
)
def test_age_of_admission(born: Born | None, day: dt.date, consent: bool, found: list[bool]) -> None:
    assert blocking(age(born, day, consent=consent)) == [("PARTY-ADMISSION-AGE", blocks) for blocks in found]


def test_no_rule_in_force_is_no_default() -> None:
    with pytest.raises(rulebooks.NoRuleInForce, match="24/07/2016"):
        rule("party.admission.age_min", D(2016, 7, 24))
    assert rule("party.admission.age_min", D(2016, 7, 25)).value == 18


def test_an_unverified_value_says_that_it_is_a_setting() -> None:
    (fault,) = unmet(age(Born(D(2008, 5, 1)), UNSURE))
    assert fault.source == "20-QĐ/TW ngày 08/04/2026"
    assert "thiết lập chưa đối chiếu được" in str(fault.fix)


@pytest.mark.parametrize(
    ("earned", "day", "found"),
    [
        pytest.param(D(2020, 6, 10), D(2025, 6, 10), [], id="06-HD/TW 5.4: the last day of 60 months"),
        pytest.param(D(2020, 6, 10), D(2025, 6, 11), [True], id="06-HD/TW 5.4: the day after"),
        pytest.param(D(2020, 6, 7), D(2025, 6, 8), [False], id="01-HD/TW 2021: unverified, a remark"),
        pytest.param(D(2025, 6, 11), D(2025, 6, 10), [True], id="06-HD/TW 5.4: earned after the case was considered"),
        pytest.param(None, D(2025, 6, 10), [False], id="06-HD/TW 5.4: no course recorded, a remark"),
    ],
)
def test_certificate(earned: dt.date | None, day: dt.date, found: list[bool]) -> None:
    condition = certificate_condition(earned, day, rule("party.admission.certificate_validity", day), "")
    assert blocking([condition]) == [("PARTY-ADMISSION-CERTIFICATE", blocks) for blocks in found]


@pytest.mark.parametrize(
    ("left", "before", "day", "codes"),
    [
        pytest.param(D(2021, 6, 1), 0, OLD, [], id="24-QĐ/TW: 36 months to the day"),
        pytest.param(D(2021, 6, 2), 0, OLD, [("PARTY-READMISSION-WAIT", True)], id="24-QĐ/TW: a day short"),
        pytest.param(D(2015, 1, 1), 1, OLD, [("PARTY-READMISSION-ONCE", True)], id="24-QĐ/TW: a second time"),
        pytest.param(D(2023, 4, 9), 0, UNSURE, [("PARTY-READMISSION-WAIT", False)], id="20-QĐ/TW: a remark"),
    ],
)
def test_readmission(left: dt.date, before: int, day: dt.date, codes: list[tuple[str, bool]]) -> None:
    terms = rule("party.admission.readmission_wait", day), rule("party.admission.readmissions_max", day)
    assert blocking(readmission_conditions(left, before, day, *terms)) == codes


@pytest.mark.parametrize(
    ("official", "decided", "codes"),
    [
        pytest.param(D(2025, 9, 15), D(2025, 9, 15), [], id="294-QĐ/TW: 12 months to the day"),
        pytest.param(D(2025, 9, 15), D(2025, 11, 3), [], id="294-QĐ/TW: a late decision, as of the end of probation"),
        pytest.param(D(2025, 9, 14), D(2025, 9, 15), ["PARTY-PROBATION"], id="294-QĐ/TW: a day short"),
        pytest.param(D(2025, 9, 15), D(2025, 9, 14), ["PARTY-PROBATION"], id="294-QĐ/TW: decided before the end"),
        pytest.param(D(2025, 11, 3), D(2025, 11, 3), ["PARTY-PROBATION-END"], id="294-QĐ/TW: from the late decision"),
    ],
)
def test_full_membership(official: dt.date, decided: dt.date, codes: list[str]) -> None:
    terms = rule("party.admission.probation", decided), rule("party.admission.recognised_as_of", decided)
    found = recognition_conditions(Recognition(D(2024, 9, 15), official, decided), *terms)
    assert blocking(found) == [(code, True) for code in codes]


ROUND = D(2026, 2, 3)


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        pytest.param(BadgeCase(30, "thuong", ROUND, D(1996, 2, 3)), [], id="06-HD/TW: 30 years to the day"),
        pytest.param(BadgeCase(30, "thuong", ROUND, D(1996, 2, 4)), ["SENIORITY"], id="06-HD/TW: a day short"),
        pytest.param(BadgeCase(30, "thuong", D(2026, 2, 4), D(1990, 2, 3)), ["DAY"], id="06-HD/TW: not an award day"),
        pytest.param(BadgeCase(35, "thuong", ROUND, D(1980, 2, 3)), ["LEVEL"], id="06-HD/TW: no such level"),
        pytest.param(
            BadgeCase(30, "thuong", ROUND, D(1990, 1, 1), awarded=frozenset({30})), ["TWICE"], id="06-HD/TW: twice"
        ),
        pytest.param(
            BadgeCase(30, "som", D(2026, 3, 10), D(1997, 3, 10), seriously_ill=True), [], id="06-HD/TW: 12 months early"
        ),
        pytest.param(
            BadgeCase(30, "som", D(2026, 3, 10), D(1997, 3, 11), seriously_ill=True),
            ["SENIORITY"],
            id="06-HD/TW: 12 months and a day early",
        ),
        pytest.param(
            BadgeCase(70, "som", D(2026, 3, 10), D(1958, 3, 10), seriously_ill=True), [], id="06-HD/TW: 70, 24 months"
        ),
        pytest.param(BadgeCase(30, "som", D(2026, 3, 10), D(1996, 3, 10)), ["EARLY"], id="06-HD/TW: early, not ill"),
        pytest.param(
            BadgeCase(30, "truy_tang", ROUND, D(1997, 1, 1), died_on=D(2026, 1, 1)), [], id="06-HD/TW: posthumous"
        ),
        pytest.param(
            BadgeCase(30, "truy_tang", ROUND, D(1997, 1, 2), died_on=D(2026, 1, 1)),
            ["SENIORITY"],
            id="06-HD/TW: died 12 months and a day before",
        ),
        pytest.param(
            BadgeCase(30, "truy_tang", ROUND, D(1990, 1, 2)), ["POSTHUMOUS"], id="06-HD/TW: posthumous, not dead"
        ),
        pytest.param(
            BadgeCase(30, "thuong", ROUND, D(1996, 2, 3), gaps=(Gap(D(2000, 1, 1), D(2000, 1, 2)),)),
            ["SENIORITY"],
            id="06-HD/TW: a day out of the Party",
        ),
        pytest.param(BadgeCase(30, "thuong", ROUND, None), ["SENIORITY"], id="06-HD/TW: nothing says when admitted"),
    ],
)
def test_badges(case: BadgeCase, codes: list[str]) -> None:
    levels = rulebooks.current().catalogue("party.badges.levels", on=case.on)
    names = ("party.badges.award_days", "party.badges.posthumous_months", "party.seniority.counted_from")
    found = badge_conditions(case, BadgeTerms(levels, *(rule(name, case.on) for name in names)))
    assert blocking(found) == [(f"PARTY-BADGE-{code}", True) for code in codes]
    assert all(condition.source for condition in found)


@pytest.mark.parametrize(
    ("official", "day", "number", "codes"),
    [
        pytest.param(D(2024, 1, 1), D(2024, 1, 1), "", [], id="12-HD/BTCTW: the first day as a full member"),
        pytest.param(D(2024, 1, 2), D(2024, 1, 1), "", [("PARTY-CARD-FULL", True)], id="12-HD/BTCTW: the day before"),
        pytest.param(None, D(2025, 7, 1), "", [("PARTY-CARD-FULL", False)], id="38-HD/BTCTW: unverified, a remark"),
        pytest.param(D(2024, 1, 1), D(2025, 6, 30), "38001234", [], id="12-HD/BTCTW: eight digits"),
        pytest.param(
            D(2024, 1, 1), D(2025, 7, 1), "38001234", [("PARTY-CARD-DIGITS", False)], id="38-HD/BTCTW: twelve digits"
        ),
    ],
)
def test_cards(official: dt.date | None, day: dt.date, number: str, codes: list[tuple[str, bool]]) -> None:
    terms = rule("party.card.full_members_only", day), rule("party.card.number_digits", day)
    assert blocking(card_conditions(official, day, number, *terms)) == codes


@pytest.mark.parametrize(
    ("official", "form", "refused"),
    [
        pytest.param(None, "khai trừ", True, id="69-QĐ/TW: no expulsion of a probationary member"),
        pytest.param(D(2024, 6, 2), "khai trừ", True, id="69-QĐ/TW: the day before full membership"),
        pytest.param(D(2024, 6, 1), "khai trừ", False, id="69-QĐ/TW: the first day of full membership"),
        pytest.param(None, "cảnh cáo", False, id="69-QĐ/TW: a warning"),
    ],
)
def test_discipline_of_probationary_members(official: dt.date | None, form: str, refused: bool) -> None:
    allowed = rulebooks.current().catalogue("discipline.forms.probationary", on=OLD)
    assert bool(unmet(expulsion_conditions(official, OLD, form, allowed))) is refused


@pytest.mark.parametrize(("left", "remarked"), [(3, False), (2, True)])
def test_a_cell_below_three_full_members_is_remarked(left: int, remarked: bool) -> None:
    found = blocking([cell_condition("Chi bộ Mẫu", left, rule("party.organisation.cell_min_full_members", OLD))])
    assert found == ([("PARTY-CELL-SMALL", False)] if remarked else [])


@pytest.mark.parametrize(
    ("born", "man", "last"),
    [
        pytest.param(D(1963, 3, 31), True, D(2023, 12, 31), id="135/2020/NĐ-CP: men, 60 years 9 months in 2023"),
        pytest.param(D(1963, 4, 1), True, D(2024, 4, 30), id="135/2020/NĐ-CP: men, 61 years in 2024"),
        pytest.param(D(1963, 12, 31), True, D(2024, 12, 31), id="135/2020/NĐ-CP: men, the last of 2024"),
        pytest.param(D(1964, 1, 1), True, D(2025, 4, 30), id="135/2020/NĐ-CP: men, 61 years 3 months in 2025"),
        pytest.param(D(1970, 1, 1), False, D(2027, 5, 31), id="135/2020/NĐ-CP: women, 57 years 4 months in 2027"),
        pytest.param(D(1980, 3, 15), False, D(2040, 3, 31), id="135/2020/NĐ-CP: women, 60 years from 2035"),
    ],
)
def test_retirement(born: dt.date, man: bool, last: dt.date) -> None:
    ages = rulebooks.current().brackets("staffing.retirement.ages", on=D(2024, 1, 1))
    assert retirement_on(born, man=man, ages=ages) == last
    assert blocking([age_condition(last, D(2024, 1, 1), last, ages)]) == []
    after = last + dt.timedelta(days=1)
    assert blocking([age_condition(last, D(2024, 1, 1), after, ages)]) == [("POST-RETIREMENT", False)]


@pytest.mark.parametrize(
    ("until", "remarked"),
    [
        pytest.param(D(2030, 7, 1), False, id="Điều 28, 170/2025/NĐ-CP: five years"),
        pytest.param(D(2030, 7, 2), True, id="Điều 28, 170/2025/NĐ-CP: a day more"),
    ],
)
def test_term(until: dt.date, remarked: bool) -> None:
    found = blocking([term_condition(NEW, until, rule("staffing.acts.appointment_term", NEW))])
    assert found == ([("POST-TERM-LONG", False)] if remarked else [])
