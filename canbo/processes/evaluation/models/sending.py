"""Files of results made for the national database, and what each of them held."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .cycle import Cycle
from .result import Result


class Sending(models.Model):
    """A file of results for the national database (đợt gửi): made, then sent on a day to somebody, or dropped.

    A file holds the results that no earlier file holds; the results of a dropped file are free for the next one.
    ``digest`` is the SHA-256 of the file, which is made anew from its rows whenever it is fetched.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="phạm vi", related_name="+")
    form = models.CharField("định dạng", max_length=10)
    rows = models.PositiveIntegerField("số dòng")
    changed = models.PositiveIntegerField("số dòng sửa đổi", default=0)
    digest = models.CharField("mã kiểm tra tệp", max_length=64)
    made_at = models.DateTimeField("lập lúc")
    made_by = models.CharField("người lập", max_length=200)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    sent_to = models.CharField("nơi nhận", max_length=255, blank=True)
    receipt = models.CharField("mã xác nhận, số văn bản", max_length=255, blank=True)
    sent_by = models.CharField("người gửi", max_length=200, blank=True)
    dropped_on = models.DateField("ngày bỏ", null=True, blank=True)
    dropped_why = models.TextField("lý do bỏ", blank=True)

    class Meta:
        verbose_name = "đợt gửi kết quả"
        verbose_name_plural = "đợt gửi kết quả"
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | (Q(dropped_on__isnull=True) & ~Q(sent_to="")),
                name="sending_sent_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True) | ~Q(dropped_why=""), name="sending_dropped_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.made_at:%d/%m/%Y})"


class Sent(models.Model):
    """A result in a file (dòng đã gửi); ``replaces`` is the result sent before that it takes the place of."""

    sending = models.ForeignKey(Sending, models.PROTECT, verbose_name="đợt gửi kết quả", related_name="lines")
    result = models.ForeignKey(Result, models.PROTECT, verbose_name="kết quả đánh giá", related_name="+")
    replaces = models.ForeignKey(
        Result, models.PROTECT, verbose_name="thay cho", null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "dòng đã gửi"
        verbose_name_plural = "dòng đã gửi"
        ordering = ("sending", "id")
        constraints = [models.UniqueConstraint(fields=["sending", "result"], name="sent_once_a_file")]

    def __str__(self) -> str:
        return str(self.result_id)
