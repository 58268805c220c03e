from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "canbo.foundation.accounts"
    label = "accounts"
    verbose_name = "Tài khoản"
