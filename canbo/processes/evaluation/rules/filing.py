"""The file of results for the national database: fields in order, as CSV or JSON. Nothing here knows Django."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

CSV, JSON = "csv", "json"
TYPES = {CSV: "text/csv; charset=utf-8", JSON: "application/json; charset=utf-8"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def filed(form: str, fields: Sequence[tuple[str, str]], rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file.

    Args:
        form: ``csv`` (UTF-8 with its mark, comma, as spreadsheets open it) or ``json`` (a list of objects).
        fields: key of the row and name in the file, in order.

    Raises:
        ValueError: another form.
    """
    if form == CSV:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow([name for _, name in fields])
        for row in rows:
            writer.writerow([_harmless(row[key]) for key, _ in fields])
        return b"\xef\xbb\xbf" + out.getvalue().encode()
    if form == JSON:
        listed = [{name: row[key] for key, name in fields} for row in rows]
        return json.dumps(listed, ensure_ascii=False, indent=1).encode()
    raise ValueError(f"Không có định dạng tệp “{form}”; chỉ có csv, json.")


def _harmless(value: str) -> str:
    """A cell that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if value.startswith(_FORMULA) else value
