"""What a province or a unit set for itself in an evaluation rulebook, and from when."""

from __future__ import annotations

import datetime as dt

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from ..choices import Level, LocalState


class LocalRule(models.Model):
    """A local rule (quy định riêng): what one text sets in one rulebook for a unit and everything under it.

    ``changes`` holds ``values`` by name, ``rows`` by catalogue, key and column, and ``added`` criteria by catalogue. In
    force it never changes again, it is only withdrawn from a day on. The files that the rulebooks are read from are made
    from these rows. ``trial`` is what the last trial on sheets of an earlier period found.
    """

    rulebook = models.CharField("bộ quy tắc", max_length=60)
    level = models.CharField("cấp ban hành", max_length=10, choices=Level)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="áp dụng cho", related_name="+")
    number = models.CharField("số văn bản", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issuer = models.CharField("cơ quan ban hành", max_length=255)
    subject = models.CharField("trích yếu", max_length=500)
    since = models.DateField("áp dụng cho kỳ bắt đầu từ ngày")
    until = models.DateField("thôi áp dụng cho kỳ bắt đầu từ ngày", null=True, blank=True)
    changes = models.JSONField("nội dung", default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField("trạng thái", max_length=10, choices=LocalState, default=LocalState.DRAFT)
    reason = models.TextField("lý do rút", blank=True)
    written_at = models.DateTimeField("soạn lúc")
    written_by = models.CharField("người soạn", max_length=200)
    set_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    set_by = models.CharField("người ban hành", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_by = models.CharField("người rút", max_length=200, blank=True)
    trial = models.JSONField("kết quả thử", null=True, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "quy định riêng"
        verbose_name_plural = "quy định riêng"
        ordering = ("-since", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="local_rule_period"),
            models.CheckConstraint(
                condition=Q(state=LocalState.WITHDRAWN, until__isnull=False) & ~Q(reason="")
                | ~Q(state=LocalState.WITHDRAWN),
                name="local_rule_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.issued_on:%d/%m/%Y}"

    @property
    def is_draft(self) -> bool:
        return self.state == LocalState.DRAFT

    @property
    def never_held(self) -> bool:
        """Withdrawn before it began."""
        return self.until == self.since

    def standing(self, day: dt.date) -> str:
        """How it stands on a day, in words."""
        if self.is_draft:
            return "dự thảo"
        if self.never_held:
            return "đã rút, chưa áp dụng"
        if self.until is not None and self.until <= day:
            return "đã thôi áp dụng"
        return "chờ đến ngày áp dụng" if self.since > day else "đang áp dụng"
