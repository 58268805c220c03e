"""Periods as people type them: 07/2026, quý III/2026, 6 tháng đầu năm 2026, 2026."""

from __future__ import annotations

import re

from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.text import fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*[/-]\s*|\s+(?:nam\s+)?)(?P<y>\d{4})"
_MONTH = re.compile(rf"^(?:thang\s+)?(?P<m>\d{{1,2}}){_YEAR}$")
_QUARTER = re.compile(rf"^(?:quy\s*|q)(?P<q>iv|i{{1,3}}|[1-4]){_YEAR}$")
_HALF = re.compile(rf"^(?:6|sau) thang (?P<h>dau|cuoi){_YEAR}$")
_WHOLE = re.compile(r"^(?:nam\s+)?(?P<y>\d{4})$")


def typed_period(text: str) -> Span:
    """The period somebody means.

    Raises:
        ValueError: with a Vietnamese message that shows how to write one.
    """
    plain = " ".join(fold(text).split())
    code = ""
    if found := _MONTH.match(plain):
        code = f"{found['y']}-{int(found['m']):02d}"
    elif found := _QUARTER.match(plain):
        code = f"{found['y']}-Q{_ROMAN.get(found['q'], found['q'])}"
    elif found := _HALF.match(plain):
        code = f"{found['y']}-H{1 if found['h'] == 'dau' else 2}"
    elif found := _WHOLE.match(plain):
        code = found["y"]
    try:
        span = Span.parse(code or text.strip().upper())
    except ValueError:
        raise ValueError(
            f"Kỳ “{text.strip()}” không đọc được. Ghi 07/2026 cho tháng, quý III/2026, 6 tháng đầu năm 2026, hoặc 2026 cho năm."
        ) from None
    return span
