"""The layout of a paper on one day: every measure, size and fixed word that the Party and the State set differently.

Values come from ``rulebooks/papers/*-layout.toml``, where each carries its source and the days it holds.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import Refused, Violation

from .blocks import System

RULEBOOKS = Path(__file__).resolve().parents[3] / "rulebooks" / "papers"


@dataclass(frozen=True)
class Layout:
    """One layout profile. Margins, widths and indents in mm; sizes, gaps and spacing in pt; shares in per cent.

    ``issuer_mark`` is ``star`` or ``rule``; a signing prefix that is empty is a form the system does not have;
    ``urgencies`` lists the accepted marks separated by ``|``.
    """

    paper_width: float
    paper_height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    font: str
    page_number_top: float
    page_number_size: float
    head_left_share: float
    national_title: str
    national_title_size: float
    motto: str
    motto_size: float
    superior_size: float
    issuer_size: float
    issuer_mark: str
    issuer_rule_share: float
    number_form: str
    number_form_untyped: str
    number_size: float
    place_size: float
    type_size: float
    abstract_size: float
    abstract_rule_share: float
    type_mark: str
    letter_abstract_prefix: str
    letter_abstract_size: float
    letter_abstract_italic: bool
    body_size: float
    table_size: float
    first_indent: float
    paragraph_gap: float
    line_spacing: float
    ground_prefix: str
    ground_italic: bool
    ground_end: str
    ground_last: str
    on_behalf: str
    for_head: str
    by_order: str
    by_mandate: str
    acting: str
    position_bold: bool
    signing_size: float
    signing_gap: float
    recipients_title_size: float
    recipients_title_style: str
    recipients_size: float
    recipients_end: str
    urgencies: str
    mark_size: float
    contact_size: float
    appendix_size: float

    @property
    def text_width(self) -> float:
        """Width between the margins of an upright page, in mm."""
        return self.paper_width - self.margin_left - self.margin_right

    @property
    def landscape_width(self) -> float:
        """Width between the margins of a page on its side, in mm."""
        return max(self.paper_width, self.paper_height) - self.margin_left - self.margin_right

    def turned(self) -> Layout:
        """The same layout with the paper on its side."""
        return replace(self, paper_width=self.paper_height, paper_height=self.paper_width)


_KINDS = {"float": (int, float), "str": (str,), "bool": (bool,)}


def layout_from_values(values: Mapping[str, object]) -> Layout:
    """A layout from the values in force on a day, whoever looked them up.

    Raises:
        ValueError: naming every value that is missing or of the wrong kind; nothing is filled in by default.
    """
    wrong = []
    found: dict[str, object] = {}
    for field in fields(Layout):
        kinds = _KINDS[str(field.type)]
        value = values.get(field.name)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wrong.append(field.name)
        else:
            found[field.name] = float(value) if float in kinds else value  # type: ignore[arg-type]
    if wrong:
        raise ValueError(f"Thể thức thiếu hoặc sai giá trị: {', '.join(wrong)}")
    return Layout(**found)  # type: ignore[arg-type]


@lru_cache
def _book(path: Path) -> dict[str, list[dict[str, object]]]:
    with path.open("rb") as file:
        return {name: value["entries"] for name, value in tomllib.load(file)["values"].items()}


def layout_for(system: System, on: dt.date, folder: Path = RULEBOOKS) -> Layout:
    """The layout in force on a day.

    Raises:
        Refused: when no layout rule known to the rulebook was in force then.
    """
    if system not in ("party", "state"):
        raise ValueError(f"Không có hệ thống văn bản “{system}”")
    values: dict[str, object] = {}
    for name, entries in _book(folder / f"{system}-layout.toml").items():
        for entry in entries:
            if entry["from"] <= on and ("to" not in entry or on < entry["to"]):  # type: ignore[operator]
                values[name] = entry["value"]
    if not values:
        raise Refused(
            Violation(
                "PAPERS-NO-LAYOUT",
                f"Không có thể thức văn bản nào có hiệu lực ngày {format_date(on)}.",
                field="profile_on",
                fix="Chọn ngày khác hoặc bổ sung quy định về thể thức vào bộ quy tắc.",
            )
        )
    return layout_from_values(values)
