"""Membership: stays in a cell, cards and badges."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import PRECISIONS, DatedFact, EventFact, FactQuerySet, no_overlap, real_period

from .choices import BadgeForm, CardForm, Entry, Exit


class Membership(DatedFact):
    """A member's stay in one cell (sinh hoạt đảng), from the day it begins to the day before it ends.

    The four dates of admission belong to the member and are carried along from stay to stay: the day the decision was
    signed (``admitted_on``), the ceremony (``ceremony_on``), the day of full membership (``official_on``).
    """

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="đảng viên", related_name="+")
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="tổ chức đảng nơi sinh hoạt", related_name="+"
    )
    entry = models.CharField("hành vi", max_length=20, choices=Entry)
    closing_act = models.CharField("hành vi kết thúc", max_length=20, choices=Exit, blank=True)
    admitted_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)
    ceremony_on = models.DateField("ngày kết nạp", null=True, blank=True)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    admitted_precision = models.CharField(max_length=1, choices=PRECISIONS, blank=True)
    ceremony_precision = models.CharField(max_length=1, choices=PRECISIONS, blank=True)
    official_precision = models.CharField(max_length=1, choices=PRECISIONS, blank=True)
    card_number = models.CharField("số thẻ", max_length=20, blank=True, db_index=True)
    file_number = models.CharField("số lý lịch", max_length=20, blank=True)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "sinh hoạt đảng"
        verbose_name_plural = "sinh hoạt đảng"
        ordering = ("person", "in_force")
        constraints = [no_overlap("membership_overlap", "person"), real_period("membership_period")]
        # Probationers are a few in a hundred: those without a day of full membership, and those whose day is to come.
        indexes = [
            models.Index(fields=["official_on"], condition=Q(voided_on__isnull=True), name="membership_official")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since:%d/%m/%Y}"


class Card(EventFact):
    """A member card (thẻ đảng viên) issued, exchanged or replaced."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="đảng viên", related_name="+")
    form = models.CharField("hình thức", max_length=10, choices=CardForm)
    number = models.CharField("số thẻ", max_length=20, blank=True, db_index=True)

    class Meta:
        verbose_name = "thẻ đảng viên"
        verbose_name_plural = "thẻ đảng viên"
        ordering = ("-on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on", "form"], condition=Q(voided_on__isnull=True), name="card_once"
            )
        ]
        indexes = [models.Index(fields=["on", "person"], name="card_by_day")]

    def __str__(self) -> str:
        return self.number or f"{self.on:%d/%m/%Y}"


class Badge(EventFact):
    """A Party badge (Huy hiệu Đảng) awarded; ``years`` is its level, 30 to 90."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="đảng viên", related_name="+")
    years = models.PositiveSmallIntegerField("loại")
    form = models.CharField("hình thức", max_length=10, choices=BadgeForm, default=BadgeForm.REGULAR)
    number = models.CharField("số huy hiệu", max_length=20, blank=True)

    class Meta:
        verbose_name = "Huy hiệu Đảng"
        verbose_name_plural = "Huy hiệu Đảng"
        ordering = ("-on", "id")
        constraints = [
            models.UniqueConstraint(fields=["person", "years"], condition=Q(voided_on__isnull=True), name="badge_once")
        ]
        indexes = [models.Index(fields=["on", "person"], name="badge_by_day")]

    def __str__(self) -> str:
        return f"Huy hiệu {self.years} năm tuổi Đảng"
