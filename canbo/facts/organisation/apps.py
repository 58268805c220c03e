from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "canbo.facts.organisation"
    label = "organisation"
    verbose_name = "Tổ chức"
