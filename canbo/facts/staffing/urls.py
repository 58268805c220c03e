"""Addresses of writing job positions."""

from django.urls import path

from .views import descriptions, lists, placements

urlpatterns = [
    path("vi-tri-viec-lam/danh-muc/<path:code>/", lists.edit, name="position_list_draft"),
    path("vi-tri-viec-lam/danh-muc-luu/<path:code>/", lists.keep, name="position_list_keep"),
    path("vi-tri-viec-lam/bo-tri/<path:code>/", placements.place, name="position_place"),
    path("vi-tri-viec-lam/thoi-bo-tri/<int:pk>/", placements.end, name="placement_end"),
    path("vi-tri-viec-lam/mo-ta/<int:pk>/", descriptions.edit, name="position_describe"),
    path("vi-tri-viec-lam/mo-ta-luu/<int:pk>/", descriptions.keep, name="position_describe_keep"),
    path("vi-tri-viec-lam/mo-ta-huy/<int:pk>/", descriptions.undo, name="position_undescribe"),
]
