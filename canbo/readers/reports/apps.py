from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "canbo.readers.reports"
    label = "reports"
    verbose_name = "Báo cáo"
