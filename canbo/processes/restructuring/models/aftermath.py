"""What remains after a case was carried out: people without a final place, handing over, and how to go back."""

from __future__ import annotations

from django.db import models

from ..choices import Asset
from .case import Restructuring


class Waiting(models.Model):
    """A row that stands in a unit for the time being and waits to be placed one by one (chờ bố trí)."""

    case = models.ForeignKey(Restructuring, models.PROTECT, verbose_name="đợt sắp xếp", related_name="waiting")
    kind = models.CharField("loại dữ kiện", max_length=40)
    row = models.BigIntegerField("dòng")
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="hồ sơ", null=True, blank=True, related_name="+"
    )
    old = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị cũ", related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đang tạm ở", related_name="+")
    placed = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="đã bố trí về", null=True, blank=True, related_name="+"
    )
    placed_at = models.DateTimeField("bố trí lúc", null=True, blank=True)
    placed_by = models.CharField("người bố trí", max_length=200, blank=True)

    class Meta:
        verbose_name = "chờ bố trí"
        verbose_name_plural = "chờ bố trí"
        ordering = ("old", "kind", "id")
        constraints = [models.UniqueConstraint(fields=["case", "kind", "row"], name="waiting_once")]
        indexes = [models.Index(fields=["case", "placed_at", "old"], name="waiting_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"


class HandOver(models.Model):
    """One thing handed over from an old unit (việc bàn giao): seal, property, files, staff, members."""

    case = models.ForeignKey(Restructuring, models.PROTECT, verbose_name="đợt sắp xếp", related_name="hand_overs")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị cũ", related_name="+")
    asset = models.CharField("nội dung", max_length=12, choices=Asset)
    on = models.DateField("ngày bàn giao")
    note = models.CharField("biên bản, ghi chú", max_length=255, blank=True)
    by = models.CharField("người ghi", max_length=200)

    class Meta:
        verbose_name = "việc bàn giao"
        verbose_name_plural = "việc bàn giao"
        ordering = ("unit", "asset")
        constraints = [models.UniqueConstraint(fields=["case", "unit", "asset"], name="hand_over_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_asset_display()}"


class Rewritten(models.Model):
    """A row that was set aside or re-pointed (dòng được ghi lại), so that annulling puts it back as it was.

    ``value`` is the unit (or grant) a re-pointed row had; empty for a fact that was voided and written anew.
    """

    case = models.ForeignKey(Restructuring, models.PROTECT, verbose_name="đợt sắp xếp", related_name="+")
    table = models.CharField("bảng", max_length=60)
    row = models.BigIntegerField("dòng")
    value = models.BigIntegerField("giá trị trước", null=True)

    class Meta:
        verbose_name = "dòng được ghi lại"
        verbose_name_plural = "dòng được ghi lại"
        constraints = [models.UniqueConstraint(fields=["case", "table", "row"], name="rewritten_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
