from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "canbo.facts.staffing"
    label = "staffing"
    verbose_name = "Chức vụ, biên chế"
