"""Permissions and closed lists of the reports package."""

from django.db import models

READ = "report.read"
WRITE = "report.write"
ISSUE = "report.issue"
READ_SENSITIVE = "person.read_sensitive"


class Kind(models.TextChoices):
    """What a figure speaks of: a stock on the last day, a flow over the period, or a relation of others."""

    STOCK = "thoi_diem", "thời điểm"
    FLOW = "thoi_ky", "thời kỳ"
    RATIO = "ty_le", "tính từ chỉ tiêu khác"
