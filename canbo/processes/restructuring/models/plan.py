"""What a case wants done: operations, answers to questions, and where those who stand in old units go."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from canbo.facts.organisation.choices import Operation as Kind

from ..choices import Asked, Rule
from .case import Restructuring


class Operation(models.Model):
    """One line of the plan (dòng phương án): an old unit becomes, or becomes part of, a new one.

    Units are named by code: the new one need not exist yet, and several lines may name the same. An empty ``operation``
    is found from the lines together. A line without a new unit ends the old one; one without an old unit founds the
    new one.
    """

    case = models.ForeignKey(Restructuring, models.CASCADE, verbose_name="đợt sắp xếp", related_name="operations")
    position = models.PositiveIntegerField("thứ tự")
    level = models.CharField("cấp", max_length=40, blank=True)
    operation = models.CharField("hình thức", max_length=60, choices=Kind, blank=True)
    old_code = models.CharField("mã đơn vị cũ", max_length=40, blank=True)
    new_code = models.CharField("mã đơn vị mới", max_length=40, blank=True)
    new_name = models.CharField("tên đơn vị mới", max_length=255, blank=True)
    new_kind = models.CharField("loại hình mới", max_length=60, blank=True)
    new_parent = models.CharField("mã đơn vị cấp trên mới", max_length=40, blank=True)

    class Meta:
        verbose_name = "dòng phương án"
        verbose_name_plural = "dòng phương án"
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(old_code="") | ~Q(new_code=""), name="operation_names_a_unit")
        ]
        indexes = [models.Index(fields=["case", "old_code"], name="operation_old")]

    def __str__(self) -> str:
        return f"{self.old_code or '—'} → {self.new_code or '—'}"


class Answer(models.Model):
    """An answer to a question of the plan (trả lời phương án)."""

    case = models.ForeignKey(Restructuring, models.CASCADE, verbose_name="đợt sắp xếp", related_name="answers")
    unit_code = models.CharField("mã đơn vị", max_length=40)
    question = models.CharField("câu hỏi", max_length=20, choices=Asked)
    choice = models.CharField("lựa chọn", max_length=40)
    value = models.CharField("đơn vị được chọn", max_length=40, blank=True)
    by = models.CharField("người trả lời", max_length=200)
    at = models.DateTimeField("trả lời lúc")

    class Meta:
        verbose_name = "trả lời phương án"
        verbose_name_plural = "trả lời phương án"
        ordering = ("unit_code", "question")
        constraints = [models.UniqueConstraint(fields=["case", "unit_code", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.choice}"


class CarryRule(models.Model):
    """How one old unit's rows of one kind move (cách chuyển); ``kind`` empty stands for all kinds without a rule.

    ``target`` is where all go, or, with the other rules, where those wait who are not on a list.
    """

    case = models.ForeignKey(Restructuring, models.CASCADE, verbose_name="đợt sắp xếp", related_name="rules")
    unit_code = models.CharField("mã đơn vị cũ", max_length=40)
    kind = models.CharField("loại dữ kiện", max_length=40, blank=True)
    rule = models.CharField("cách", max_length=12, choices=Rule)
    target = models.CharField("mã đơn vị đến", max_length=40, blank=True)

    class Meta:
        verbose_name = "cách chuyển"
        verbose_name_plural = "cách chuyển"
        ordering = ("unit_code", "kind")
        constraints = [models.UniqueConstraint(fields=["case", "unit_code", "kind"], name="carry_rule_once")]

    def __str__(self) -> str:
        return f"{self.unit_code}: {self.get_rule_display()}"


class CarryPlace(models.Model):
    """Where one row of one kind goes (nơi chuyển đến), for units that are divided by a list."""

    case = models.ForeignKey(Restructuring, models.CASCADE, verbose_name="đợt sắp xếp", related_name="places")
    kind = models.CharField("loại dữ kiện", max_length=40)
    row = models.BigIntegerField("dòng")
    target = models.CharField("mã đơn vị đến", max_length=40)

    class Meta:
        verbose_name = "nơi chuyển đến"
        verbose_name_plural = "nơi chuyển đến"
        ordering = ("kind", "row")
        constraints = [models.UniqueConstraint(fields=["case", "kind", "row"], name="carry_place_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row} → {self.target}"
