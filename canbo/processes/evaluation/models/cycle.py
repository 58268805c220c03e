"""One evaluation of one period under one rulebook, its dates, and the larger shares it allows."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from canbo.foundation.kernel.period import Span

from ..choices import Stage, Step


class Cycle(models.Model):
    """A cycle (kỳ đánh giá): everybody of a scope, one period, one rulebook.

    The rulebook is that of the first day of the period and stays the same however long the cycle lasts;
    ``base`` names the shorter period whose results are averaged (``month``, ``quarter``), empty where the sheets
    themselves are scored.
    """

    rulebook = models.CharField("bộ quy tắc", max_length=60)
    rulebook_title = models.CharField("tên bộ quy tắc", max_length=255)
    rulebook_version = models.CharField("phiên bản bộ quy tắc", max_length=64)
    period = models.CharField("kỳ", max_length=10)
    first = models.DateField("ngày đầu kỳ")
    last = models.DateField("ngày cuối kỳ")
    base = models.CharField("tính từ kết quả", max_length=10, blank=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="phạm vi", related_name="+")
    people = models.BooleanField("đánh giá cá nhân", default=True)
    collectives = models.BooleanField("đánh giá tập thể", default=False)
    stage = models.CharField("giai đoạn", max_length=8, choices=Stage, default=Stage.OPEN)
    opened_at = models.DateTimeField("mở lúc")
    opened_by = models.CharField("người mở", max_length=200)
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)
    closed_by = models.CharField("người đóng", max_length=200, blank=True)
    decision = models.ForeignKey(
        "decisions.Decision",
        models.PROTECT,
        verbose_name="theo quyết định",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "kỳ đánh giá"
        verbose_name_plural = "kỳ đánh giá"
        ordering = ("-first", "period", "rulebook", "id")
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "period", "unit"], name="cycle_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="cycle_period"),
            models.CheckConstraint(condition=Q(people=True) | Q(collectives=True), name="cycle_of_somebody"),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False)
                | (~Q(stage=Stage.CLOSED) & Q(closed_at__isnull=True)),
                name="cycle_closed_when_said",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rulebook_title}, {self.span}"

    @property
    def span(self) -> Span:
        """The period with both its days."""
        return Span(self.first, self.last)

    @property
    def closed(self) -> bool:
        return self.stage == Stage.CLOSED


class Deadline(models.Model):
    """The last day of one step of a cycle; an extension is a new row with its reason, the old one stays."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="deadlines")
    step = models.CharField("bước", max_length=10, choices=Step)
    on = models.DateField("hạn")
    reason = models.TextField("lý do", blank=True)
    source = models.CharField("căn cứ", max_length=255, blank=True)
    set_at = models.DateTimeField("đặt lúc")
    set_by = models.CharField("người đặt", max_length=200)

    class Meta:
        verbose_name = "hạn của kỳ đánh giá"
        verbose_name_plural = "hạn của kỳ đánh giá"
        ordering = ("cycle", "step", "id")

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.on:%d/%m/%Y}"


class Allowance(models.Model):
    """More top grades than the ordinary share, allowed to one body and group by who may, with a reason.

    ``outstanding`` raises the share to that of outstanding bodies; else ``limit`` is the number allowed.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="allowances")
    body = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="cơ quan", related_name="+")
    cap_group = models.CharField("nhóm tương đồng", max_length=80, blank=True)
    outstanding = models.BooleanField("đơn vị có thành tích xuất sắc, nổi trội", default=False)
    limit = models.PositiveIntegerField("số được xếp mức cao nhất", null=True, blank=True)
    reason = models.TextField("lý do")
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, verbose_name="theo quyết định", null=True, blank=True, related_name="+"
    )
    allowed_at = models.DateTimeField("cho phép lúc")
    allowed_by = models.CharField("người cho phép", max_length=200)

    class Meta:
        verbose_name = "tỷ lệ được nâng"
        verbose_name_plural = "tỷ lệ được nâng"
        ordering = ("cycle", "body", "cap_group", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(outstanding=True, limit__isnull=True) | Q(outstanding=False, limit__isnull=False),
                name="allowance_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.limit if self.limit is not None else 'tỷ lệ cao'}"


def newest(rows: list[Deadline]) -> dict[str, dt.date]:
    """The dates that hold: of each step the row set last."""
    return {row.step: row.on for row in sorted(rows, key=lambda row: row.pk)}
