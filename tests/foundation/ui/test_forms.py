"""Fields read what papers write; refusals have four parts and stand beside their field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms

from canbo.foundation.kernel.dates import PartialDate
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.fields import CodeField, PartialDateField, VietnameseDateField, VietnameseNumberField
from canbo.foundation.ui.forms import attach


class Paper(forms.Form):
    born = PartialDateField(label="Ngày sinh", required=False)
    start = VietnameseDateField(label="Có hiệu lực từ", required=False, help_text="Ngày ghi trên quyết định.")
    factor = VietnameseNumberField(label="Hệ số", required=False)
    card = CodeField(label="Số căn cước", length=12, required=False)


def filled(**data: Any) -> Paper:
    return Paper(data)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [("01/02/1980", (1980, 2, 1), "d"), ("02/1980", (1980, 2, 1), "m"), ("1980", (1980, 1, 1), "y")],
)
def test_a_date_keeps_its_precision(text: str, day: tuple[int, int, int], precision: str) -> None:
    form = filled(born=text)
    assert form.is_valid()
    assert form.cleaned_data["born"] == PartialDate(dt.date(*day), precision)
    assert f'value="{text}"' in Paper(initial={"born": form.cleaned_data["born"]}).as_div()


def test_an_unreal_day_is_refused_with_the_remedy() -> None:
    form = filled(born="31/02/1980")
    html = form.as_div()
    assert "31/02/1980 không phải là ngày có thật." in html
    assert "ghi 02/1980 nếu chỉ biết tháng" in html
    assert 'aria-invalid="true"' in html
    assert 'value="31/02/1980"' in html, "what was typed stays"


def test_an_effective_day_must_be_a_day() -> None:
    assert filled(start="01/07/2025").is_valid()
    assert not filled(start="07/2025").is_valid()


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("2,34", "2.34"), ("1.234", "1234"), ("2.34", "2.34"), ("-5", "-5")],
)
def test_numbers_are_read_as_vietnamese_papers_write_them(text: str, number: str) -> None:
    form = filled(factor=text)
    assert form.is_valid()
    assert form.cleaned_data["factor"] == Decimal(number)


@pytest.mark.parametrize("text", ["abc", "NaN", "Infinity", "1,2,3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not filled(factor=text).is_valid()


def test_a_code_keeps_its_zeros_and_its_length() -> None:
    form = filled(card="001 080 000 123")
    assert form.is_valid()
    assert form.cleaned_data["card"] == "001080000123"
    assert "Ghi đủ 12 chữ số" in filled(card="123").as_div()
    assert not filled(card="٠٠١٠٨٠٠٠٠١٢٣").is_valid(), "only the digits 0 to 9"


def test_a_refused_act_is_told_beside_its_field_and_above_the_form() -> None:
    form = filled(start="01/07/2025")
    assert form.is_valid()
    here = Violation("X-1", "Chưa đủ 5 năm <b>100%</b>", "start", "Điều 5", "Chọn ngày khác.")
    attach(form, Refused([here, Violation("X-2", "Chức danh đã đủ số lượng.", "elsewhere")]))
    html = form.as_div()
    assert 'id="id_start_error"' in html
    assert 'aria-describedby="id_start_helptext id_start_error"' in html
    assert "Chưa đủ 5 năm &lt;b&gt;100%&lt;/b&gt;" in html
    assert "Căn cứ: Điều 5." in html
    assert "Chọn ngày khác." in html
    assert "Có 2 chỗ cần sửa trước khi ghi" in html
    assert '<a href="#id_start">Có hiệu lực từ</a>' in html
    assert html.count("Chức danh đã đủ số lượng.") == 1
