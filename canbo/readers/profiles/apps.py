from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "canbo.readers.profiles"
    label = "profiles"
    verbose_name = "Trang người và đơn vị"
