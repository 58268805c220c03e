"""Addresses of decisions and of those being written."""

from django.urls import path

from .views import ledger

urlpatterns = [
    path("quyet-dinh/", ledger.index, name="decisions_list"),
    path("quyet-dinh/<int:pk>/", ledger.page, name="decision"),
    path("quyet-dinh/<int:pk>/huy/", ledger.annul, name="decision_annul"),
    path("quyet-dinh/<int:pk>/tai/<str:ending>/", ledger.file, name="decision_file"),
]
