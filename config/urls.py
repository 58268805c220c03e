"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("allauth.urls")),
    path("", include("canbo.foundation.ui.urls")),
    path("", include("canbo.facts.access.urls")),
    path("", include("canbo.processes.evaluation.outputs_urls")),
    path("", include("canbo.processes.evaluation.manage_urls")),
    path("", include("canbo.readers.reports.urls")),
    path("", include("canbo.readers.exchange.urls")),
    path("", include("canbo.facts.staffing.urls")),
    path("", include("canbo.readers.profiles.urls")),
    path("", include("canbo.readers.desk.urls")),
    path("", include("canbo.processes.evaluation.urls")),
    path("", include("canbo.processes.restructuring.urls")),
    path("", include("canbo.facts.decisions.urls")),
    path("", include("canbo.facts.work.urls")),
]
