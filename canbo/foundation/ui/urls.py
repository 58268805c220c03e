"""Addresses of the interface itself."""

from django.urls import path

from . import job_pages, views

urlpatterns = [
    path("ngay-xem/", views.day, name="day"),
    path("chu-to/", views.large_text, name="large_text"),
    path("cot/", views.list_columns, name="list_columns"),
    path("goc-nhin/", views.list_views, name="list_views"),
    path("mau-giao-dien/", views.gallery, name="gallery"),
    path("viec/", job_pages.index, name="jobs_list"),
    path("viec/<int:pk>/", job_pages.detail, name="job"),
    path("viec/<int:pk>/dung/", job_pages.stop, name="job_cancel"),
    path("mau-giao-dien/danh-sach/", views.gallery_list, name="gallery_list"),
]
