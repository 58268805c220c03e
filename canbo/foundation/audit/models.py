"""The log: one line per act, each carrying the hash of the line before it."""

from __future__ import annotations

from django.db import models

from .choices import GENESIS


class AuditEntry(models.Model):
    """One line (dòng nhật ký): who did what to which row, when and why."""

    chain = models.CharField("chuỗi", max_length=40)
    seq = models.BigIntegerField("số thứ tự")
    at = models.DateTimeField("thời điểm")
    actor = models.CharField("người thực hiện", max_length=200)
    user_id = models.BigIntegerField("mã tài khoản", null=True)
    on_behalf_of = models.CharField("được ủy quyền bởi", max_length=200, blank=True)
    verb = models.CharField("hành vi", max_length=80, db_index=True)
    object_type = models.CharField("loại đối tượng", max_length=60, blank=True)
    object_id = models.BigIntegerField("mã đối tượng", null=True)
    reason = models.TextField("lý do", blank=True)
    data = models.JSONField("nội dung", default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ("chain", "seq")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_once")]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_entry_object")]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.verb}"


class AuditHead(models.Model):
    """Where a chain stands; locked while a line is added, so that lines never fork."""

    chain = models.CharField("chuỗi", max_length=40, primary_key=True)
    seq = models.BigIntegerField("số thứ tự", default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"
        verbose_name_plural = "đầu chuỗi nhật ký"

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"
