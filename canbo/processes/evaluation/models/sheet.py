"""The sheet of one person or body in one cycle, what happened to it, and who has none."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q, Value

from ..choices import Happening, Standing, State
from .cycle import Cycle


def one_subject(name: str) -> models.CheckConstraint:
    """A row speaks of a person or of a body, never of both or neither."""
    return models.CheckConstraint(
        condition=Q(person__isnull=False, collective__isnull=True) | Q(person__isnull=True, collective__isnull=False),
        name=name,
    )


class Sheet(models.Model):
    """A sheet (phiếu đánh giá): one subject, one period, one rulebook.

    Unit, post, group and superiors are those of the period, kept as they were found when the cycle was opened;
    ``why`` says in words how they were found. ``body`` is the body within which top grades are counted.
    ``basis`` marks the work and records the points were worked out from, so that a later change is noticed.
    ``represented_by`` writes the self-assessment of a collective. ``version`` rises with every save, so that two windows never
    overwrite each other. Scores by criterion are ``{criterion: points}``; a missing key was not scored. ``judged`` holds
    per cents that are judged and not computed: d, dd, e of leaders, a, b, c of support staff; ``axes`` the axes of the
    quarterly rule: ``{key, max, parts, main}``; ``review`` what was written in the parts of a review report, by their keys.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="sheets")
    rulebook = models.CharField("bộ quy tắc", max_length=60)
    period = models.CharField("kỳ", max_length=10)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="người được đánh giá", null=True, blank=True, related_name="+"
    )
    collective = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="tập thể", null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    body = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="cơ quan", related_name="+", db_index=False
    )
    title = models.CharField("chức vụ, chức danh", max_length=200, blank=True)
    posts = models.JSONField("các chức vụ trong kỳ", default=list, encoder=DjangoJSONEncoder)
    standing = models.CharField("vị trí", max_length=10, choices=Standing)
    group = models.CharField("nhóm đối tượng", max_length=40)
    cap_group = models.CharField("nhóm tương đồng", max_length=80)
    moved_from = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        verbose_name="chuyển đến từ",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    worked_first = models.DateField("làm việc từ ngày", null=True, blank=True)
    worked_last = models.DateField("làm việc đến ngày", null=True, blank=True)
    why = models.TextField("vì sao có phiếu này", blank=True)
    superior = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        verbose_name="cấp trên trực tiếp",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    decider = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        verbose_name="người quyết định",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    decides_at = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        verbose_name="cấp quyết định",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField("lần lưu", default=1)
    represented_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        verbose_name="người đứng đầu tập thể",
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    self_scores = models.JSONField("điểm tự chấm", default=dict)
    scores = models.JSONField("điểm cấp trên chấm", default=dict)
    judged = models.JSONField("các tỷ lệ do người có thẩm quyền chấm", default=dict)
    axes = models.JSONField("các trục", default=list)
    strengths = models.TextField("ưu điểm", blank=True)
    weaknesses = models.TextField("hạn chế, khuyết điểm", blank=True)
    review = models.JSONField("nội dung kiểm điểm", default=dict, db_default=Value({}, models.JSONField()))
    self_grade = models.CharField("tự xếp loại", max_length=10, blank=True)
    comment = models.TextField("nhận xét của cấp trên trực tiếp", blank=True)
    proposed_grade = models.CharField("mức cấp trên đề nghị", max_length=10, blank=True)
    advice = models.TextField("ý kiến thẩm định", blank=True)
    advised_grade = models.CharField("mức đề xuất", max_length=10, blank=True)

    common = models.DecimalField("điểm tiêu chí chung", max_digits=16, decimal_places=10, null=True, blank=True)
    result = models.DecimalField(
        "điểm kết quả thực hiện nhiệm vụ", max_digits=16, decimal_places=10, null=True, blank=True
    )
    total = models.DecimalField("tổng điểm", max_digits=16, decimal_places=10, null=True, blank=True)
    by_points = models.CharField("mức theo điểm", max_length=10, blank=True)
    by_conditions = models.CharField("mức theo điều kiện", max_length=10, blank=True)
    grade = models.CharField("mức quyết định", max_length=10, blank=True)
    decision_reason = models.TextField("lý do quyết định", blank=True)
    basis = models.CharField("dấu của số liệu đã dùng", max_length=32, blank=True)
    explanation = models.JSONField("diễn giải", default=dict, encoder=DjangoJSONEncoder)

    opened_at = models.DateTimeField("mở lúc")
    submitted_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    scored_at = models.DateTimeField("chấm lúc", null=True, blank=True)
    advised_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    decided_by = models.CharField("người ra quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "phiếu đánh giá"
        verbose_name_plural = "phiếu đánh giá"
        ordering = ("cycle", "unit", "id")
        constraints = [
            one_subject("sheet_subject"),
            models.UniqueConstraint(
                fields=["person", "collective", "period", "rulebook"], nulls_distinct=False, name="sheet_once"
            ),
            models.CheckConstraint(condition=~Q(person=F("superior")), name="sheet_not_own_superior"),
            models.CheckConstraint(condition=~Q(person=F("decider")), name="sheet_not_own_decider"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state", "id"], name="sheet_progress"),
            models.Index(fields=["cycle", "body", "cap_group", "grade"], name="sheet_cap"),
            models.Index(
                fields=["superior", "state"],
                condition=Q(superior__isnull=False) & ~Q(state=State.CLOSED),
                name="sheet_waits_superior",
            ),
            models.Index(
                fields=["decider", "state"],
                condition=Q(decider__isnull=False) & ~Q(state=State.CLOSED),
                name="sheet_waits_decider",
            ),
            models.Index(fields=["-id"], name="sheet_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.rulebook} {self.period}"

    @property
    def subject_name(self) -> str:
        """Whom the sheet is about: a person or a body."""
        subject = self.person or self.collective
        return subject.name if subject else ""


class Event(models.Model):
    """What happened to a sheet (diễn biến): who, when, and what it changed. Only ever added."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, verbose_name="phiếu đánh giá", related_name="events")
    kind = models.CharField("việc", max_length=10, choices=Happening)
    at = models.DateTimeField("lúc")
    by = models.CharField("người làm", max_length=200)
    person_id = models.BigIntegerField("mã hồ sơ người làm", null=True)
    on_behalf_of = models.CharField("thay mặt", max_length=200, blank=True)
    version = models.PositiveIntegerField("lần lưu của phiếu")
    reason = models.TextField("lý do, nội dung", blank=True)
    data = models.JSONField("dữ liệu", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "diễn biến phiếu đánh giá"
        verbose_name_plural = "diễn biến phiếu đánh giá"
        ordering = ("sheet", "id")

    def __str__(self) -> str:
        return self.get_kind_display()


class NotGraded(models.Model):
    """Somebody without a sheet in a cycle, and the reason (không xếp loại), so that nobody is forgotten silently."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, verbose_name="kỳ đánh giá", related_name="not_graded")
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    title = models.CharField("chức vụ, chức danh", max_length=200, blank=True)
    code = models.CharField("mã lý do", max_length=40)
    reason = models.TextField("lý do")
    source = models.CharField("căn cứ", max_length=255, blank=True)

    class Meta:
        verbose_name = "người không xếp loại"
        verbose_name_plural = "người không xếp loại"
        ordering = ("cycle", "unit", "id")
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="not_graded_once")]

    def __str__(self) -> str:
        return self.reason
