"""What the gallery shows: every component with invented content."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from canbo.foundation.kernel.violation import Violation

from .charts import Chart, Point
from .columns import Column, DateColumn, NumberColumn, StateColumn
from .fields import CodeField, PartialDateField, VietnameseDateField, VietnameseNumberField
from .forms import attach
from .icons import PATHS
from .lists import Action, Bulk, Empty, Table, list_page


class SampleTable(Table):
    """Accounts, because they exist in every installation."""

    order = ("name",)
    name = Column(accessor="display_name", verbose_name="Họ và tên", card=1)
    username = Column(verbose_name="Tên đăng nhập", card=2, nowrap=True)
    number = NumberColumn(accessor="pk", verbose_name="Số thứ tự")
    joined = DateColumn(accessor="date_joined", verbose_name="Ngày mở")
    active = StateColumn(
        accessor="is_active",
        verbose_name="Tình trạng",
        card=3,
        words={True: ("đang dùng", "good"), False: ("khoá", "bad")},
    )
    last = DateColumn(accessor="last_login", verbose_name="Đăng nhập gần nhất", shown=False)

    def row_url(self, record: Any) -> str:
        return f"/mau-giao-dien/?nguoi={record.pk}"


class SampleFilter(django_filters.FilterSet):
    """One filter of each common kind."""

    is_active = django_filters.ChoiceFilter(
        label="Tình trạng", choices=[(True, "đang dùng"), (False, "khoá")], empty_label="Tất cả"
    )
    login = django_filters.CharFilter(label="Tên đăng nhập có", field_name="username", lookup_expr="icontains")


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(display_name__icontains=text) | Q(username__icontains=text))


def sample_list(request: HttpRequest) -> HttpResponseBase:
    """A list of accounts."""
    return list_page(
        request,
        key="gallery",
        title="Tài khoản mẫu",
        noun="người",
        rows=get_user_model().objects.all(),
        table=SampleTable,
        filters=SampleFilter,
        search=_search,
        actions=[Action("Mở tài khoản", "#", "plus")],
        bulk=[Bulk("Khoá lại", "#", "lock", danger=True)],
        empty=Empty(
            "Chưa có tài khoản nào", "Tài khoản mở cho từng người, gắn với đơn vị.", [Action("Mở tài khoản", "#")]
        ),
    )


class SampleForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Họ và tên", max_length=100)
    born = PartialDateField(label="Ngày sinh")
    card = CodeField(label="Số căn cước", length=12, help_text="12 chữ số, kể cả số 0 ở đầu.")
    effective = VietnameseDateField(label="Có hiệu lực từ", required=False)
    factor = VietnameseNumberField(label="Hệ số lương", required=False)
    act = forms.ChoiceField(label="Hình thức", choices=[("", "Chọn"), ("a", "bổ nhiệm"), ("b", "điều động, bổ nhiệm")])
    kind = forms.ChoiceField(label="Loại", widget=forms.RadioSelect, choices=[("1", "chính thức"), ("2", "dự bị")])
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    sure = forms.BooleanField(label="Đã đối chiếu với bản giấy")


class SampleItem(forms.Form):
    """One line of a pasted grid."""

    name = forms.CharField(label="Họ và tên")
    code = forms.CharField(label="Mã")
    act = forms.ChoiceField(label="Hình thức", choices=[("", ""), ("a", "bổ nhiệm"), ("b", "điều động")])


def _charts() -> list[Chart]:
    years = [(2019, 1180, 1150), (2020, 1092, 1150), (2021, 1315, 1200), (2022, 1342, 1250), (2023, 1401, 1300)]
    units = [("Bình An", 131, 120), ("Tân Lập", 118, 125), ("Đồng Mai", 96, 90), ("Phú Hoà", 74, None)]
    return [
        Chart(
            "bars",
            "Kết nạp vượt kế hoạch ba năm liền, sau một năm hụt",
            [Point(str(y), v, f"/mau-giao-dien/danh-sach/?q={y}", p) for y, v, p in years],
            unit="đảng viên",
            note="Số mẫu.",
        ),
        Chart(
            "line",
            "Tỷ lệ nữ tăng đều",
            [Point(str(y), 30 + i * 1.7, "#bang") for i, (y, _, _) in enumerate(years)],
            unit="%",
        ),
        Chart(
            "compare",
            "Bình An dẫn đầu bốn đơn vị",
            [Point(n, v, "#bang", p, quiet=i > 0) for i, (n, v, p) in enumerate(units)],
            unit="đảng viên",
            axis="Đơn vị",
        ),
        Chart(
            "stairs",
            "Biên chế giảm ba lần",
            [Point(str(y), v) for y, v in ((2019, 48), (2020, 48), (2021, 45), (2022, 42), (2023, 42))],
            unit="người",
        ),
    ]


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery template prints."""
    wrong = SampleForm(
        {"full_name": "Nguyễn Thị Mẫu", "born": "31/02/1980", "card": "01234", "sure": "on", "kind": "1"}
    )
    attach(
        wrong,
        [
            Violation(
                "MẪU-TUỔI",
                "Đến ngày bổ nhiệm còn 3 năm 2 tháng công tác.",
                "effective",
                "Quy định mẫu, Điều 5 khoản 1",
                "Chọn chức danh được bổ nhiệm khi còn dưới 5 năm, hoặc ghi căn cứ ngoại lệ.",
            )
        ],
    )
    return {
        "charts": _charts(),
        "icons": sorted(PATHS),
        "form": SampleForm(),
        "items": forms.formset_factory(SampleItem, extra=1)(prefix="muc"),
        "wrong": wrong,
        "sample_day": dt.date(2021, 6, 30),
        "empty_actions": [Action("Nạp từ Excel", "#"), Action("Ghi quyết định", "#")],
    }
