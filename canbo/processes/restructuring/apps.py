from django.apps import AppConfig


class RestructuringConfig(AppConfig):
    name = "canbo.processes.restructuring"
    label = "restructuring"
    verbose_name = "Sắp xếp tổ chức"
