from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "canbo.facts.people"
    label = "people"
    verbose_name = "Hồ sơ"
