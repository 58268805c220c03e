"""A rendered paper as a download."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify

from canbo.foundation.kernel.text import fold

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_file(content: bytes, name: str, ending: str = "docx", kind: str = DOCX) -> HttpResponse:
    """Bytes as a file to keep, named by plain letters."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{slugify(fold(name))}.{ending}"'},
    )
