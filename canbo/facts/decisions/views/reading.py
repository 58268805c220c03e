"""Between the form of a draft and what it means: what was posted, how it reads, where each refusal stands."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import Violation
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.templatetags.canbo_forms import Line, summary

from .. import actions, acts, queries
from ..forms import MOST_ROWS, HeadForm
from ..models import Draft
from ..rules import Heading

HEAD = tuple(HeadForm.base_fields)
TEXTS = ("number", "issuer", "doc_type", "abstract", "signer", "signer_post", "on_behalf")


@dataclasses.dataclass
class Reading:
    head: HeadForm
    heading: Heading
    blocks: list[Mapping[str, Any]]
    meaning: queries.Meaning


def content_of(post: QueryDict) -> dict[str, Any]:
    """The plain values of the form; blank rows at the end of a grid are left out, those between stay."""
    blocks = []
    for number, code in enumerate(post.getlist("khoi")):
        act = acts.registry().get(code)
        if act is None:
            continue
        names = ["subject", *(column.name for column in act.fields)]
        total = 0
        with contextlib.suppress(ValueError):
            total = min(MOST_ROWS, int(post.get(f"k{number}-TOTAL_FORMS", "0")))
        rows = [{name: post.get(f"k{number}-{n}-{name}", "").strip()[:1000] for name in names} for n in range(total)]
        while rows and not any(rows[-1].values()):
            rows.pop()
        blocks.append({"act": code, "rows": [{k: v for k, v in row.items() if v} for row in rows]})
    return {**{name: post.get(name, "").strip()[:4000] for name in HEAD}, "blocks": blocks}


def head_of(request: Request, row: Draft) -> HeadForm:
    form = HeadForm({name: row.content.get(name, "") for name in HEAD}, keepers=queries.keepers(request.actor))
    form.is_valid()
    return form


def heading_of(form: HeadForm) -> Heading:
    told = form.cleaned_data
    return Heading(
        issued_on=told.get("issued_on"),
        effective_on=told.get("effective_on"),
        **{name: told.get(name, "") for name in TEXTS},
    )


def read(request: Request, row: Draft) -> Reading:
    head = head_of(request, row)
    heading = heading_of(head)
    blocks = row.content.get("blocks", [])
    look = partial(actions.preview, custodian=head.cleaned_data.get("custodian", ""))
    return Reading(head, heading, blocks, queries.meaning(request.actor, heading, blocks, today(), look))


def live(reading: Reading) -> dict[str, Any]:
    """The panel: what it would do, what stands against it, what is missing."""
    rows = reading.meaning.rows
    faults: list[tuple[int | None, str, Violation]] = [(None, "", fault) for fault in reading.meaning.head_faults]
    faults += [(n, f"k{row.block}-{row.index}", fault) for n, row in enumerate(rows, 1) for fault in row.faults]
    return {
        "does": [(n, row) for n, row in enumerate(rows, 1) if row.does],
        "missing": [one for one in faults if one[2].code in queries.MISSING],
        "against": [one for one in faults if one[2].blocking and one[2].code not in queries.MISSING],
        "remarks": [one for one in faults if not one[2].blocking],
        "count": len(rows),
        "assumed": today() if reading.heading.issued_on is None else None,
    }


def told(head: HeadForm, grids: list[forms.BaseFormSet]) -> list[Line]:
    """Every refusal on the page with the field it leads to: the head first, then row by row."""
    lines = list(summary(head))
    for grid in grids:
        for number, form in enumerate(grid.forms, 1):
            lines += [dataclasses.replace(line, label=f"Dòng {number}, {line.label}") for line in summary(form)]
    return [line for line in lines if line.refusal.blocking]


def place(reading: Reading, grids: list[forms.BaseFormSet], refused: list[Violation]) -> None:
    """Puts each refusal of recording beside its cell: ``items.3.title`` is the title of the third filled row."""
    ready = [row for row in reading.meaning.rows if row.item is not None]
    head = []
    for violation in refused:
        parts = (violation.field or "").split(".")
        if parts[0] == "items" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) <= len(ready):
            line = ready[int(parts[1]) - 1]
            mark(grids[line.block].forms[line.index], [violation], parts[2] if len(parts) > 2 else "subject")
        else:
            head.append(violation)
    attach(reading.head, head)
    for line in reading.meaning.rows:
        if line.item is None:
            mark(grids[line.block].forms[line.index], line.faults)


def mark(form: forms.BaseForm, faults: list[Violation], name: str = "") -> None:
    for fault in faults:
        field = name or fault.field or "subject"
        if field not in form.fields:
            field = "subject"
        error = forms.ValidationError(str(fault).replace("%", "%%"), code=fault.code, params={"violation": fault})
        form.add_error(field, error)
