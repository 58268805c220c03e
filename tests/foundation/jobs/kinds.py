"""Kinds of work that only tests have; each leaves a draft behind, so that writing can be seen."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import transaction

from canbo.facts.decisions.models import Draft
from canbo.foundation.jobs.registry import job, nightly
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.violation import Refused, Violation


def _slowly(run: Run, steps: int, name: str) -> dict[str, int]:
    with transaction.atomic():
        Draft.objects.create(owner_id=1, content={"name": name})
        for step in range(steps):
            run.progress(f"bước {step + 1}", step / steps)
            time.sleep(0.1)
    return {"steps": steps}


@job("test.slow")
def slow(run: Run, steps: int, name: str) -> dict[str, int]:
    """Writes first and takes its time before the transaction is committed."""
    return _slowly(run, steps, name)


@job("test.once", rerun=False)
def once(run: Run, steps: int, name: str) -> dict[str, int]:
    """Like ``slow``, but never run again."""
    return _slowly(run, steps, name)


@job("test.refused")
def refused(run: Run) -> None:
    """Refuses in words."""
    raise Refused(Violation("T", "Tệp này của đơn vị khác.", fix="Chọn tệp của đơn vị mình."))


@job("test.broken")
def broken(run: Run) -> None:
    """Fails for a reason nobody should read."""
    raise RuntimeError("secret detail")


@job("test.ended", ended=lambda row: Path(row.arguments["file"]).write_text(row.state, encoding="utf-8"))
def told(run: Run, file: str) -> None:
    """Has a package that is told."""


@nightly("hỏng")
def bad_night() -> None:
    """Fails every night."""
    raise RuntimeError


@nightly("tốt")
def good_night() -> None:
    """Leaves a trace."""
    Draft.objects.create(owner_id=1, content={"name": "đêm"})
