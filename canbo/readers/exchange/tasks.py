"""What the exchange of workbooks does in the background."""

from __future__ import annotations

import datetime as dt
import secrets

from django.urls import reverse

from canbo.facts.access.queries import giver_of
from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.jobs.registry import job, nightly
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.clock import now, today

from . import actions, queries


@job("exchange.check", ended=actions.settle_upload)
def check(run: Run, upload: int) -> dict[str, str]:
    """Checks a brought file."""
    actor = giver_of(run.job, today(), now())
    row = queries.upload_by_id(actor, upload)
    actions.check_upload(actor, upload=row, today=today(), progress=run.progress)
    return {"url": reverse("import_result", args=[upload])}


@job("exchange.load", ended=actions.settle_upload)
def load(run: Run, upload: int, accept_clean: bool = False) -> dict[str, str]:
    """Loads a checked file."""
    actor = giver_of(run.job, today(), now())
    row = queries.upload_by_id(actor, upload)
    actions.load_upload(actor, upload=row, today=today(), accept_clean=accept_clean, progress=run.progress)
    return {"url": reverse("import_result", args=[upload])}


@job("exchange.undo", rerun=False)
def undo(run: Run, batch: int, reason: str) -> dict[str, str]:
    """Takes a load back."""
    actor = giver_of(run.job, today(), now())
    row = queries.batch_by_id(actor, batch)
    actions.undo_batch(actor, batch=row, on=today(), reason=reason, progress=run.progress)
    return {"url": reverse("batch", args=[batch])}


@job("exchange.export")
def export(run: Run, under: str, on: str | None) -> dict[str, object]:
    """Writes the workbook of what is recorded, under a name of its own."""
    actor = giver_of(run.job, today(), now())
    unit = unit_by_code(actor, under, today()) if under else None
    day = dt.date.fromisoformat(on) if on else None
    folder = queries.export_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.xlsx"
    try:
        rows = actions.export_book(actor, path=folder / name, under=unit, on=day, progress=run.progress)
    except BaseException:
        (folder / name).unlink(missing_ok=True)
        raise
    (folder / name).chmod(0o600)
    return {"file": name, "rows": rows, "url": reverse("export_file", args=[run.job.pk])}


@nightly("xóa tệp nạp, tệp xuất cũ")
def forget() -> None:
    """Files hold personal data and are kept a limited time."""
    actions.forget_old_files()
    actions.forget_old_exports()
