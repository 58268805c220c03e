"""Addresses of people, units and their lists."""

from django.urls import path

from .views import change, chart, committees, lists, person, positions, units

urlpatterns = [
    path("con-nguoi/", lists.people, name="people_list"),
    path("con-nguoi/<path:code>/", person.page, name="person"),
    path("don-vi/", lists.unit_list, name="units_list"),
    path("don-vi/cay/", units.tree, name="units_tree"),
    path("don-vi/so-do/", chart.chart, name="units_chart"),
    path("don-vi/bien-dong/", change.across, name="units_change"),
    path("don-vi/<path:code>/so-do/", chart.chart, name="unit_chart"),
    path("don-vi/<path:code>/truoc-sau/", change.page, name="unit_change"),
    path("don-vi/<path:code>/", units.page, name="unit"),
    path("dang-vien/", lists.party, name="party_list"),
    path("chuc-vu/", lists.assignments, name="assignments_list"),
    path("bien-che/", lists.staffing, name="staffing_list"),
    path("vi-tri-viec-lam/", positions.position_list, name="positions_list"),
    path("vi-tri-viec-lam/co-quan/", positions.body_list, name="position_bodies"),
    path("vi-tri-viec-lam/co-quan/<path:code>/", positions.body, name="position_body"),
    path("vi-tri-viec-lam/co-quan-docx/<path:code>/", positions.body_file, name="position_body_file"),
    path("vi-tri-viec-lam/<int:pk>/", positions.position, name="position"),
    path("vi-tri-viec-lam/<int:pk>/docx/", positions.position_file, name="position_file"),
    path("cap-uy/", committees.committee_rows, name="committees_list"),
    path("cap-uy/danh-sach/<path:code>/", committees.committee_file, name="committee_file"),
    path("cap-uy/<path:code>/", committees.committee, name="committee"),
    path("dao-tao/", lists.training, name="training_list"),
]
