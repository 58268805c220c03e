from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "canbo.foundation.jobs"
    label = "jobs"
    verbose_name = "Việc chạy nền"
