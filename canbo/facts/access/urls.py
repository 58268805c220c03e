"""Addresses of accounts, grants, delegations, break-glass and the log."""

from django.urls import path

from .views import accounts, log, own

urlpatterns = [
    path("quan-tri/tai-khoan/", accounts.index, name="accounts_list"),
    path("quan-tri/tai-khoan/mo/", accounts.open_new, name="account_open"),
    path("quan-tri/tai-khoan/<int:pk>/", accounts.detail, name="account_detail"),
    path("quan-tri/tai-khoan/<int:pk>/ho-so/", accounts.person, name="account_person"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau/", accounts.new_password, name="account_password"),
    path("quan-tri/tai-khoan/<int:pk>/dong/", accounts.close, name="account_close"),
    path("quan-tri/tai-khoan/<int:pk>/thu-hoi/<int:grant>/", accounts.revoke, name="grant_revoke"),
    path("quan-tri/mo-khan-cap/", own.glass, name="break_glass"),
    path("quan-tri/nhat-ky/", log.index, name="audit_log"),
    path("uy-quyen/", own.delegations, name="delegations"),
    path("uy-quyen/<int:pk>/thoi/", own.end, name="delegation_end"),
]
