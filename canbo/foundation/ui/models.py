"""What a person keeps about her own lists: columns and saved views. No facts here."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """A list with its search, filters and order under a name (góc nhìn đã lưu)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField("danh sách", max_length=60)
    name = models.CharField("tên", max_length=80)
    query = models.CharField("bộ lọc", max_length=2000, blank=True)

    class Meta:
        verbose_name = "góc nhìn đã lưu"
        verbose_name_plural = "góc nhìn đã lưu"
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_name"),)

    def __str__(self) -> str:
        return self.name


class ColumnChoice(models.Model):
    """The columns a person wants to see in one list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField("danh sách", max_length=60)
    columns = models.JSONField("cột", default=list)

    class Meta:
        verbose_name = "lựa chọn cột"
        verbose_name_plural = "lựa chọn cột"
        constraints = (models.UniqueConstraint(fields=["user", "page"], name="column_choice_page"),)

    def __str__(self) -> str:
        return self.page
