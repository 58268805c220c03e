"""What one person has of a task in one period, and everything that happened to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ..choices import About, Kind, Origin, State
from .task import Task


class Share(models.Model):
    """A person's share of a task (phần việc) that counts in one period.

    Who, of what and how much was given never changes; all other columns say what the share's events add up to
    (``rules.fold``) and are kept current by this package's actions, so that a month of a hundred thousand people is one
    statement.

    ``coef`` is empty while the product waits for approval. ``quality_fails`` counts the times it was returned, ``delays``
    the deadlines missed, ``late_days`` the working days beyond them; the ``excused_…`` columns are the part of each that a
    confirmed objective cause takes away. ``late`` is whether any delay is left then. ``counts_on`` is the day that places the
    share in a period. ``closed``: nothing more is expected. ``voided``: counts nowhere.
    """

    task = models.ForeignKey(Task, models.PROTECT, verbose_name="nhiệm vụ", related_name="shares")
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+", db_index=False)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+", db_index=False
    )
    part = models.PositiveSmallIntegerField("phần thứ", default=1)
    origin = models.CharField("nguồn gốc", max_length=12, choices=Origin, default=Origin.PLANNED)
    came_from = models.ForeignKey(
        "self", models.PROTECT, verbose_name="từ phần việc", null=True, blank=True, related_name="+", db_index=False
    )
    assigned_on = models.DateField("ngày giao")
    due_first = models.DateField("thời hạn ban đầu")
    due_on = models.DateField("thời hạn")
    counts_on = models.DateField("tính vào kỳ có ngày")
    coef = models.DecimalField("hệ số quy đổi", max_digits=7, decimal_places=1, null=True, blank=True)
    assigned = models.DecimalField("giao", max_digits=9, decimal_places=2)
    reported = models.DecimalField("đã báo", max_digits=9, decimal_places=2, default=0)
    done = models.DecimalField("đã nghiệm thu", max_digits=9, decimal_places=2, default=0)
    quality_fails = models.PositiveSmallIntegerField("số lần trả lại", default=0)
    excused_fails = models.PositiveSmallIntegerField("số lần trả lại được loại trừ", default=0)
    delays = models.PositiveSmallIntegerField("số lần chậm", default=0)
    excused_delays = models.PositiveSmallIntegerField("số lần chậm được loại trừ", default=0)
    late_days = models.PositiveSmallIntegerField("số ngày chậm", default=0)
    excused_days = models.PositiveSmallIntegerField("số ngày chậm được loại trừ", default=0)
    ad_hoc = models.BooleanField("đột xuất", default=False)
    taken_over = models.BooleanField("nhận thay", default=False)
    handed_back = models.BooleanField("đã chuyển người khác", default=False)
    late = models.BooleanField("chậm", default=False)
    exceeded = models.BooleanField("vượt mức", default=False)
    failed = models.BooleanField("không hoàn thành", default=False)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.OPEN)
    waiting = models.CharField("đang chờ trả lời", max_length=20, choices=Kind, blank=True)
    submitted_on = models.DateField("ngày trình", null=True, blank=True)
    closed = models.BooleanField("đã khép", default=False)
    closed_on = models.DateField("ngày khép", null=True, blank=True)
    voided = models.BooleanField("không tính", default=False)

    class Meta:
        db_table = "work_share"
        verbose_name = "phần việc"
        verbose_name_plural = "phần việc"
        ordering = ("due_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["task", "person", "part"], name="share_once"),
            models.CheckConstraint(condition=Q(assigned__gt=0, done__gte=0, reported__gte=0), name="share_quantities"),
        ]
        indexes = [
            models.Index(fields=["person", "counts_on"], name="share_person_period"),
            models.Index(fields=["counts_on", "unit"], name="share_period"),
            models.Index(fields=["unit", "due_on"], name="share_unit_due"),
            models.Index(fields=["person", "due_on"], condition=Q(closed=False), name="share_person_open"),
            models.Index(fields=["unit", "state"], condition=Q(closed=False), name="share_unit_open"),
            models.Index(fields=["unit"], condition=~Q(waiting=""), name="share_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}/{self.part}: {self.person_id}"


class ShareEvent(models.Model):
    """Something that happened to a share (diễn biến): appended, never changed; what a share says is worked out from these.

    Args:
        answers: the request this event answers.
        since, until: days of an objective cause, both included; open while ``until`` is empty.
        due_on: the deadline that an assignment, a return or an extension sets.
        undoes: for a correction, the acceptance it takes the place of.
    """

    share = models.ForeignKey(Share, models.PROTECT, verbose_name="phần việc", related_name="events", db_index=False)
    kind = models.CharField("việc xảy ra", max_length=20, choices=Kind)
    on = models.DateField("ngày")
    at = models.DateTimeField("thời điểm ghi")
    person = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        verbose_name="người ghi",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    by_name = models.CharField("tên người ghi", max_length=200)
    quantity = models.DecimalField("số lượng", max_digits=9, decimal_places=2, null=True, blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    about = models.CharField("về", max_length=8, choices=About, blank=True)
    since = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)
    exceeded = models.BooleanField("vượt mức", default=False)
    answers = models.ForeignKey(
        "self", models.PROTECT, verbose_name="trả lời", null=True, blank=True, related_name="+", db_index=False
    )
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "diễn biến phần việc"
        verbose_name_plural = "diễn biến phần việc"
        ordering = ("share", "id")
        indexes = [models.Index(fields=["share", "id"], name="share_event_line")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=False, until__gte=models.F("since")),
                name="share_event_span",
            )
        ]

    def __str__(self) -> str:
        return f"{self.share_id}: {self.kind}"
