"""Closed lists and permissions of the people package."""

from django.db import models

READ = "person.read"
READ_SENSITIVE = "person.read_sensitive"
WRITE = "person.write"


class Sex(models.TextChoices):
    MALE = "nam", "Nam"
    FEMALE = "nu", "Nữ"
