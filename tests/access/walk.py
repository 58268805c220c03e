"""Every address of the product, and what opening one gave."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ..factories import Province
from .urls_table import LIBRARIES, TABLE, Address


def names(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address, as ``reverse`` takes the name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield (prefix + (entry.name or ""), str(entry.pattern))
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, inner)


def ours() -> list[str]:
    """Names of the addresses that the table must know."""
    return sorted({name for name, _ in names() if name and (name in TABLE or not name.startswith(LIBRARIES))})


def address(name: str, province: Province) -> str:
    """The address of a name, about something of a province."""
    row: Address = TABLE[name]
    query = row.query if isinstance(row.query, str) else row.query(province)
    return reverse(name, kwargs=row.kwargs(province) if row.kwargs else None) + query


def status(client: Client, name: str, province: Province) -> int:
    """What opening an address answers."""
    place = address(name, province)
    if TABLE[name].post:  # forms carry in their body what addresses carry behind the question mark
        return client.post(place, dict(parse_qsl(urlsplit(place).query))).status_code
    return client.get(place).status_code
