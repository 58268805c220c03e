"""The case and its steps."""

from __future__ import annotations

from django.db import models

from ..choices import WITHDRAWN


class Restructuring(models.Model):
    """One restructuring (đợt sắp xếp), from the proposal to the end of handing over.

    ``state`` is the key of the newest step (``organisation.restructuring.stages``), or withdrawn. ``digest`` is the
    fingerprint of the plan that was decided upon; carrying out another one is refused.
    """

    title = models.CharField("tên phương án", max_length=255)
    scope = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="phạm vi", null=True, blank=True, related_name="+"
    )
    on = models.DateField("ngày hiệu lực")
    state = models.CharField("bước", max_length=40)
    source = models.CharField("tên tệp", max_length=255, blank=True)
    digest = models.CharField("dấu của phương án được duyệt", max_length=64, blank=True)
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, verbose_name="quyết định", null=True, blank=True, related_name="+"
    )
    batch = models.ForeignKey(
        "decisions.Batch", models.PROTECT, verbose_name="đợt ghi", null=True, blank=True, related_name="+"
    )
    totals = models.JSONField("tổng trước và sau", default=dict)
    job_id = models.BigIntegerField("việc chạy nền", null=True, blank=True)
    message = models.TextField("thông báo", blank=True)
    prepared_by = models.CharField("người lập", max_length=200)
    user_id = models.BigIntegerField("mã tài khoản", null=True)
    created_at = models.DateTimeField("lập lúc")
    applied_at = models.DateTimeField("thực hiện lúc", null=True, blank=True)
    annulled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    annulled_why = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "đợt sắp xếp"
        verbose_name_plural = "đợt sắp xếp"
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def applied(self) -> bool:
        """Whether its changes stand in the records today."""
        return self.applied_at is not None and self.annulled_at is None

    @property
    def open_to_change(self) -> bool:
        """Whether operations, answers and rules may still be changed."""
        return self.applied_at is None and not self.digest and self.state != WITHDRAWN


class Step(models.Model):
    """One step taken (bước đã qua): when, by whom, on which paper. Steps are added, never changed."""

    case = models.ForeignKey(Restructuring, models.PROTECT, verbose_name="đợt sắp xếp", related_name="steps")
    key = models.CharField("bước", max_length=40)
    on = models.DateField("ngày")
    paper = models.CharField("văn bản", max_length=255, blank=True)
    reason = models.TextField("lý do", blank=True)
    back = models.BooleanField("trả lại", default=False)
    by = models.CharField("người ghi", max_length=200)
    at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "bước sắp xếp"
        verbose_name_plural = "bước sắp xếp"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.key} {self.on:%d/%m/%Y}"
