from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "canbo.readers.desk"
    label = "desk"
    verbose_name = "Bàn làm việc"
