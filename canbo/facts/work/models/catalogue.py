"""What a body produces, converted to one standard product; and what its people ask to add."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import DatedFact, FactQuerySet, no_overlap, real_period


class Product(DatedFact):
    """A product or piece of work (sản phẩm, công việc) of a body's catalogue, while it was in force.

    ``coefficient`` is its points over those of the standard product, one decimal (NĐ 335/2025, Điều 13). A body has its own
    catalogue and, for codes it does not define itself, those of the bodies above it.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    code = models.CharField("mã", max_length=40)
    name = models.CharField("sản phẩm, công việc", max_length=255)
    duty = models.CharField("nhiệm vụ", max_length=255, blank=True)
    output = models.CharField("sản phẩm đầu ra", max_length=255, blank=True)
    frequency = models.CharField("tần suất", max_length=80, blank=True)
    group = models.PositiveSmallIntegerField("nhóm")
    factors = models.JSONField("điểm theo yếu tố", default=dict)
    points = models.DecimalField("điểm", max_digits=7, decimal_places=2)
    coefficient = models.DecimalField("hệ số quy đổi", max_digits=7, decimal_places=1)
    standard = models.BooleanField("là sản phẩm chuẩn", default=False)
    usual = models.BooleanField("hay phát sinh", default=False)
    search_text = models.CharField(max_length=700)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "sản phẩm, công việc"
        verbose_name_plural = "sản phẩm, công việc"
        ordering = ("unit", "group", "code", "id")
        constraints = [
            no_overlap("product_overlap", "unit", "code"),
            no_overlap("product_one_standard", "unit", condition=Q(standard=True)),
            real_period("product_period"),
            models.CheckConstraint(condition=Q(points__gt=0, coefficient__gt=0), name="product_positive"),
            models.CheckConstraint(condition=Q(group__range=(1, 5)), name="product_group"),
        ]
        indexes = [GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="product_search")]

    def __str__(self) -> str:
        return self.name


class ProductProposal(models.Model):
    """Somebody asks to add a product to a catalogue; work on it does not count until it is approved."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="người đề nghị", null=True, blank=True, related_name="+"
    )
    asked_by = models.CharField("người ghi", max_length=200)
    asked_on = models.DateField("ngày đề nghị")
    name = models.CharField("sản phẩm, công việc", max_length=255)
    output = models.CharField("sản phẩm đầu ra", max_length=255, blank=True)
    reason = models.TextField("lý do")
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answered_by = models.CharField("người trả lời", max_length=200, blank=True)
    answer = models.TextField("trả lời", blank=True)
    product = models.ForeignKey(
        Product, models.PROTECT, verbose_name="sản phẩm được duyệt", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "đề nghị bổ sung danh mục"
        verbose_name_plural = "đề nghị bổ sung danh mục"
        ordering = ("-asked_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(answered_on__isnull=False), name="proposal_answered"
            )
        ]

    def __str__(self) -> str:
        return self.name
