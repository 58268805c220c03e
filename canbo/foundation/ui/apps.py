from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "canbo.foundation.ui"
    label = "ui"
    verbose_name = "Giao diện"
