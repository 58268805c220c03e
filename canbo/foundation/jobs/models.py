"""Background work as people see it; the queue behind it belongs to procrastinate."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .choices import ENDED, RUNNING, STATES, WAITING


class Job(models.Model):
    """One piece of background work (việc chạy nền): what, for whom, how far, how it ended."""

    kind = models.CharField("loại việc", max_length=60)
    title = models.CharField("việc", max_length=255)
    owner_id = models.BigIntegerField("mã tài khoản", null=True, db_index=True)
    owner_name = models.CharField("người giao", max_length=200)
    arguments = models.JSONField("tham số", default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField("trạng thái", max_length=10, choices=STATES, default=WAITING)
    share = models.FloatField("phần đã xong", default=0)
    words = models.CharField("đang làm", max_length=255, blank=True)
    result = models.JSONField("kết quả", null=True, encoder=DjangoJSONEncoder)
    error = models.TextField("lỗi", blank=True)
    submitted_at = models.DateTimeField("giao lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    heartbeat_at = models.DateTimeField("còn sống lúc", null=True)
    cancel_asked_at = models.DateTimeField("xin dừng lúc", null=True)
    attempts = models.PositiveSmallIntegerField("số lần chạy", default=0)
    queued_as = models.BigIntegerField("mã trong hàng đợi", null=True, db_index=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ("-id",)
        indexes = [models.Index(fields=["owner_id", "-id"], name="job_owner_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """How far, in whole per cent."""
        return round(max(0.0, min(1.0, self.share)) * 100)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def stopping(self) -> bool:
        """Asked to stop, and not there yet."""
        return self.state == RUNNING and self.cancel_asked_at is not None
