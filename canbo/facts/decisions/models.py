"""The ledger of decisions, and what every fact built on them carries."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

PRECISIONS = [("d", "ngày"), ("m", "tháng"), ("y", "năm")]


class Batch(models.Model):
    """One load of records (đợt nạp): what a file wrote can be seen, and undone, as one act."""

    source = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    historical = models.BooleanField("số liệu lịch sử", default=False)
    loaded_at = models.DateTimeField("thời điểm nạp")
    loaded_by = models.CharField("người nạp", max_length=200)
    user_id = models.BigIntegerField("mã tài khoản", null=True)
    counts = models.JSONField("số dòng theo trang", default=dict)
    undone_at = models.DateTimeField("thời điểm hoàn tác", null=True)
    undone_why = models.TextField("lý do hoàn tác", blank=True)

    class Meta:
        verbose_name = "đợt nạp"
        verbose_name_plural = "đợt nạp"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.source


class Decision(models.Model):
    """A numbered, dated decision (quyết định) as its paper says; never a draft, never deleted."""

    number = models.CharField("số ký hiệu", max_length=60)
    number_key = models.CharField(max_length=60, db_index=True)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.CharField("cơ quan ban hành", max_length=255)
    issuer_key = models.CharField(max_length=255)
    doc_type = models.CharField("loại văn bản", max_length=60, default="Quyết định")
    abstract = models.TextField("trích yếu", blank=True)
    effective_on = models.DateField("ngày hiệu lực", null=True, blank=True)
    signer = models.CharField("người ký", max_length=150, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=255, blank=True)
    on_behalf = models.CharField("thay mặt", max_length=255, blank=True)
    custodian = models.CharField("mã đơn vị quản lý", max_length=40, blank=True, db_index=True)
    recorded_at = models.DateTimeField("thời điểm ghi", auto_now_add=True)
    recorded_by = models.CharField("người ghi", max_length=200, blank=True)
    opened_in = models.ForeignKey(
        Batch, models.PROTECT, verbose_name="đợt nạp", null=True, related_name="+", db_index=False
    )
    annulled_on = models.DateField("ngày hủy", null=True, blank=True)
    annulled_why = models.TextField("lý do hủy", blank=True)
    annulled_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hủy theo quyết định", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        ordering = ("-issued_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["number_key", "issued_on", "issuer_key", "doc_type"],
                condition=Q(annulled_on__isnull=True),
                name="decision_once",
            )
        ]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def in_effect_on(self) -> dt.date:
        """The day its items take effect: the day it names, else the day on the paper."""
        return self.effective_on or self.issued_on


class DecisionItem(models.Model):
    """One item (điều) of a decision: one act on one subject, with what the act needs to know."""

    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định", related_name="items")
    position = models.PositiveIntegerField("thứ tự")
    act = models.CharField("hành vi", max_length=60)
    subject_type = models.CharField("loại đối tượng", max_length=60)
    subject_id = models.BigIntegerField("mã đối tượng")
    subject_name = models.CharField("đối tượng", max_length=255)
    values = models.JSONField("nội dung", default=dict)

    class Meta:
        verbose_name = "điều của quyết định"
        verbose_name_plural = "điều của quyết định"
        ordering = ("decision", "position")
        constraints = [models.UniqueConstraint(fields=["decision", "position"], name="decision_item_once")]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="decision_item_subject")]

    def __str__(self) -> str:
        return f"{self.decision} điều {self.position}"


class Draft(models.Model):
    """A decision being written: saves itself, belongs to its writer, is no fact."""

    owner_id = models.BigIntegerField("mã tài khoản", db_index=True)
    content = models.JSONField("nội dung", default=dict)
    saved_at = models.DateTimeField("thời điểm lưu", auto_now=True)

    class Meta:
        verbose_name = "dự thảo quyết định"
        verbose_name_plural = "dự thảo quyết định"
        ordering = ("-saved_at",)

    def __str__(self) -> str:
        return str(self.content.get("abstract") or "Dự thảo")


class FactQuerySet(models.QuerySet):
    """Asking dated facts for a day or a period."""

    def standing(self) -> Self:
        """Facts that were not voided."""
        return self.filter(voided_on__isnull=True)

    def at(self, day: dt.date) -> Self:
        """Facts in force on a day."""
        return self.standing().filter(in_force__contains=day)

    def during(self, first: dt.date, last: dt.date) -> Self:
        """Facts in force on any day from ``first`` to ``last``, both included."""
        return self.standing().filter(in_force__overlap=(first, last + dt.timedelta(days=1)))

    def latest(self, *fields: str | None) -> object:  # type: ignore[override]
        raise NotImplementedError("ask .at(day)")


class Sourced(models.Model):
    """What every fact carries: the decision and the batch behind it, and whether it was voided."""

    historical = models.BooleanField("số liệu lịch sử", default=False)
    opened_by = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="theo quyết định", null=True, blank=True, related_name="+"
    )
    opened_in = models.ForeignKey(
        Batch, models.PROTECT, verbose_name="đợt nạp", null=True, blank=True, related_name="+", db_index=False
    )
    note = models.TextField("ghi chú", blank=True)
    voided_on = models.DateField("ngày hủy hiệu lực", null=True, blank=True)
    voided_why = models.TextField("lý do hủy hiệu lực", blank=True)

    class Meta:
        abstract = True


class DatedFact(Sourced):
    """A fact in force for a period; the lower bound is included, the upper one is not.

    ``since`` is the day by which records name the fact; it stays the same when a part of the content changes and
    the fact goes on as a new row. ``since_precision`` tells whether that day is known, or only its month or year.
    """

    in_force = DateRangeField("thời gian hiệu lực")
    since = models.DateField("từ ngày")
    since_precision = models.CharField("độ chính xác", max_length=1, choices=PRECISIONS, default="d")
    closed_by = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="kết thúc theo quyết định", null=True, blank=True, related_name="+"
    )
    closed_in = models.ForeignKey(
        Batch,
        models.PROTECT,
        verbose_name="kết thúc theo đợt nạp",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True

    @property
    def first_day(self) -> dt.date | None:
        return self.in_force.lower if self.in_force else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force, None while open."""
        upper = self.in_force.upper if self.in_force else None
        return upper - dt.timedelta(days=1) if upper else None


class EventQuerySet(models.QuerySet):
    """Asking facts of one day."""

    def standing(self) -> Self:
        """Facts that were not voided."""
        return self.filter(voided_on__isnull=True)

    def during(self, first: dt.date, last: dt.date) -> Self:
        """Facts of the days from ``first`` to ``last``, both included."""
        return self.standing().filter(on__range=(first, last))


class EventFact(Sourced):
    """A fact of one day: a badge awarded, a card issued, a grade decided."""

    on = models.DateField("ngày")
    on_precision = models.CharField("độ chính xác", max_length=1, choices=PRECISIONS, default="d")

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True


def no_overlap(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """Refuses two standing rows that agree in ``fields`` and share a day."""
    standing = Q(voided_on__isnull=True)
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in fields), ("in_force", RangeOperators.OVERLAPS)],
        condition=standing & condition if condition is not None else standing,
    )


def real_period(name: str) -> models.CheckConstraint:
    """Refuses an empty period and one whose first day is missing."""
    return models.CheckConstraint(condition=Q(in_force__isempty=False, in_force__lower_inf=False), name=name)
