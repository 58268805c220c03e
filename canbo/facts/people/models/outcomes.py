"""What processes concluded on a person or a unit: grades, rewards, discipline."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import DatedFact, EventFact, real_period

from .person import Person


def one_subject(name: str) -> models.CheckConstraint:
    """A row speaks of a person or of a unit, never of both or neither."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False, unit__isnull=True) | Q(person__isnull=True, unit__isnull=False), name=name
    )


class Grade(EventFact):
    """An evaluation result (kết quả xếp loại) of one period under one basis."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+"
    )
    period = models.CharField("kỳ", max_length=20)
    basis = models.CharField("căn cứ", max_length=120)
    points = models.DecimalField("điểm", max_digits=7, decimal_places=2, null=True, blank=True)
    grade = models.CharField("mức", max_length=80)

    class Meta:
        verbose_name = "kết quả xếp loại"
        verbose_name_plural = "kết quả xếp loại"
        ordering = ("-on", "id")
        constraints = [
            one_subject("grade_subject"),
            models.UniqueConstraint(
                fields=["person", "unit", "period", "basis"],
                condition=Q(voided_on__isnull=True),
                nulls_distinct=False,
                name="grade_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.grade}"


class Award(EventFact):
    """A reward (khen thưởng) of a person or a unit."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+"
    )
    form = models.CharField("hình thức", max_length=120)
    authority = models.CharField("cơ quan", max_length=255, blank=True)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ("-on", "id")
        constraints = [
            one_subject("award_subject"),
            models.UniqueConstraint(
                fields=["person", "unit", "form", "on"],
                condition=Q(voided_on__isnull=True),
                nulls_distinct=False,
                name="award_once",
            ),
        ]

    def __str__(self) -> str:
        return self.form


class Discipline(DatedFact):
    """A disciplinary measure (kỷ luật), in effect from its day until its effect ends."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="hồ sơ", related_name="+")
    form = models.CharField("hình thức", max_length=80)
    authority = models.CharField("cơ quan", max_length=255, blank=True)
    content = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ("-in_force", "id")
        constraints = [
            real_period("discipline_period"),
            models.UniqueConstraint(
                fields=["person", "form", "since"],
                condition=Q(voided_on__isnull=True, in_force__upper_inf=True),
                name="discipline_once",
            ),
        ]

    def __str__(self) -> str:
        return self.form
