"""Addresses of bringing files in and taking data out."""

from django.urls import path

from .views import batches, exports, uploads

urlpatterns = [
    path("nap/", uploads.index, name="import"),
    path("nap/tep-mau/", uploads.template, name="import_template"),
    path("nap/<int:pk>/", uploads.result, name="import_result"),
    path("nap/<int:pk>/ghi/", uploads.load, name="import_load"),
    path("nap/<int:pk>/lai/", uploads.again, name="import_again"),
    path("nap/<int:pk>/bo/", uploads.drop, name="import_drop"),
    path("nap/<int:pk>/loi/", uploads.marked, name="import_marked"),
    path("dot-nap/", batches.index, name="batches_list"),
    path("dot-nap/<int:pk>/", batches.detail, name="batch"),
    path("xuat/", exports.index, name="export"),
    path("xuat/<int:pk>/tep/", exports.file, name="export_file"),
]
