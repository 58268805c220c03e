"""Tasks as they were given, and those that come again by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import (
    PRECISIONS,
    DatedFact,
    EventFact,
    EventQuerySet,
    FactQuerySet,
    real_period,
)

from ..choices import Rhythm, Source
from .catalogue import Product, ProductProposal


class TaskSeries(DatedFact):
    """A task given again every week, month or quarter while the row is in force (nhiệm vụ lặp lại)."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    title = models.CharField("nhiệm vụ", max_length=255)
    content = models.TextField("nội dung", blank=True)
    product = models.ForeignKey(Product, models.PROTECT, verbose_name="sản phẩm, công việc", related_name="+")
    persons = ArrayField(models.BigIntegerField(), verbose_name="người thực hiện")
    quantity = models.DecimalField("số lượng", max_digits=9, decimal_places=2, default=1)
    rhythm = models.CharField("chu kỳ", max_length=10, choices=Rhythm)
    due_day = models.PositiveSmallIntegerField("hạn: ngày thứ mấy của chu kỳ")
    assigner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="người giao", null=True, blank=True, related_name="+"
    )
    assigned_by = models.CharField("tên người giao", max_length=200)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nhiệm vụ lặp lại"
        verbose_name_plural = "nhiệm vụ lặp lại"
        ordering = ("unit", "title", "id")
        constraints = [
            real_period("task_series_period"),
            models.CheckConstraint(condition=Q(quantity__gt=0, persons__len__gt=0), name="task_series_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Task(EventFact):
    """A task (nhiệm vụ) as it was given on a day: who, what, when, whose responsibility, which product, what authority.

    ``quantity`` is the whole of the product, of which the shares are parts. ``coefficient`` stays empty while the product
    waits for approval; then nothing of it counts (NĐ 335/2025, Điều 13.3).
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị chủ trì", related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="nhiệm vụ cha", null=True, blank=True, related_name="+"
    )
    series = models.ForeignKey(
        TaskSeries, models.PROTECT, verbose_name="nhiệm vụ lặp lại", null=True, blank=True, related_name="+"
    )
    occurrence = models.CharField("kỳ của nhiệm vụ lặp lại", max_length=10, blank=True)
    title = models.CharField("nhiệm vụ", max_length=255)
    content = models.TextField("nội dung", blank=True)
    responsibility = models.CharField("trách nhiệm", max_length=255, blank=True)
    authority = models.CharField("thẩm quyền", max_length=255, blank=True)
    output = models.CharField("sản phẩm", max_length=255, blank=True)
    product = models.ForeignKey(
        Product, models.PROTECT, verbose_name="sản phẩm, công việc", null=True, blank=True, related_name="+"
    )
    proposal = models.ForeignKey(
        ProductProposal,
        models.PROTECT,
        verbose_name="đề nghị bổ sung danh mục",
        null=True,
        blank=True,
        related_name="+",
    )
    coefficient = models.DecimalField("hệ số quy đổi", max_digits=7, decimal_places=1, null=True, blank=True)
    quantity = models.DecimalField("số lượng", max_digits=9, decimal_places=2, default=1)
    due_on = models.DateField("thời hạn")
    due_precision = models.CharField("độ chính xác thời hạn", max_length=1, choices=PRECISIONS, default="d")
    source = models.CharField("nguồn", max_length=12, choices=Source, default=Source.ROUTINE)
    source_text = models.CharField("văn bản, kết luận", max_length=255, blank=True)
    assigner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="người giao", null=True, blank=True, related_name="+"
    )
    assigned_by = models.CharField("tên người giao", max_length=200)
    search_text = models.CharField(max_length=600)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ("-on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["series", "occurrence"],
                condition=Q(series__isnull=False, voided_on__isnull=True),
                name="task_occurrence_once",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="task_quantity"),
        ]
        indexes = [
            models.Index(fields=["unit", "-on"], name="task_of_unit"),
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="task_search"),
        ]

    def __str__(self) -> str:
        return self.title
