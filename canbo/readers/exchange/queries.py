"""Reading brought files and batches: everybody her own; who may load everywhere sees all batches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Q, QuerySet

from canbo.facts.decisions.models import Batch, DatedFact, Decision, Sourced
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.queries import jobs
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from .choices import LOAD
from .models import BatchVoid, Upload, UploadFault

FOLDED = 5
"""So many faults of a kind are shown before the rest is folded away."""


def folder() -> Path:
    """Where brought and produced files lie."""
    return Path(settings.MEDIA_ROOT) / "uploads"


def path_of(upload: Upload) -> Path | None:
    """The file on disk; None once it was removed."""
    path = folder() / upload.path if upload.path else None
    return path if path is not None and path.is_file() else None


def uploads(actor: Actor) -> QuerySet[Upload]:
    """The files the actor brought, newest first."""
    if actor.operator:
        return Upload.objects.all()
    return Upload.objects.filter(owner_id=actor.user_id) if actor.may(LOAD) else Upload.objects.none()


def upload_by_id(actor: Actor, pk: int) -> Upload:
    """One of the actor's files; raises OutOfScope when there is none."""
    found = uploads(actor).filter(pk=pk).select_related("batch").first()
    if found is None:
        raise OutOfScope("tệp nạp")
    return found


def faults(upload: Upload, *, unfolded: bool = False) -> QuerySet[UploadFault]:
    """Faults in the order of the file; of each kind only the first few, unless ``unfolded``."""
    rows = UploadFault.objects.filter(upload=upload)
    return rows if unfolded else rows.filter(rank__lte=FOLDED)


def batches(actor: Actor) -> QuerySet[Batch]:
    """Batches the actor may look at and undo: her own, or all for who loads everywhere."""
    reach = actor.reach(LOAD)
    rows = Batch.objects.order_by("-id")
    if reach.everywhere:
        return rows
    return rows.filter(user_id=actor.user_id) if reach and actor.user_id else rows.none()


def batch_by_id(actor: Actor, pk: int) -> Batch:
    """One batch; raises OutOfScope when there is none for this actor."""
    found = batches(actor).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("đợt nạp")
    return found


def fact_models() -> list[type[Sourced]]:
    """Every kind of fact, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, Sourced)]
    return sorted(found, key=lambda model: model._meta.db_table)


@dataclass(frozen=True)
class Effect:
    """What a batch did to one kind of fact."""

    label: str
    opened: int
    closed: int
    voided: int


def effects(batch: Batch) -> list[Effect]:
    """What a batch opened, closed and set aside, by kind of fact; kinds it left alone are not named."""
    found = []
    replaced = dict.fromkeys(BatchVoid.objects.filter(batch=batch).values_list("table", flat=True), 0)
    for table in BatchVoid.objects.filter(batch=batch).values_list("table", flat=True):
        replaced[table] += 1
    for model in fact_models():
        rows = model._default_manager.all()
        opened = rows.filter(opened_in=batch).count()
        closed = rows.filter(Q(closed_in=batch)).count() if issubclass(model, DatedFact) else 0
        voided = replaced.get(model._meta.db_table, 0)
        if opened or closed or voided:
            found.append(Effect(str(model._meta.verbose_name), opened, closed, voided))
    decisions = Decision.objects.filter(opened_in=batch).count()
    if decisions:
        found.insert(0, Effect(str(Decision._meta.verbose_name), decisions, 0, 0))
    return found


@dataclass(frozen=True)
class Export:
    """One time that data was taken out, and whether its file is still there."""

    job: Job
    ready: bool


def exports(actor: Actor) -> list[Export]:
    """The reader's newest exports."""
    return [Export(job, exported_file(job) is not None) for job in jobs(actor).filter(kind="exchange.export")[:10]]


def exported_file(job: Job) -> Path | None:
    """The workbook that a job wrote; None before it is done and after the file was removed."""
    name = (job.result or {}).get("file", "") if job.kind == "exchange.export" else ""
    path = export_folder() / Path(name).name
    return path if name and path.is_file() else None


def export_folder() -> Path:
    """Where workbooks lie that were taken out."""
    return Path(settings.MEDIA_ROOT) / "exports"
