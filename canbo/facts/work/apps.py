from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "canbo.facts.work"
    label = "work"
    verbose_name = "Nhiệm vụ, sản phẩm"
