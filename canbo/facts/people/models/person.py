"""A person's identity, and her dossier (hồ sơ) as it stood."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import StrIndex, Substr

from canbo.facts.decisions.models import PRECISIONS, DatedFact, FactQuerySet, no_overlap

from ..choices import Sex


class Person(models.Model):
    """Who somebody is, whatever her dossier says at a time.

    ``name``, ``sort_key`` and ``search_text`` repeat the newest record for lists and search; ``other_words`` is what
    stands in ``search_text`` behind the given name, kept by the database. ``work_unit`` and
    ``party_unit`` say where she is found today; staffing and party keep them, and they decide who may see her.
    """

    code = models.CharField("mã hồ sơ", max_length=40, unique=True)
    citizen_id = models.CharField("số định danh cá nhân", max_length=12, null=True, blank=True)  # noqa: DJ001
    name = models.CharField("họ và tên", max_length=150)
    sort_key = models.CharField(max_length=400, db_collation="C")
    search_text = models.CharField(max_length=360)
    other_words = models.GeneratedField(
        expression=Substr("search_text", StrIndex("search_text", Value(" "))),
        output_field=models.CharField(max_length=360),
        db_persist=True,
    )
    work_unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="nơi công tác", null=True, blank=True, related_name="+"
    )
    party_unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="nơi sinh hoạt đảng", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "hồ sơ"
        verbose_name_plural = "hồ sơ"
        ordering = ("sort_key", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_id"], condition=Q(citizen_id__isnull=False), name="person_citizen_id_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["sort_key", "id"], include=["search_text", "work_unit", "party_unit"], name="person_order"
            ),
            GinIndex(OpClass("other_words", name="gin_trgm_ops"), name="person_search"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonRecord(DatedFact):
    """The dossier while it was in force. The first record of a person has no first day: it always held."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="hồ sơ", related_name="records")
    full_name = models.CharField("họ và tên khai sinh", max_length=150)
    other_names = models.CharField("tên gọi khác", max_length=150, blank=True)
    sex = models.CharField("giới tính", max_length=3, choices=Sex)
    born_on = models.DateField("ngày sinh")
    born_precision = models.CharField("độ chính xác ngày sinh", max_length=1, choices=PRECISIONS, default="d")
    ethnic_group = models.CharField("dân tộc", max_length=60)
    religion = models.CharField("tôn giáo", max_length=60, blank=True)
    home_town = models.CharField("quê quán", max_length=255, blank=True)
    residence = models.CharField("nơi thường trú", max_length=255, blank=True)
    occupation = models.CharField("nghề nghiệp hiện nay", max_length=150, blank=True)
    general_education = models.CharField("trình độ giáo dục phổ thông", max_length=60, blank=True)
    qualification = models.CharField("trình độ chuyên môn cao nhất", max_length=120, blank=True)
    major = models.CharField("chuyên ngành", max_length=150, blank=True)
    political_theory = models.CharField("lý luận chính trị", max_length=80, blank=True)
    state_management = models.CharField("quản lý nhà nước", max_length=80, blank=True)
    foreign_language = models.CharField("ngoại ngữ", max_length=120, blank=True)
    informatics = models.CharField("tin học", max_length=120, blank=True)
    rank = models.CharField("ngạch", max_length=80, blank=True)
    salary_step = models.CharField("bậc lương", max_length=20, blank=True)
    salary_coefficient = models.DecimalField("hệ số lương", max_digits=5, decimal_places=2, null=True, blank=True)
    recruited_on = models.DateField("ngày tuyển dụng", null=True, blank=True)
    recruited_precision = models.CharField(
        "độ chính xác ngày tuyển dụng", max_length=1, choices=PRECISIONS, default="d"
    )
    died_on = models.DateField("ngày mất", null=True, blank=True)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "phiên bản hồ sơ"
        verbose_name_plural = "phiên bản hồ sơ"
        ordering = ("person", "in_force")
        constraints = [
            no_overlap("person_record_overlap", "person"),
            models.CheckConstraint(condition=Q(in_force__isempty=False), name="person_record_period"),
        ]

    def __str__(self) -> str:
        return self.full_name
