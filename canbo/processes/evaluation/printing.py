"""Printing the sheets of a whole unit in the background: one Word file, or a file each in an archive."""

from __future__ import annotations

import datetime as dt
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.urls import reverse
from django.utils.text import slugify

from canbo.facts.access.queries import giver_of
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import unit_by_code
from canbo.foundation.jobs.registry import job, nightly
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.papers.blocks import Paper
from canbo.foundation.papers.docx import render_docx, render_docx_all
from canbo.foundation.papers.pdf import render_pdf

from .actions.sendings import take_out
from .models import Cycle, Sheet
from .papers.filling import paper_of
from .queries import outputs
from .queries.cycles import cycle_by_id
from .queries.outputs.files import folder
from .queries.outputs.material import gather

BATCH = 50
KEPT_DAYS = 7
ONE, WORDS, PDFS = "docx", "zip-docx", "zip-pdf"
FORMS = {ONE: "một tệp Word", WORDS: "mỗi phiếu một tệp Word", PDFS: "mỗi phiếu một tệp PDF"}


@job("evaluation.print")
def print_sheets(run: Run, cycle: int, under: str, form: str) -> dict[str, object]:
    """Writes the sheets of a unit under a name of its own."""
    actor = giver_of(run.job, today(), now())
    row = cycle_by_id(actor, cycle, today())
    unit = unit_by_code(actor, under, row.last)
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{secrets.token_hex(16)}.{'docx' if form == ONE else 'zip'}"
    try:
        count = write(run, actor, row, unit, form, place / name)
    except BaseException:
        (place / name).unlink(missing_ok=True)
        raise
    (place / name).chmod(0o600)
    take_out(actor, what="in phiếu", cycle=row, unit=unit, rows=count)
    return {"file": name, "rows": count, "url": reverse("evaluation_printed", args=[run.job.pk])}


def write(run: Run, actor: Actor, cycle: Cycle, unit: Unit, form: str, path: Path) -> int:
    """Writes the file and tells how many sheets it holds; its only long memory is the one Word file."""
    whole = outputs.sheets(actor, cycle, unit).count()
    if not whole:
        raise Refused(
            Violation("EVAL-PRINT-EMPTY", f"{unit.name} không có phiếu nào trong kỳ này.", fix="Chọn đơn vị khác.")
        )
    made = _papers(run, actor, cycle, unit, whole)
    if form == ONE:
        count = 0

        def counted() -> Iterator[Paper]:
            nonlocal count
            for _, paper in made:
                count += 1
                yield paper

        path.write_bytes(render_docx_all(counted()))
        return count
    render = render_docx if form == WORDS else render_pdf
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet, paper in made:
            count += 1
            archive.writestr(file_name(sheet, count, "docx" if form == WORDS else "pdf"), render(paper))
    return count


def _papers(run: Run, actor: Actor, cycle: Cycle, unit: Unit, whole: int) -> Iterator[tuple[Sheet, Paper]]:
    """Sheets with their papers, fetched fifty at a time."""
    rows = outputs.sheets(actor, cycle, unit).select_related("person", "collective", "unit", "body")
    keys = list(rows.values_list("pk", flat=True))
    done = 0
    for start in range(0, len(keys), BATCH):
        part = {sheet.pk: sheet for sheet in rows.filter(pk__in=keys[start : start + BATCH])}
        sheets = [part[key] for key in keys[start : start + BATCH] if key in part]
        material = gather(cycle, sheets, today())
        for sheet in sheets:
            run.progress(f"Phiếu {done + 1}/{whole}", done / max(1, whole))
            done += 1
            yield sheet, paper_of(material, sheet)


def file_name(sheet: Sheet, number: int, ending: str) -> str:
    """``0012-lo-thi-may-HS00012.docx``: in the order of the list, readable without diacritics."""
    subject = sheet.person or sheet.collective
    name, code = (subject.name, subject.code) if subject else ("phieu", "")
    return f"{number:04d}-{slugify(fold(name))}-{slugify(code)}.{ending}"


def one_file(paper: Paper, ending: str) -> bytes:
    """A paper as Word or PDF."""
    return render_pdf(paper) if ending == "pdf" else render_docx(paper)


@nightly("xóa tệp phiếu đánh giá đã in")
def forget() -> None:
    """Printed sheets hold personal data and are kept a limited time."""
    old = (now() - dt.timedelta(days=KEPT_DAYS)).timestamp()
    place = folder()
    for path in place.iterdir() if place.is_dir() else ():
        if path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
