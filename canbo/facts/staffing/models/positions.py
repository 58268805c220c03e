"""Job positions of a body, their approval, their description, and who is placed on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from canbo.facts.decisions.models import DatedFact, FactQuerySet, no_overlap, real_period

from ..choices import ListState, PositionGroup


class PositionApproval(DatedFact):
    """The list of job positions of a body is approved (phê duyệt) and in force, until another list takes its place."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "phê duyệt vị trí việc làm"
        verbose_name_plural = "phê duyệt vị trí việc làm"
        ordering = ("unit", "in_force")
        constraints = [no_overlap("position_approval_overlap", "unit"), real_period("position_approval_period")]

    def __str__(self) -> str:
        return f"danh mục vị trí việc làm của {self.unit}"


class JobPosition(DatedFact):
    """A job position (vị trí việc làm) of a body: its group, the ranks it is for, how many may be placed on it.

    A body and a code name the position; placements and descriptions name it so too, and outlive a change of its
    headcount or name. A position that came from a body that ended carries that body's code behind its own.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    code = models.CharField("mã vị trí", max_length=80)
    name = models.CharField("tên vị trí", max_length=200)
    name_key = models.CharField(max_length=200)
    group = models.CharField("nhóm", max_length=20, choices=PositionGroup)
    min_rank = models.CharField("ngạch tối thiểu", max_length=80, blank=True)
    max_rank = models.CharField("ngạch cao nhất", max_length=80, blank=True)
    headcount = models.PositiveSmallIntegerField("số lượng", default=1)
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "vị trí việc làm"
        verbose_name_plural = "vị trí việc làm"
        ordering = ("unit", "code", "in_force")
        constraints = [no_overlap("job_position_overlap", "unit", "code"), real_period("job_position_period")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PositionDescription(DatedFact):
    """The description (bản mô tả công việc) and competency framework (khung năng lực) of a position."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    position_code = models.CharField("mã vị trí", max_length=80)
    content = models.JSONField("nội dung", default=dict)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bản mô tả vị trí việc làm"
        verbose_name_plural = "bản mô tả vị trí việc làm"
        ordering = ("unit", "position_code", "in_force")
        constraints = [
            no_overlap("position_description_overlap", "unit", "position_code"),
            real_period("position_description_period"),
        ]

    def __str__(self) -> str:
        return f"mô tả vị trí {self.position_code}"

    @property
    def tasks(self) -> list[dict[str, str]]:
        """Tasks with their work and the criterion of their completion."""
        return self.content.get("tasks", [])

    @property
    def competencies(self) -> dict[str, int]:
        """Levels wanted, by competency."""
        return self.content.get("competencies", {})


class Placement(DatedFact):
    """A person is placed (bố trí) on a job position; beside a main one she may hold another."""

    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name="hồ sơ", related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    position_code = models.CharField("mã vị trí", max_length=80)
    concurrent = models.BooleanField("kiêm nhiệm", default=False)

    objects: ClassVar[FactQuerySet] = FactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bố trí vị trí việc làm"
        verbose_name_plural = "bố trí vị trí việc làm"
        ordering = ("person", "in_force", "id")
        constraints = [
            no_overlap("placement_overlap", "person", "unit", "position_code"),
            real_period("placement_period"),
        ]
        indexes = [
            models.Index(fields=["unit", "position_code"], condition=Q(voided_on__isnull=True), name="placement_where")
        ]

    def __str__(self) -> str:
        return f"vị trí {self.position_code}"


class PositionListDraft(models.Model):
    """A list of job positions on its way to approval; no fact. One per body and round."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    state = models.CharField("tình trạng", max_length=20, choices=ListState, default=ListState.DRAFT)
    rows = models.JSONField("các vị trí", default=list)
    legal_basis = models.CharField("căn cứ", max_length=255, blank=True)
    saved_at = models.DateTimeField("thời điểm lưu", auto_now=True)
    saved_by = models.CharField("người lưu", max_length=200, blank=True)
    submitted_by = models.CharField("người trình", max_length=200, blank=True)
    submitter_id = models.BigIntegerField("mã tài khoản trình", null=True)
    submitted_on = models.DateField("ngày trình", null=True)
    appraised_by = models.CharField("người thẩm định", max_length=200, blank=True)
    appraised_on = models.DateField("ngày thẩm định", null=True)
    opinion = models.TextField("ý kiến thẩm định", blank=True)
    approval = models.ForeignKey(
        PositionApproval, models.PROTECT, verbose_name="phê duyệt", null=True, related_name="+"
    )

    class Meta:
        verbose_name = "dự thảo danh mục vị trí việc làm"
        verbose_name_plural = "dự thảo danh mục vị trí việc làm"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=~Q(state=ListState.APPROVED), name="position_list_draft_open"
            )
        ]

    def __str__(self) -> str:
        return f"dự thảo danh mục của {self.unit}"


class DescriptionDraft(models.Model):
    """A description being written: saves itself, is shared by those who write for the body, is no fact."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, verbose_name="đơn vị", related_name="+")
    position_code = models.CharField("mã vị trí", max_length=80)
    content = models.JSONField("nội dung", default=dict)
    saved_at = models.DateTimeField("thời điểm lưu", auto_now=True)
    saved_by = models.CharField("người lưu", max_length=200, blank=True)

    class Meta:
        verbose_name = "dự thảo mô tả vị trí việc làm"
        verbose_name_plural = "dự thảo mô tả vị trí việc làm"
        ordering = ("unit", "position_code")
        constraints = [
            models.UniqueConstraint(fields=["unit", "position_code"], name="description_draft_once"),
        ]

    def __str__(self) -> str:
        return f"dự thảo mô tả vị trí {self.position_code}"
