"""Addresses of evaluation."""

from django.urls import path

from .views import own

urlpatterns = [
    path("danh-gia/cua-toi/", own.mine, name="evaluation_mine"),
    path("danh-gia/phieu/<int:pk>/", own.sheet, name="evaluation_sheet"),
    path("danh-gia/phieu/<int:pk>/luu/", own.keep, name="evaluation_keep"),
    path("danh-gia/phieu/<int:pk>/ghi/", own.write, name="evaluation_write"),
    path("danh-gia/phieu/<int:pk>/rut/", own.recall, name="evaluation_recall"),
    path("danh-gia/phieu/<int:pk>/giai-trinh/", own.explain, name="evaluation_explain"),
    path("danh-gia/phieu/<int:pk>/goi-y/<int:point>/", own.answer, name="evaluation_answer"),
    path("danh-gia/phieu/<int:pk>/kien-nghi/", own.appeal, name="evaluation_appeal"),
]
