from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "canbo.facts.training"
    label = "training"
    verbose_name = "Đào tạo"
