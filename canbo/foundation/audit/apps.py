from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "canbo.foundation.audit"
    label = "audit"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from . import sign_in as sign_in
