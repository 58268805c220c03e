"""How a line of the log is sealed. Pure: the same values always give the same hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

SEALED = (
    "chain",
    "seq",
    "at",
    "actor",
    "user_id",
    "on_behalf_of",
    "verb",
    "object_type",
    "object_id",
    "reason",
    "data",
)


def canonical(line: Mapping[str, object]) -> bytes:
    """The sealed fields of a line as bytes: sorted keys, UTC moment to the microsecond, no spaces."""
    sealed = {name: line[name] for name in SEALED}
    moment = sealed["at"]
    if isinstance(moment, dt.datetime):
        sealed["at"] = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(prev_hash: str, line: Mapping[str, object]) -> str:
    """The hash of a line that follows ``prev_hash``."""
    return hashlib.sha256(prev_hash.encode() + canonical(line)).hexdigest()
