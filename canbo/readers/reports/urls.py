"""Addresses of indicators, reports, issues and forms."""

from django.urls import path

from . import views

urlpatterns = [
    path("chi-tieu/", views.indicators, name="indicators"),
    path("chi-tieu/<str:code>/", views.indicator, name="indicator"),
    path("bao-cao/", views.reports, name="reports"),
    path("bao-cao/ban/<int:pk>/", views.issue, name="issue"),
    path("bao-cao/ban/<int:pk>/tai/<str:ending>/", views.issue_file, name="issue_file"),
    path("bao-cao/<str:kind>/", views.report, name="report"),
    path("bao-cao/<str:kind>/soan/", views.write_words, name="report_words"),
    path("bao-cao/<str:kind>/phat-hanh/", views.issue_report, name="report_issue"),
    path("bao-cao/<str:kind>/tai/<str:ending>/", views.report_file, name="report_file"),
    path("bieu-thong-ke/<str:code>/", views.form, name="statistical_form"),
    path("bieu-thong-ke/<str:code>/tai/<str:ending>/", views.form_file, name="statistical_form_file"),
]
