"""Addresses of what evaluation puts out."""

from django.urls import path

from .views.outputs import printing, sendings, statistics, summary

urlpatterns = [
    path("danh-gia/ket-qua/", summary.index, name="evaluation_outputs"),
    path("danh-gia/ket-qua/<int:pk>/", summary.summary, name="evaluation_summary"),
    path("danh-gia/ket-qua/<int:pk>/tai/<str:kind>/<str:ending>/", summary.paper, name="evaluation_paper"),
    path("danh-gia/ket-qua/<int:pk>/thu-nhap/", summary.supplement, name="evaluation_income"),
    path("danh-gia/ket-qua/<int:pk>/in-phieu/", printing.unit, name="evaluation_print"),
    path("danh-gia/ket-qua/viec/<int:pk>/tep/", printing.printed, name="evaluation_printed"),
    path("danh-gia/phieu/<int:pk>/in/<str:ending>/", printing.form, name="evaluation_form"),
    path("danh-gia/thong-ke/", statistics.index, name="evaluation_statistics"),
    path("danh-gia/thong-ke/dong/", statistics.rows, name="evaluation_behind"),
    path("danh-gia/gui/", sendings.index, name="evaluation_sendings"),
    path("danh-gia/gui/lap/<int:pk>/", sendings.make, name="evaluation_sending_make"),
    path("danh-gia/gui/<int:pk>/", sendings.detail, name="evaluation_sending"),
    path("danh-gia/gui/<int:pk>/tep/", sendings.file, name="evaluation_sending_file"),
]
