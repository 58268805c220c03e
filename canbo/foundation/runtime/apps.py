from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    name = "canbo.foundation.runtime"
    label = "runtime"
    verbose_name = "Máy chạy"
