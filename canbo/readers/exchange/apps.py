from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "canbo.readers.exchange"
    label = "exchange"
    verbose_name = "Nạp và xuất"
