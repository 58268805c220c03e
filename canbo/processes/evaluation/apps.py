from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "canbo.processes.evaluation"
    label = "evaluation"
    verbose_name = "Đánh giá, xếp loại"
