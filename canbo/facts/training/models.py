"""Courses taken and certificates earned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import PRECISIONS, EventFact


class Enrolment(EventFact):
    """A person sent on a course (đào tạo, bồi dưỡng); ``on`` is the day it begins."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+")
    course = models.CharField("khóa học", max_length=255)
    level = models.CharField("trình độ", max_length=80)
    mode = models.CharField("hình thức", max_length=40, blank=True)
    place = models.CharField("nơi học", max_length=255, blank=True)
    result = models.CharField("kết quả", max_length=255, blank=True)
    ended_on = models.DateField("đến ngày", null=True, blank=True)
    ended_precision = models.CharField("độ chính xác ngày kết thúc", max_length=1, choices=PRECISIONS, default="d")

    class Meta:
        verbose_name = "khóa đào tạo, bồi dưỡng"
        verbose_name_plural = "khóa đào tạo, bồi dưỡng"
        ordering = ("-on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "on"], condition=Q(voided_on__isnull=True), name="enrolment_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("on")), name="enrolment_order"
            ),
        ]
        indexes = [models.Index(fields=["on", "person"], name="enrolment_by_day")]

    def __str__(self) -> str:
        return self.course
