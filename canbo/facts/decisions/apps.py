from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "canbo.facts.decisions"
    label = "decisions"
    verbose_name = "Quyết định"
