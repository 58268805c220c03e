"""Who may act where: grants in force, delegations, and the person behind an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from canbo.facts.decisions.models import DatedFact, no_overlap, real_period


class Grant(DatedFact):
    """A role (vai trò) held by an account over a unit and everything under it, for a period."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tài khoản", related_name="+")
    role = models.CharField("vai trò", max_length=40)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name="phạm vi", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "phân quyền"
        verbose_name_plural = "phân quyền"
        ordering = ("user", "role", "id")
        constraints = [no_overlap("grant_overlap", "user", "role", "unit"), real_period("grant_period")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"


class Delegation(DatedFact):
    """One account lets another act for it with one of its grants, for a period."""

    grant = models.ForeignKey(Grant, models.PROTECT, verbose_name="phân quyền", related_name="+")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người được ủy quyền", related_name="+"
    )
    reason = models.CharField("lý do", max_length=255)

    class Meta:
        verbose_name = "ủy quyền"
        verbose_name_plural = "ủy quyền"
        ordering = ("-id",)
        constraints = [no_overlap("delegation_overlap", "grant", "delegate"), real_period("delegation_period")]

    def __str__(self) -> str:
        return f"{self.grant_id} → {self.delegate_id}"


class BreakGlass(models.Model):
    """An administrator opened records for a while, for a stated reason; every read in it is logged."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tài khoản", related_name="+")
    reason = models.TextField("lý do")
    opened_at = models.DateTimeField("mở lúc")
    until = models.DateTimeField("đến lúc")

    class Meta:
        verbose_name = "mở khẩn cấp"
        verbose_name_plural = "mở khẩn cấp"
        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.opened_at:%d/%m/%Y %H:%M}"


class AccountPerson(models.Model):
    """Which person of the records an account belongs to, so that nobody decides on herself."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="tài khoản", related_name="+", primary_key=True
    )
    person_id = models.BigIntegerField("mã hồ sơ", unique=True)

    class Meta:
        verbose_name = "người của tài khoản"
        verbose_name_plural = "người của tài khoản"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.person_id}"
