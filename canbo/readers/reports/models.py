"""Reports being written and reports issued."""

from __future__ import annotations

from django.db import models


class ReportDraft(models.Model):
    """What the writer has put between the figures of one report (bản nháp); the figures are never kept here."""

    kind = models.CharField("loại báo cáo", max_length=40)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    period = models.CharField("kỳ", max_length=30)
    texts = models.JSONField("nội dung soạn", default=dict)
    saved_at = models.DateTimeField("thời điểm lưu", auto_now=True)
    saved_by = models.CharField("người lưu", max_length=200)

    class Meta:
        verbose_name = "bản nháp báo cáo"
        verbose_name_plural = "bản nháp báo cáo"
        ordering = ("-saved_at",)
        constraints = [models.UniqueConstraint(fields=["kind", "unit", "period"], name="report_draft_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"


class Issue(models.Model):
    """A report as it was issued (bản phát hành): its text, its figures and its files, never changed afterwards."""

    kind = models.CharField("loại báo cáo", max_length=40)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    period = models.CharField("kỳ", max_length=30)
    number = models.CharField("số ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày báo cáo")
    issued_at = models.DateTimeField("thời điểm phát hành")
    issued_by = models.CharField("người phát hành", max_length=200)
    rulebook_version = models.CharField("phiên bản bộ quy tắc", max_length=80)
    content = models.JSONField("nội dung")
    head = models.JSONField("phần đầu và chữ ký", default=dict)
    subjects = models.JSONField("người và đơn vị trong số liệu", default=dict)
    docx = models.BinaryField("tệp docx")
    docx_sha256 = models.CharField("mã băm docx", max_length=64)
    pdf = models.BinaryField("tệp pdf")
    pdf_sha256 = models.CharField("mã băm pdf", max_length=64)

    class Meta:
        verbose_name = "báo cáo đã phát hành"
        verbose_name_plural = "báo cáo đã phát hành"
        ordering = ("-issued_at", "-id")
        indexes = [models.Index(fields=["kind", "unit", "period"], name="report_issue_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} {self.dated:%d/%m/%Y}"


class QuotaProposal(models.Model):
    """What a unit proposes for the next period of one staff group (dự kiến biên chế): a draft, never a quota."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    staff_group = models.CharField("nhóm", max_length=80)
    first_year = models.PositiveSmallIntegerField("năm đầu")
    last_year = models.PositiveSmallIntegerField("năm cuối")
    percent = models.DecimalField("tỷ lệ giảm", max_digits=5, decimal_places=2)
    total = models.PositiveIntegerField("tổng cuối giai đoạn")
    numbers = models.JSONField("số cuối giai đoạn theo đơn vị", default=dict)
    saved_at = models.DateTimeField("thời điểm lưu", auto_now=True)
    saved_by = models.CharField("người lưu", max_length=200)

    class Meta:
        verbose_name = "dự kiến biên chế"
        verbose_name_plural = "dự kiến biên chế"
        ordering = ("unit", "staff_group", "first_year")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "staff_group", "first_year", "last_year"], name="quota_proposal_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_group} {self.first_year}-{self.last_year}"
