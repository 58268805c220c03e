"""Files that people brought in, what was found in them, and what a load changed beyond opening and closing."""

from __future__ import annotations

from django.db import models

from .choices import CHECKING, STATES


class Upload(models.Model):
    """One workbook brought in (tệp nạp), from the first check to the load or to being dropped."""

    name = models.CharField("tên tệp", max_length=255)
    path = models.CharField("nơi lưu", max_length=255, blank=True)
    size = models.BigIntegerField("cỡ tệp")
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    owner_id = models.BigIntegerField("mã tài khoản", null=True, db_index=True)
    owner_name = models.CharField("người nạp", max_length=200)
    historical = models.BooleanField("số liệu lịch sử", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=STATES, default=CHECKING)
    message = models.TextField("thông báo", blank=True)
    counts = models.JSONField("số dòng theo trang", default=dict)
    uploaded_at = models.DateTimeField("tải lên lúc")
    job_id = models.BigIntegerField("việc chạy nền", null=True)
    batch = models.ForeignKey(
        "decisions.Batch", models.PROTECT, verbose_name="đợt nạp", null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = "tệp nạp"
        verbose_name_plural = "tệp nạp"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    def total(self, what: str) -> int:
        """Rows of one sort (``rows``, ``new``, ``changed``, ``same``, ``faults``) over all sheets."""
        return sum(count.get(what, 0) for count in self.counts.values())


class UploadFault(models.Model):
    """One fault of a brought file (lỗi của tệp). Removed together with the file: it repeats what people wrote."""

    upload = models.ForeignKey(Upload, models.CASCADE, verbose_name="tệp nạp", related_name="faults")
    sheet = models.CharField("trang", max_length=60, blank=True)
    row = models.PositiveIntegerField("dòng")
    column = models.CharField("cột", max_length=120, blank=True)
    value = models.CharField("ô ghi", max_length=255, blank=True)
    message = models.TextField("lỗi")
    fix = models.TextField("cách sửa", blank=True)
    kind = models.PositiveIntegerField("loại lỗi")
    rank = models.PositiveIntegerField("thứ tự trong loại")
    alike = models.PositiveIntegerField("số dòng cùng loại")

    class Meta:
        verbose_name = "lỗi của tệp"
        verbose_name_plural = "lỗi của tệp"
        ordering = ("id",)
        indexes = [models.Index(fields=["upload", "kind", "rank"], name="upload_fault_kind")]

    def __str__(self) -> str:
        return self.message


class BatchVoid(models.Model):
    """A row that a load set aside in favour of another (dòng bị thay), so that undoing can record it again."""

    batch = models.ForeignKey("decisions.Batch", models.PROTECT, verbose_name="đợt nạp", related_name="+")
    table = models.CharField("bảng", max_length=60)
    row = models.BigIntegerField("dòng")

    class Meta:
        verbose_name = "dòng bị thay"
        verbose_name_plural = "dòng bị thay"

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
