"""Committees of Party organisations: their number and term; who sits on them is read from the posts held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import DatedFact, FactQuerySet, no_overlap, real_period

from ..choices import Body


class Committee(DatedFact):
    """The number of members decided for a committee (cấp ủy, ban thường vụ, ủy ban kiểm tra), and its term."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="tổ chức đảng", related_name="+")
    body = models.CharField("cơ quan", max_length=20, choices=Body)
    size = models.PositiveSmallIntegerField("số lượng")
    deputies = models.PositiveSmallIntegerField("số phó bí thư, phó chủ nhiệm", null=True, blank=True)
    term = models.CharField("nhiệm kỳ", max_length=40, blank=True)
    term_until = models.DateField("ngày hết nhiệm kỳ", null=True, blank=True)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "số lượng cấp ủy"
        verbose_name_plural = "số lượng cấp ủy"
        ordering = ("unit", "body", "in_force")
        constraints = [
            no_overlap("committee_overlap", "unit", "body"),
            real_period("committee_period"),
            models.CheckConstraint(condition=Q(size__gt=0), name="committee_size"),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.term}".strip()
