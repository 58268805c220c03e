"""Units: an identity with a stable code, dated versions, lineage, and the tree derived from them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import DatedFact, EventFact, FactQuerySet, no_overlap, real_period

from .choices import Operation, Shelf


class Unit(models.Model):
    """A unit (đơn vị): what stays the same while its name, kind and place in the tree change.

    ``name`` repeats the name of the newest version, for lists and search; the versions are the truth.
    """

    code = models.CharField("mã đơn vị", max_length=40, unique=True)
    name = models.CharField("tên đơn vị", max_length=255)
    sort_key = models.CharField(max_length=600, db_collation="C", db_index=True)
    search_text = models.CharField(max_length=300)

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ("sort_key", "id")
        indexes = [GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="unit_search")]

    def __str__(self) -> str:
        return self.name


class UnitVersion(DatedFact):
    """A unit's name, kind and superior while they were in force."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="versions")
    name = models.CharField("tên đơn vị", max_length=255)
    kind = models.CharField("loại hình", max_length=60)
    local_type = models.CharField("kiểu đơn vị hành chính", max_length=40, blank=True)
    shelf = models.CharField("hệ thống", max_length=10, choices=Shelf)
    parent = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp trên", null=True, blank=True, related_name="+"
    )
    party_code = models.CharField("mã tổ chức đảng", max_length=20, blank=True)
    base_type = models.CharField("loại hình cơ sở", max_length=80, blank=True)
    area = models.CharField("khu vực", max_length=80, blank=True)

    class Meta:
        verbose_name = "phiên bản đơn vị"
        verbose_name_plural = "phiên bản đơn vị"
        ordering = ("unit", "in_force")
        constraints = [
            no_overlap("unit_version_overlap", "unit"),
            real_period("unit_version_period"),
            models.CheckConstraint(condition=~Q(unit=models.F("parent")), name="unit_version_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitPath(models.Model):
    """The tree, derived: ``descendant`` lay under ``ancestor`` (or was it) at ``depth`` for a period."""

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        verbose_name = "đường trong cây tổ chức"
        verbose_name_plural = "đường trong cây tổ chức"
        indexes = [
            models.Index(fields=["ancestor", "valid_from", "valid_to", "descendant"], name="unit_path_down"),
            models.Index(fields=["descendant", "valid_from", "valid_to", "ancestor"], name="unit_path_up"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class UnitLineage(EventFact):
    """One unit became, or became part of, another on a day."""

    old = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị cũ", related_name="+")
    new = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị mới", related_name="+")
    operation = models.CharField("hình thức", max_length=20, choices=Operation)

    class Meta:
        verbose_name = "quan hệ đơn vị"
        verbose_name_plural = "quan hệ đơn vị"
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "on"], condition=Q(voided_on__isnull=True), name="unit_lineage_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Target(DatedFact):
    """A figure assigned to a unit for a period (chỉ tiêu giao); indicators are compared with it."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="+")
    indicator = models.CharField("mã chỉ tiêu", max_length=20)
    period = models.CharField("kỳ", max_length=30)
    breakdown = models.CharField("nhóm", max_length=80, blank=True)
    value = models.DecimalField("giá trị", max_digits=14, decimal_places=2)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        ordering = ("unit", "indicator", "period", "breakdown")
        constraints = [
            no_overlap("target_overlap", "unit", "indicator", "period", "breakdown"),
            real_period("target_period"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.value}"
