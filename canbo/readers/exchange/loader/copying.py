"""COPY in text form, from columns. Each distinct value of a column is put into words once."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from .world import FAR

CHUNK = 20_000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class _Words(dict):
    """Values as COPY text."""

    def __missing__(self, value: object) -> str:
        word = self[value] = _word(value)
        return word


def _word(value: object) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        lower, upper = value
        return f"[{lower.isoformat() if lower else ''},{'' if upper is None or upper == FAR else upper.isoformat()})"
    return str(value)


def _array(values: list) -> str:
    inner = ",".join('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return ("{" + inner + "}").translate(_ESCAPES)


def copy_rows(table: str, columns: dict[str, list]) -> None:
    """Copies rows into a table.

    Args:
        table: database table.
        columns: values by column, lists of one length. Periods are pairs (first day or None, day after the last or
            9999-12-31); arrays are lists.
    """
    names = list(columns)
    worded: list[list[str]] = []
    for values in columns.values():
        if values and isinstance(values[0], list):
            worded.append([_array(v) for v in values])
        else:
            words = _Words()
            worded.append([words[v] for v in values])
    lines = map("\t".join, zip(*worded, strict=True))
    quoted = ", ".join(f'"{n}"' for n in names)
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        chunk: list[str] = []
        for line in lines:
            chunk.append(line)
            if len(chunk) == CHUNK:
                copy.write("\n".join(chunk) + "\n")
                chunk.clear()
        if chunk:
            copy.write("\n".join(chunk) + "\n")
