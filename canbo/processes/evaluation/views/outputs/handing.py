"""Files as answers: none of them is kept by a cache, all of them hold personal data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.text import slugify

from canbo.foundation.kernel.text import fold
from canbo.foundation.ui import xlsx
from canbo.foundation.ui.files import download


def file(content: bytes, name: str, ending: str, kind: str = "") -> HttpResponse:
    """A download that no cache keeps."""
    response = download(content, name, ending, kind=kind)
    response["Cache-Control"] = "no-store"
    return response


def workbook(
    title: str,
    headers: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[Any]],
    notes: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """A workbook of rows as a download named after its title."""
    target = BytesIO()
    xlsx.write(target, title, headers, rows, notes)
    return file(target.getvalue(), slugify(fold(title)), "xlsx")
