"""What a cycle concluded, appeals against it, and reminders of what is due."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ..choices import Answer, Step
from .cycle import Cycle
from .sheet import Sheet, one_subject

TASK_COLUMNS = (
    "key", "title", "coef", "assigned", "done", "quality_fails", "excused_fails", "delays", "excused_delays",
    "late_days", "excused_days", "ad_hoc", "taken_over", "handed_back", "late", "exceeded", "failed", "due_on",
    "counts_on",
)  # fmt: skip
"""What a result keeps of each task that counted, in the order of its row."""


class Result(models.Model):
    """A result (kết quả đánh giá) with its whole explanation as it was when concluded; replaced, never rewritten.

    ``explanation`` holds criteria, formula lines, conditions and the rulebook version; empty, that of the closed sheet
    holds, which the database keeps unchanged (``told``). ``tasks`` are the rows that counted.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, verbose_name="phiếu đánh giá", related_name="results")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+", db_index=False
    )
    collective = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        verbose_name="tập thể",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    rulebook = models.CharField("bộ quy tắc", max_length=60)
    rulebook_version = models.CharField("phiên bản bộ quy tắc", max_length=64)
    period = models.CharField("kỳ", max_length=10)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    common = models.DecimalField("điểm tiêu chí chung", max_digits=16, decimal_places=10, null=True, blank=True)
    result = models.DecimalField(
        "điểm kết quả thực hiện nhiệm vụ", max_digits=16, decimal_places=10, null=True, blank=True
    )
    total = models.DecimalField("tổng điểm", max_digits=16, decimal_places=10, null=True, blank=True)
    by_points = models.CharField("mức theo điểm", max_length=10, blank=True)
    by_conditions = models.CharField("mức theo điều kiện", max_length=10, blank=True)
    grade = models.CharField("mức", max_length=10)
    reason = models.TextField("lý do quyết định", blank=True)
    explanation = models.JSONField("diễn giải", default=dict, encoder=DjangoJSONEncoder)
    tasks = models.JSONField("nhiệm vụ đã tính", default=list, encoder=DjangoJSONEncoder)
    decided_on = models.DateField("ngày quyết định")
    decided_by = models.CharField("người quyết định", max_length=200)
    decision = models.ForeignKey(
        "decisions.Decision",
        models.PROTECT,
        verbose_name="theo quyết định",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    grade_fact = models.ForeignKey(
        "people.Grade",
        models.PROTECT,
        verbose_name="kết quả xếp loại",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    recorded_at = models.DateTimeField("ghi lúc")
    replaced_on = models.DateField("ngày bị thay", null=True, blank=True)
    replaced_why = models.TextField("lý do thay", blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name="thay cho", null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "kết quả đánh giá"
        verbose_name_plural = "kết quả đánh giá"
        ordering = ("-id",)
        constraints = [
            one_subject("result_subject"),
            models.UniqueConstraint(
                fields=["person", "collective", "period", "rulebook"],
                condition=Q(replaced_on__isnull=True),
                nulls_distinct=False,
                name="result_once",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "grade"], name="result_grades")]

    def __str__(self) -> str:
        return f"{self.period}: {self.grade}"

    @property
    def told(self) -> dict[str, Any]:
        """The explanation it stands on; load ``sheet`` with the result where many are read."""
        return dict(self.explanation or self.sheet.explanation)


class Appeal(models.Model):
    """An appeal against a result (kiến nghị), with the day by which it must be answered."""

    result = models.ForeignKey(Result, models.PROTECT, verbose_name="kết quả đánh giá", related_name="appeals")
    text = models.TextField("nội dung")
    received_on = models.DateField("ngày nhận")
    due_on = models.DateField("hạn trả lời")
    source = models.CharField("căn cứ của hạn", max_length=255, blank=True)
    filed_at = models.DateTimeField("ghi lúc")
    filed_by = models.CharField("người gửi", max_length=200)
    ended = models.CharField("kết quả giải quyết", max_length=10, choices=Answer, blank=True)
    answer = models.TextField("nội dung trả lời", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answered_by = models.CharField("người trả lời", max_length=200, blank=True)
    new_result = models.ForeignKey(
        Result, models.PROTECT, verbose_name="kết quả mới", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "kiến nghị kết quả xếp loại"
        verbose_name_plural = "kiến nghị kết quả xếp loại"
        ordering = ("-received_on", "-id")
        constraints = [
            models.UniqueConstraint(fields=["result"], condition=Q(ended=""), name="appeal_one_open"),
            models.CheckConstraint(
                condition=Q(ended="", answered_on__isnull=True) | (~Q(ended="") & Q(answered_on__isnull=False)),
                name="appeal_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y}"


class Reminder(models.Model):
    """What a person was reminded of on a day (nhắc việc): written every night, shown on the desk, no mail."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="người được nhắc", related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="+")
    step = models.CharField("bước", max_length=10, choices=Step)
    on = models.DateField("ngày nhắc")
    due_on = models.DateField("hạn")
    sheets = models.PositiveIntegerField("số phiếu")

    class Meta:
        verbose_name = "nhắc việc đánh giá"
        verbose_name_plural = "nhắc việc đánh giá"
        ordering = ("-on", "due_on", "id")
        constraints = [models.UniqueConstraint(fields=["person", "cycle", "step", "on"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"
