"""Addresses of people, units and their lists."""

from django.urls import path

from .views import change, chart, lists, person, units

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
    path("dao-tao/", lists.training, name="training_list"),
]
