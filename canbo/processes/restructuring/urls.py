"""Addresses of restructuring."""

from django.urls import path

from .views import cases, rows

urlpatterns = [
    path("sap-xep/", cases.index, name="restructurings_list"),
    path("sap-xep/moi/", cases.new, name="restructuring_new"),
    path("sap-xep/tim-don-vi/", rows.lookup, name="restructuring_lookup"),
    path("sap-xep/<int:pk>/", cases.page, name="restructuring"),
    path("sap-xep/<int:pk>/buoc/", cases.step, name="restructuring_step"),
    path("sap-xep/<int:pk>/rut/", cases.withdraw, name="restructuring_withdraw"),
    path("sap-xep/<int:pk>/phuong-an/", rows.index, name="restructuring_rows"),
    path("sap-xep/<int:pk>/phuong-an/bo/", rows.drop, name="restructuring_drop"),
    path("sap-xep/<int:pk>/phuong-an/<int:row>/", rows.change, name="restructuring_row"),
]
