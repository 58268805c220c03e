"""Names as they are repeated on the identities of units, for sorting and searching: whole sets at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import connection

from canbo.foundation.kernel.text import text_key

from ..rules import search_text


def refresh_unit_names(units: list[int]) -> None:
    """Repeats the newest standing version's name on the units, after versions were voided; two statements for any number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, v.name, u.code FROM (SELECT DISTINCT ON (unit_id) unit_id, name FROM organisation_unitversion "
            "WHERE unit_id = ANY(%s::bigint[]) AND voided_on IS NULL ORDER BY unit_id, in_force DESC) v "
            "JOIN organisation_unit u ON u.id = v.unit_id WHERE u.name <> v.name",
            [units],
        )
        write_unit_names({pk: (name, code) for pk, name, code in cursor.fetchall()})


def write_unit_names(names: Mapping[int, tuple[str, str]]) -> None:
    """Repeats names on the identities: name and code by id; one statement for any number."""
    if not names:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisation_unit u SET name = n.name, sort_key = n.sort, search_text = n.search "
            "FROM json_to_recordset(%s::json) AS n(id bigint, name text, sort text, search text) WHERE u.id = n.id",
            [
                json.dumps(
                    [
                        {"id": pk, "name": name, "sort": text_key(name)[:600], "search": search_text(name, code)}
                        for pk, (name, code) in names.items()
                    ],
                    ensure_ascii=False,
                )
            ],
        )
