"""Addresses of indicators, reports, issues and forms."""

from django.urls import path

from .views import drafts, figures, forms, issues, quota_periods, quotas

urlpatterns = [
    path("bien-che/tong-quan/", quotas.overview_page, name="quota_overview"),
    path("bien-che/tong-quan/tai/<str:ending>/", quotas.overview_file, name="quota_overview_file"),
    path("bien-che/phan-bo/", quotas.allocation_page, name="quota_allocation"),
    path("bien-che/phan-bo/lap-quyet-dinh/", quotas.allocation_draft, name="quota_allocation_draft"),
    path("bien-che/doi-du/", quotas.surplus_page, name="quota_surplus"),
    path("bien-che/giai-doan/", quota_periods.page, name="quota_period"),
    path("bien-che/giai-doan/tai/<str:ending>/", quota_periods.period_file, name="quota_period_file"),
    path("bien-che/giai-doan/du-kien/", quota_periods.propose, name="quota_proposal"),
    path("chi-tieu/", figures.indicators, name="indicators"),
    path("chi-tieu/<str:code>/", figures.indicator, name="indicator"),
    path("bao-cao/", drafts.reports, name="reports"),
    path("bao-cao/tim-don-vi/", drafts.report_units, name="report_units"),
    path("bao-cao/ban/<int:pk>/", issues.issue, name="issue"),
    path("bao-cao/ban/<int:pk>/tai/<str:ending>/", issues.issue_file, name="issue_file"),
    path("bao-cao/<str:kind>/", drafts.report, name="report"),
    path("bao-cao/<str:kind>/soan/", drafts.write_words, name="report_words"),
    path("bao-cao/<str:kind>/phat-hanh/", drafts.issue_report, name="report_issue"),
    path("bao-cao/<str:kind>/tai/<str:ending>/", drafts.report_file, name="report_file"),
    path("bieu-thong-ke/<str:code>/", forms.form, name="statistical_form"),
    path("bieu-thong-ke/<str:code>/tai/<str:ending>/", forms.form_file, name="statistical_form_file"),
]
