"""From sheets and results to the printed forms that belong to them."""

from __future__ import annotations

from collections.abc import Callable

from canbo.foundation import rulebooks
from canbo.foundation.papers.blocks import Paper

from .. import rules
from ..choices import Standing
from ..models import Sheet
from ..queries.outputs.material import Material
from .facts import (
    criteria,
    hands,
    most,
    name,
    number,
    office,
    period,
    periods,
    points,
    share,
    support,
    tasks,
    who,
)
from .monthly import month_paper
from .printed import SUBJECT
from .quarter import quarter_paper
from .review import review_paper
from .shapes import (
    AxisRow,
    Formula,
    Hand,
    MonthSheet,
    QuarterSheet,
    Review,
    Scale,
    YearSheet,
)
from .yearly import year_paper

MONTH, YEAR, QUARTER = "mau-01", "mau-02", "hd43-05"
NAMES = {"mau-01": MONTH, "01": "hd43-01", "2A": "hd43-2a", "2B": "hd43-2b", "2C": "hd43-2c", "05": QUARTER}
"""Keys of forms by the name a rulebook gives them; local forms follow the central ones they were made after."""
LOCAL = {"01-A": QUARTER, "01-B": QUARTER}


def form_for(material: Material, sheet: Sheet) -> str:
    """The key of the form a sheet is printed on.

    A year of civil servants is graded on Mẫu số 02; whatever a rulebook names no central form for takes the form of
    the decree, and a body the report of HD 43.
    """
    book = material.books[sheet.unit_id]
    named = book.groups[sheet.group].form if sheet.group in book.groups else ""
    key = NAMES.get(named) or LOCAL.get(named) or ("hd43-01" if sheet.collective_id else MONTH)
    if key == MONTH and rules.period_kind(material.cycle.span) == "year":
        return YEAR
    return key


def paper_of(material: Material, sheet: Sheet) -> Paper:
    """The form of a sheet, filled with what is known.

    Raises:
        NoRuleInForce: the form did not exist yet in that period.
    """
    key = form_for(material, sheet)
    make: Callable[[Material, Sheet], Paper] = {MONTH: _month, YEAR: _year, QUARTER: _quarter}.get(key, _review(key))
    return make(material, sheet)


def scale_of(book: rules.Book) -> Scale:
    """The grades of a rulebook, best first."""
    return Scale(tuple((grade.key, grade.title) for grade in book.grades))


def _month(material: Material, sheet: Sheet) -> Paper:
    told = material.explained.get(sheet.pk, {})
    second = rulebooks.current().value(
        f"{SUBJECT}.superior_column", on=material.cycle.last, unit=material.books[sheet.unit_id].unit_codes
    )
    own, superior = hands(material, sheet, "Người tự đánh giá", "Cấp có thẩm quyền theo dõi, đánh giá")
    return month_paper(
        MonthSheet(
            office=office(material, sheet),
            who=who(material, sheet),
            period=period(material),
            criteria=criteria(material, sheet),
            common=points(material, sheet, "common"),
            result=points(material, sheet, "result_points"),
            total=points(material, sheet, "total"),
            strengths=sheet.strengths,
            weaknesses=sheet.weaknesses,
            comment=sheet.comment,
            superior_column=bool(second.value),
            support=support(sheet) if sheet.standing == Standing.SUPPORT else (),
            tasks=tasks(material, sheet),
            formulas=tuple(
                Formula(row["label"], row["filled"] or row["formula"], number(row["value"]), row.get("article", ""))
                for row in told.get("lines", ())
                if not str(row["key"]).startswith("task:")
            ),
            own=own,
            superior=superior,
        )
    )


def _year(material: Material, sheet: Sheet) -> Paper:
    own, decider = hands(material, sheet, "Người tự đánh giá", "Cấp có thẩm quyền xếp loại")
    grade = material.results[sheet.pk].grade if sheet.pk in material.results else sheet.grade
    return year_paper(
        YearSheet(
            office=office(material, sheet),
            who=who(material, sheet),
            year=material.cycle.first.year,
            periods=periods(material, sheet),
            mean=points(material, sheet, "total"),
            scale=scale_of(material.books[sheet.unit_id]),
            own_grade=sheet.self_grade,
            grade=grade,
            measures=sheet.advice,
            own=own,
            decider=decider,
        )
    )


def _quarter(material: Material, sheet: Sheet) -> Paper:
    own, superior = hands(material, sheet, "Người tự đánh giá", "Cấp có thẩm quyền")
    book = material.books[sheet.unit_id]
    reached = material.explained.get(sheet.pk, {}).get("components", {})
    titles = {row.key: row.label for row in book.rows("axes")}
    axes = tuple(
        AxisRow(titles.get(row["key"], row["key"]), number(row["max"]), share(reached.get(row["key"]), row["max"]))
        for row in sheet.axes
    )
    return quarter_paper(
        QuarterSheet(
            office=office(material, sheet),
            who=who(material, sheet),
            period=period(material),
            criteria=tuple(c for c in criteria(material, sheet)),
            axes=axes or tuple(AxisRow(title, None) for title in titles.values()),
            scale=scale_of(book),
            common=points(material, sheet, "common"),
            result=points(material, sheet, "result_points"),
            total=points(material, sheet, "total"),
            own_grade=sheet.self_grade,
            comment=sheet.comment,
            own=own,
            superior=superior,
        )
    )


def _review(key: str) -> Callable[[Material, Sheet], Paper]:
    def make(material: Material, sheet: Sheet) -> Paper:
        book = material.books[sheet.unit_id]
        collective = sheet.collective_id is not None
        signer = Hand("Thay mặt tập thể" if collective else "Người tự kiểm điểm", "" if collective else name(sheet))
        comments = (("Cấp trên trực tiếp", sheet.comment), ("Thẩm định, đề xuất", sheet.advice))
        subject = ("collective", sheet.collective_id) if collective else ("person", sheet.person_id)
        return review_paper(
            Review(
                form=key,
                office=office(material, sheet),
                who=who(material, sheet),
                year=material.cycle.first.year,
                scale=scale_of(book),
                texts=sheet.review | {"strengths": sheet.strengths, "weaknesses": sheet.weaknesses},
                suggestions=tuple(material.suggestions.get(subject, ())),  # type: ignore[arg-type]
                comments=tuple(one for one in comments if one[1].strip()),
                common=points(material, sheet, "common"),
                result=points(material, sheet, "result_points"),
                total=points(material, sheet, "total"),
                common_most=most(book, "common_max"),
                result_most=most(book, "result_max"),
                own_grade=sheet.self_grade,
                tasks=tasks(material, sheet) if key == "hd43-2b" else (),
                signer=signer,
            )
        )

    return make
