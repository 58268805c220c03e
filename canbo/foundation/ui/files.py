"""Files as answers: their media types, and bytes as a download."""

from __future__ import annotations

from django.http import HttpResponse

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


def download(content: bytes, name: str, ending: str, *, kind: str = "", shown: bool = False) -> HttpResponse:
    """Bytes as a file to keep.

    Args:
        name: plain letters, without the ending.
        kind: the media type where the ending is none of ``TYPES``.
        shown: opened in the browser instead of kept.
    """
    how = "inline" if shown else "attachment"
    return HttpResponse(
        content,
        content_type=kind or TYPES[ending],
        headers={"Content-Disposition": f'{how}; filename="{name}.{ending}"'},
    )
