"""Files of printed sheets that wait to be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.queries import jobs
from canbo.foundation.kernel.actor import Actor

KIND = "evaluation.print"


@dataclass(frozen=True)
class Printed:
    """A printing job of the reader, and whether its file is still there."""

    job: Job
    ready: bool


def prints(actor: Actor) -> list[Printed]:
    """The reader's newest printing jobs."""
    return [Printed(job, printed_file(job) is not None) for job in jobs(actor).filter(kind=KIND)[:5]]


def printed_file(job: Job) -> Path | None:
    """The file a job wrote; None before it is done and after the file was removed."""
    name = (job.result or {}).get("file", "") if job.kind == KIND else ""
    path = folder() / Path(name).name
    return path if name and path.is_file() else None


def folder() -> Path:
    """Where printed sheets lie."""
    return Path(settings.MEDIA_ROOT) / "evaluation-prints"
