"""What an evaluation needs to know beside tasks and scores: absences, recorded findings, points to be answered."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from ..choices import Rest
from .cycle import Cycle
from .sheet import one_subject


class Leave(models.Model):
    """A time somebody did not work (nghỉ), as far as it changes how a period is evaluated."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+")
    first = models.DateField("từ ngày")
    last = models.DateField("đến ngày")
    kind = models.CharField("loại", max_length=10, choices=Rest)
    paper = models.CharField("văn bản", max_length=255, blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.CharField("người ghi", max_length=200)
    voided_on = models.DateField("ngày hủy", null=True, blank=True)
    voided_why = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "thời gian nghỉ"
        verbose_name_plural = "thời gian nghỉ"
        ordering = ("person", "first", "id")
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="leave_period")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"


class Finding(models.Model):
    """A recorded fact that a condition asks about (căn cứ xếp loại): a conclusion, a disciplined breach, a ratio.

    ``fact`` is the name by which rulebooks ask; ``value`` is true, false or a number. It always says where it comes
    from: a knock-out is never typed as a score.
    """

    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+"
    )
    collective = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="tập thể", null=True, blank=True, related_name="+"
    )
    fact = models.CharField("nội dung", max_length=60)
    value = models.JSONField("giá trị", encoder=DjangoJSONEncoder)
    on = models.DateField("ngày xảy ra, ngày kết luận")
    at_unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="xảy ra tại", null=True, blank=True, related_name="+"
    )
    record = models.CharField("văn bản, hồ sơ", max_length=255)
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, verbose_name="theo quyết định", null=True, blank=True, related_name="+"
    )
    mitigation = models.TextField("tình tiết được xem xét, lý do", blank=True)
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.CharField("người ghi", max_length=200)
    voided_on = models.DateField("ngày hủy", null=True, blank=True)
    voided_why = models.TextField("lý do hủy", blank=True)

    class Meta:
        verbose_name = "căn cứ xếp loại"
        verbose_name_plural = "căn cứ xếp loại"
        ordering = ("-on", "id")
        constraints = [one_subject("finding_subject")]
        indexes = [
            models.Index(fields=["person", "on"], name="finding_person"),
            models.Index(fields=["collective", "on"], name="finding_collective"),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.record}"


class Suggestion(models.Model):
    """A point the level above asks to have reviewed (gợi ý kiểm điểm); the sheet is not submitted without answers."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="suggestions")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+"
    )
    collective = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="tập thể", null=True, blank=True, related_name="+"
    )
    text = models.TextField("nội dung gợi ý")
    issuer = models.CharField("cấp gợi ý", max_length=255)
    paper = models.CharField("văn bản", max_length=255, blank=True)
    made_at = models.DateTimeField("gợi ý lúc")
    made_by = models.CharField("người ghi", max_length=200)
    answer = models.TextField("giải trình", blank=True)
    answered_at = models.DateTimeField("giải trình lúc", null=True, blank=True)

    class Meta:
        verbose_name = "gợi ý kiểm điểm"
        verbose_name_plural = "gợi ý kiểm điểm"
        ordering = ("cycle", "id")
        constraints = [one_subject("suggestion_subject")]

    def __str__(self) -> str:
        return self.text[:80]
