from django.apps import AppConfig


class PartyConfig(AppConfig):
    name = "canbo.facts.party"
    label = "party"
    verbose_name = "Đảng viên"
