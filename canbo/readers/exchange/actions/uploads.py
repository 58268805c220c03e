"""Files that people bring: kept, checked, loaded, dropped, forgotten.

Bringing a file changes no record and carries no audit line; the load itself does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction

from canbo.foundation.jobs.actions import submit
from canbo.foundation.jobs.choices import DONE
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import Refused, Violation

from .. import queries
from ..choices import BROKEN, CHECKED, CHECKING, DROPPED, LOAD, LOADED, LOADING, REFUSED, SAME
from ..faults import Fault, Findings, UnreadableFile
from ..loader.checking import Progress
from ..loader.plan import Terms
from ..models import Upload, UploadFault
from ..reading import MAX_FILE, read_workbook
from .books import check_book, load_book

KEPT_FAULTS = 20_000


class Incoming(Protocol):
    """A file as the web frame hands it over."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]:
        """Its content, piece by piece."""


def bring(actor: Actor, *, file: Incoming, historical: bool = False) -> Upload:
    """Keeps a brought file and starts its check.

    Args:
        file: streamed to disk, never held in memory.
        historical: facts without papers are accepted.

    Raises:
        Refused: no .xlsx, empty, or too large.
    """
    actor.require(LOAD)
    name = clean(re.sub(r"[\x00-\x1f/\\]+", " ", Path(file.name or "").name))[-200:] or "tep.xlsx"
    if not name.lower().endswith((".xlsx", ".xlsm")):
        raise Refused(Violation("FILE-KIND", f"“{name}” không phải là tệp Excel .xlsx.", "file",
                                fix="Mở bằng Excel, lưu lại dạng .xlsx rồi chọn lại."))  # fmt: skip
    folder = queries.folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = f"{secrets.token_hex(16)}.xlsx"
    digest, size = hashlib.sha256(), 0
    try:
        with (folder / stored).open("xb") as out:
            (folder / stored).chmod(0o600)
            for chunk in file.chunks():
                size += len(chunk)
                if size > MAX_FILE:
                    raise Refused(Violation("FILE-SIZE", f"Tệp nặng quá {MAX_FILE // 1024**2} MB.", "file",
                                            fix="Chia thành nhiều tệp."))  # fmt: skip
                digest.update(chunk)
                out.write(chunk)
        if not size:
            raise Refused(Violation("FILE-EMPTY", "Tệp rỗng.", "file", fix="Chọn lại tệp Excel có số liệu."))
        with transaction.atomic():
            upload = Upload.objects.create(
                name=name, path=stored, size=size, sha256=digest.hexdigest(), owner_id=actor.user_id,
                owner_name=actor.name, historical=historical, uploaded_at=now(),
            )  # fmt: skip
            start_check(actor, upload=upload)
    except BaseException:
        (folder / stored).unlink(missing_ok=True)
        raise
    return upload


def start_check(actor: Actor, *, upload: Upload) -> Job:
    """Gives the check of a file to the background, also once more after it was interrupted."""
    return _start(actor, upload, "exchange.check", f"Kiểm tra tệp {upload.name}", CHECKING)


def start_load(actor: Actor, *, upload: Upload, accept_clean: bool = False) -> Job:
    """Gives the load of a checked file to the background.

    Raises:
        Refused: the file was not checked, is being worked on, or is gone.
    """
    if upload.state != CHECKED:
        raise Refused(
            Violation("UPLOAD-STATE", "Tệp này chưa được kiểm tra xong hoặc đã nạp.", fix="Xem lại trang tệp.")
        )
    return _start(actor, upload, "exchange.load", f"Nạp tệp {upload.name}", LOADING, accept_clean=accept_clean)


def _start(actor: Actor, upload: Upload, kind: str, title: str, state: str, **arguments: object) -> Job:
    actor.require(LOAD)
    if queries.path_of(upload) is None:
        raise Refused(Violation("UPLOAD-GONE", "Tệp đã được xóa khỏi máy chủ.", fix="Chọn lại tệp trên máy của bạn."))
    with transaction.atomic():
        job = submit(actor, kind=kind, title=title, upload=upload.pk, **arguments)
        upload.state, upload.job_id, upload.message = state, job.pk, ""
        upload.save(update_fields=["state", "job_id", "message"])
    return job


def check_upload(actor: Actor, *, upload: Upload, today: dt.date, progress: Progress) -> None:
    """Reads and checks a brought file and keeps what was found."""
    progress("Đọc tệp", 0.02)
    try:
        book, form_faults = read_workbook(_path(upload))
    except UnreadableFile as error:
        _keep(upload, REFUSED, str(error))
        return
    terms = Terms(today=today, historical=upload.historical, source=upload.name)
    findings = check_book(
        actor,
        book,
        terms=terms,
        form_faults=form_faults,
        progress=lambda what, share: progress(_page(what), 0.3 + share * 0.6),
    )
    progress("Ghi lại kết quả kiểm tra", 0.95)
    nothing = not findings.faults and not any(c.new or c.changed for c in findings.counts.values())
    _keep(upload, SAME if nothing else CHECKED, "", findings)


def load_upload(actor: Actor, *, upload: Upload, today: dt.date, accept_clean: bool, progress: Progress) -> None:
    """Checks a brought file once more and loads it, in one transaction with the note of what became of it."""
    if upload.state == LOADED:
        return  # the worker died between the end of the work and the note of it
    progress("Đọc tệp", 0.02)
    book, form_faults = read_workbook(_path(upload))
    terms = Terms(today=today, historical=upload.historical, source=upload.name)
    with transaction.atomic():
        findings, batch = load_book(
            actor, book, terms=terms, sha256=upload.sha256, form_faults=form_faults, accept_clean=accept_clean,
            progress=lambda what, share: progress(_page(what), 0.2 + share * 0.75),
        )  # fmt: skip
        progress("Ghi xong", 0.99)
        upload.batch = batch
        if batch is not None:
            _keep(upload, LOADED, "", findings)
        elif findings.faults:
            _keep(upload, CHECKED, "Từ lúc kiểm tra đến lúc nạp, dữ liệu đã đổi: có lỗi mới. Chưa ghi gì.", findings)
        else:
            _keep(upload, SAME, "", findings)


def _page(what: str) -> str:
    return what if what.startswith(("Ghi", "Dựng")) else f"Trang {what}"


def _path(upload: Upload) -> Path:
    path = queries.path_of(upload)
    if path is None:
        raise Refused(Violation("UPLOAD-GONE", "Tệp đã được xóa khỏi máy chủ.", fix="Chọn lại tệp trên máy của bạn."))
    return path


def _keep(upload: Upload, state: str, message: str, findings: Findings | None = None) -> None:
    with transaction.atomic():
        upload.state, upload.message = state, message
        if findings is not None:
            upload.counts = {name: vars(count) for name, count in findings.counts.items()}
        upload.save(update_fields=["state", "message", "counts", "batch"])
        if findings is not None:
            UploadFault.objects.filter(upload=upload).delete()
            UploadFault.objects.bulk_create(_rows(upload, findings.faults), batch_size=2000)


def _rows(upload: Upload, faults: list[Fault]) -> list[UploadFault]:
    alike = Counter(_kind(f) for f in faults)
    numbers = {kind: number for number, kind in enumerate(alike, 1)}
    ranks: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for fault in faults[:KEPT_FAULTS]:
        kind = _kind(fault)
        ranks[kind] += 1
        rows.append(UploadFault(
            upload=upload, sheet=fault.sheet, row=fault.row, column=fault.column, value=fault.value[:255],
            message=fault.message, fix=fault.fix, kind=numbers[kind], rank=ranks[kind], alike=alike[kind],
        ))  # fmt: skip
    return rows


def _kind(fault: Fault) -> tuple[str, str, str]:
    """Faults are of one kind when the same column needs the same remedy, digits aside."""
    return fault.sheet, fault.column, re.sub(r"\d+", "0", fault.fix)


def settle_upload(job: Job) -> None:
    """Sets a file right whose job did not end well: a check can be started again, a load leaves it checked."""
    upload = Upload.objects.filter(job_id=job.pk).first()
    if upload is None or job.state == DONE:
        return
    if upload.state == CHECKING:
        _keep(upload, BROKEN, job.error)
    elif upload.state == LOADING:
        _keep(upload, CHECKED, job.error)


def drop_upload(actor: Actor, *, upload: Upload) -> None:
    """Removes a file that will not be loaded, and what was found in it."""
    actor.require(LOAD)
    if upload.state in (CHECKING, LOADING):
        raise Refused(Violation("UPLOAD-BUSY", "Tệp đang được kiểm tra hoặc nạp.", fix="Dừng việc đó trước."))
    _remove(upload)
    if upload.state != LOADED:
        _keep(upload, DROPPED, "")


def _remove(upload: Upload) -> None:
    with transaction.atomic():
        UploadFault.objects.filter(upload=upload).delete()
        stored, upload.path = queries.path_of(upload), ""
        upload.save(update_fields=["path"])
    if stored is not None:
        stored.unlink(missing_ok=True)


def forget_old_files(days: int | None = None) -> int:
    """Removes files and their faults after so many days, since they hold personal data; returns how many.

    Args:
        days: ``settings.UPLOAD_DAYS`` when None.
    """
    old = now() - dt.timedelta(days=settings.UPLOAD_DAYS if days is None else days)
    rows = list(Upload.objects.filter(uploaded_at__lt=old).exclude(path="").exclude(state__in=(CHECKING, LOADING)))
    for upload in rows:
        _remove(upload)
        if upload.state == CHECKED:
            _keep(upload, DROPPED, "Tệp đã được xóa khỏi máy chủ vì để quá lâu.")
    return len(rows)


def forget_old_exports(days: int = 7) -> int:
    """Removes workbooks that were taken out more than so many days ago; returns how many."""
    old = (now() - dt.timedelta(days=days)).timestamp()
    folder = queries.export_folder()
    found = [path for path in folder.glob("*.xlsx") if path.stat().st_mtime < old] if folder.is_dir() else []
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
