"""Addresses of restructuring."""

from django.urls import path

from .views import aftermath, carrying, cases, papers, preview, questions, rows, ways

urlpatterns = [
    path("sap-xep/", cases.index, name="restructurings_list"),
    path("sap-xep/moi/", cases.new, name="restructuring_new"),
    path("sap-xep/tim-don-vi/", rows.lookup, name="restructuring_lookup"),
    path("sap-xep/cho-bo-tri/", aftermath.everywhere, name="restructuring_waiting_all"),
    path("sap-xep/<int:pk>/", cases.page, name="restructuring"),
    path("sap-xep/<int:pk>/buoc/", cases.step, name="restructuring_step"),
    path("sap-xep/<int:pk>/rut/", cases.withdraw, name="restructuring_withdraw"),
    path("sap-xep/<int:pk>/phuong-an/", rows.index, name="restructuring_rows"),
    path("sap-xep/<int:pk>/phuong-an/bo/", rows.drop, name="restructuring_drop"),
    path("sap-xep/<int:pk>/phuong-an/<int:row>/", rows.change, name="restructuring_row"),
    path("sap-xep/<int:pk>/xem-truoc/", preview.preview, name="restructuring_preview"),
    path("sap-xep/<int:pk>/ra-soat/", preview.findings, name="restructuring_findings"),
    path("sap-xep/<int:pk>/cau-hoi/", questions.index, name="restructuring_questions"),
    path("sap-xep/<int:pk>/cau-hoi/tra-loi/", questions.answer, name="restructuring_answer"),
    path("sap-xep/<int:pk>/cau-hoi/tra-loi-het/", questions.answer_all, name="restructuring_answer_all"),
    path("sap-xep/<int:pk>/cau-hoi/rut/", questions.take_back, name="restructuring_take_back"),
    path("sap-xep/<int:pk>/cach-chuyen/", ways.index, name="restructuring_ways"),
    path("sap-xep/<int:pk>/cach-chuyen/<path:code>/doi/", ways.set_ways, name="restructuring_set_ways"),
    path("sap-xep/<int:pk>/cach-chuyen/<path:code>/xep/", ways.set_places, name="restructuring_set_places"),
    path("sap-xep/<int:pk>/cach-chuyen/<path:code>/", ways.unit, name="restructuring_unit_ways"),
    path("sap-xep/<int:pk>/quyet-dinh/", carrying.decide, name="restructuring_decide"),
    path("sap-xep/<int:pk>/thuc-hien/", carrying.apply, name="restructuring_apply"),
    path("sap-xep/<int:pk>/tien-do/", carrying.progress, name="restructuring_progress"),
    path("sap-xep/<int:pk>/huy/", carrying.annul, name="restructuring_annul"),
    path("sap-xep/<int:pk>/cho-bo-tri/", aftermath.waiting, name="restructuring_waiting"),
    path("sap-xep/<int:pk>/cho-bo-tri/xep/", aftermath.place, name="restructuring_place"),
    path("sap-xep/<int:pk>/ban-giao/", aftermath.handing, name="restructuring_handing"),
    path("sap-xep/<int:pk>/tep/<str:ending>/", papers.file, name="restructuring_file"),
]
