"""Posts, who holds them, and the staff a unit may have."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import PRECISIONS, DatedFact, FactQuerySet, no_overlap, real_period


class Post(DatedFact):
    """A post (chức vụ) that a unit has, with the number of its holders allowed."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    title = models.CharField("chức vụ", max_length=200)
    title_key = models.CharField(max_length=200)
    seats = models.PositiveSmallIntegerField("số lượng", default=1)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ("unit", "title", "id")
        constraints = [no_overlap("post_overlap", "unit", "title_key"), real_period("post_period")]

    def __str__(self) -> str:
        return self.title


class Assignment(DatedFact):
    """A person holds a post (giữ chức vụ) in a unit; several at once are allowed, in several systems."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    title = models.CharField("chức vụ", max_length=200)
    title_key = models.CharField(max_length=200)
    acts = ArrayField(models.CharField(max_length=60), verbose_name="hành vi")
    closing_act = models.CharField("hành vi kết thúc", max_length=60, blank=True)
    concurrent = models.BooleanField("kiêm nhiệm", default=False)
    term_until = models.DateField("thời hạn đến", null=True, blank=True)
    term_precision = models.CharField("độ chính xác thời hạn", max_length=1, choices=PRECISIONS, default="d")
    managed_by = models.CharField("diện quản lý", max_length=120, blank=True)
    staff_group = models.CharField("nhóm biên chế", max_length=80, blank=True, db_default="")

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "giữ chức vụ"
        verbose_name_plural = "giữ chức vụ"
        ordering = ("person", "in_force", "id")
        constraints = [
            no_overlap("assignment_overlap", "person", "unit", "title_key"),
            real_period("assignment_period"),
            models.CheckConstraint(condition=Q(acts__len__gt=0), name="assignment_act"),
        ]

    def __str__(self) -> str:
        return self.title


class QuotaTotal(DatedFact):
    """The total that a unit was given for itself and everything under it (tổng biên chế giao), to be handed on."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    staff_group = models.CharField("nhóm", max_length=80)
    assigned = models.PositiveIntegerField("giao")

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tổng biên chế giao"
        verbose_name_plural = "tổng biên chế giao"
        ordering = ("unit", "staff_group", "in_force")
        constraints = [no_overlap("quota_total_overlap", "unit", "staff_group"), real_period("quota_total_period")]

    def __str__(self) -> str:
        return f"{self.staff_group}: {self.assigned}"


class StaffQuota(DatedFact):
    """Staff assigned to a unit itself (biên chế giao) by group; a baseline is a figure to compare with, not a quota."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    staff_group = models.CharField("nhóm", max_length=80)
    assigned = models.PositiveIntegerField("giao")
    baseline = models.BooleanField("là mốc so sánh", default=False)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "biên chế"
        verbose_name_plural = "biên chế"
        ordering = ("unit", "staff_group", "in_force")
        constraints = [
            no_overlap("staff_quota_overlap", "unit", "staff_group", condition=Q(baseline=False)),
            models.UniqueConstraint(
                fields=["unit", "staff_group", "since"],
                condition=Q(voided_on__isnull=True, baseline=True),
                name="staff_baseline_once",
            ),
            real_period("staff_quota_period"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_group}: {self.assigned}"
