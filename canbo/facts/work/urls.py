"""Addresses of work, given and received, and of catalogues."""

from django.urls import path

from .views import board, catalogue, deciding, given, mine

urlpatterns = [
    path("viec-cua-toi/", mine.index, name="work_mine"),
    path("viec-cua-toi/phat-sinh/", mine.ad_hoc, name="work_ad_hoc"),
    path("viec-cua-toi/<int:pk>/", mine.share, name="work_share"),
    path("viec-cua-toi/<int:pk>/<slug:what>/", mine.say, name="work_say"),
    path("giao-viec/", given.index, name="work_given"),
    path("giao-viec/moi/", given.assign, name="work_assign"),
    path("giao-viec/lap-lai/", given.series, name="work_series"),
    path("giao-viec/lap-lai/moi/", given.series_new, name="work_series_new"),
    path("giao-viec/lap-lai/thoi/", given.series_end, name="work_series_end"),
    path("giao-viec/xu-ly/<slug:what>/", deciding.decide, name="work_decide"),
    path("nhiem-vu/", board.board, name="work_board"),
    path("danh-muc-san-pham/", catalogue.index, name="work_products"),
    path("danh-muc-san-pham/them/", catalogue.product_new, name="work_product_new"),
    path("danh-muc-san-pham/nap/", catalogue.load, name="work_products_load"),
    path("danh-muc-san-pham/de-nghi/", catalogue.proposals, name="work_proposals"),
    path("danh-muc-san-pham/de-nghi/moi/", catalogue.proposal_new, name="work_proposal_new"),
    path("danh-muc-san-pham/de-nghi/<int:pk>/", catalogue.proposal, name="work_proposal"),
    path("danh-muc-san-pham/<int:pk>/", catalogue.product, name="work_product"),
    path("danh-muc-san-pham/<int:pk>/sua/", catalogue.product_new, name="work_product_edit"),
]
