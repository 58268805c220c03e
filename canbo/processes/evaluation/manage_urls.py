"""Addresses of running an evaluation: opening, leading, advising, appeals, what is recorded for it."""

from django.urls import path

from .views import advising, appeals, caps, cycle, cycles, inputs, looking_up, sheets

urlpatterns = [
    path("danh-gia/goi-y/", looking_up.lookup, name="evaluation_lookup"),
    path("danh-gia/ky/", cycles.index, name="evaluation_cycles"),
    path("danh-gia/ky/mo/", cycles.open_new, name="evaluation_open"),
    path("danh-gia/ky/<int:pk>/", cycle.cycle, name="evaluation_cycle"),
    path("danh-gia/ky/<int:pk>/giai-doan/", cycle.advance, name="evaluation_advance"),
    path("danh-gia/ky/<int:pk>/gia-han/", cycle.extend, name="evaluation_extend"),
    path("danh-gia/ky/<int:pk>/bo-sung/", cycle.refresh, name="evaluation_refresh"),
    path("danh-gia/ky/<int:pk>/dong/", cycle.close, name="evaluation_close"),
    path("danh-gia/ky/<int:pk>/phieu/", sheets.index, name="evaluation_sheets"),
    path("danh-gia/ky/<int:pk>/khong-xep-loai/", sheets.absent, name="evaluation_absent"),
    path("danh-gia/ky/<int:pk>/ket-qua-da-ghi/", appeals.results, name="evaluation_results"),
    path("danh-gia/ket-qua-da-ghi/<int:pk>/", appeals.replace, name="evaluation_replace"),
    path("danh-gia/kien-nghi/", appeals.index, name="evaluation_appeals"),
    path("danh-gia/kien-nghi/<int:pk>/", appeals.appeal, name="evaluation_appeal_page"),
    path("danh-gia/ky/<int:pk>/ty-le/", caps.caps, name="evaluation_caps"),
    path("danh-gia/phieu/<int:pk>/sua-thong-tin/", caps.correct, name="evaluation_correct"),
    path("danh-gia/tham-dinh/", advising.index, name="evaluation_advices"),
    path("danh-gia/ky/<int:pk>/tham-dinh/", advising.advice, name="evaluation_advice"),
    path("danh-gia/can-cu/", inputs.findings, name="evaluation_findings"),
    path("danh-gia/can-cu/ghi/", inputs.finding_new, name="evaluation_finding_new"),
    path("danh-gia/can-cu/<int:pk>/", inputs.finding, name="evaluation_finding"),
    path("danh-gia/nghi/", inputs.leaves, name="evaluation_leaves"),
    path("danh-gia/nghi/ghi/", inputs.leave_new, name="evaluation_leave_new"),
    path("danh-gia/nghi/<int:pk>/", inputs.leave, name="evaluation_leave"),
    path("danh-gia/ky/<int:pk>/goi-y-kiem-diem/", inputs.suggestions, name="evaluation_suggestions"),
    path("danh-gia/ky/<int:pk>/goi-y-kiem-diem/ghi/", inputs.suggest, name="evaluation_suggest"),
]
