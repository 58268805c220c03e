"""Addresses of decisions and of those being written."""

from django.urls import path

from .views import drafting, ledger

urlpatterns = [
    path("quyet-dinh/", ledger.index, name="decisions_list"),
    path("quyet-dinh/moi/", drafting.new, name="decision_new"),
    path("quyet-dinh/goi-y/", drafting.lookup, name="decision_lookup"),
    path("quyet-dinh/du-thao/", drafting.drafts, name="drafts_list"),
    path("quyet-dinh/du-thao/<int:pk>/", drafting.draft, name="draft"),
    path("quyet-dinh/du-thao/<int:pk>/giu/", drafting.keep, name="draft_keep"),
    path("quyet-dinh/du-thao/<int:pk>/bo/", drafting.discard, name="draft_discard"),
    path("quyet-dinh/du-thao/<int:pk>/tai/docx/", drafting.docx, name="draft_file"),
    path("quyet-dinh/<int:pk>/", ledger.page, name="decision"),
    path("quyet-dinh/<int:pk>/huy/", ledger.annul, name="decision_annul"),
    path("quyet-dinh/<int:pk>/tai/<str:ending>/", ledger.file, name="decision_file"),
]
