"""Reports to read: drafts put together anew each time, and issues as they were frozen."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from . import queries, scope
from .assembly import Assembly
from .choices import READ
from .document import Document
from .heads import Head, default_head
from .models import Issue, ReportDraft
from .shapes import Shape, shapes


def shape(kind: str) -> Shape:
    """The template of a kind; Refused when there is none."""
    found = shapes().get(kind)
    if found is None:
        raise Refused(Violation("REPORT-KIND", f"Không có loại báo cáo “{kind}”.", fix=f"Có: {', '.join(shapes())}."))
    return found


def document(actor: Actor, kind: str, unit: str, period: str | Span) -> Document:
    """A report put together from the records as they are now, with the writer's words from its draft."""
    span = queries.span(period)
    chosen = shape(kind)
    place = scope.place(actor, READ, unit, span)
    draft = ReportDraft.objects.filter(kind=kind, unit_id=place.id, period=span.code).first()
    return Assembly(chosen, place, span, draft.texts if draft else {}).document()


def issues(actor: Actor, kind: str, unit: str, period: str | Span) -> QuerySet[Issue]:
    """Issues of one report, newest first, without their files."""
    span = queries.span(period)
    place = scope.place(actor, READ, unit, span)
    return Issue.objects.filter(kind=kind, unit_id=place.id, period=span.code).defer("docx", "pdf", "subjects")


def issue(actor: Actor, issue_id: int) -> Issue:
    """One issue that the actor may see."""
    found = Issue.objects.select_related("unit").filter(pk=issue_id).first()
    if found is None:
        raise OutOfScope(str(issue_id))
    scope.place(actor, READ, found.unit.code, Span.parse(found.period))
    return found


def recent_issues(actor: Actor, limit: int = 50) -> list[Issue]:
    """The newest issues within the actor's reach."""
    reach = actor.require(READ)
    found = Issue.objects.select_related("unit").defer("docx", "pdf", "content", "subjects")
    if not reach.everywhere:
        found = found.filter(unit_id__in=scope.reached(reach))
    return list(found[:limit])


def latest(actor: Actor, unit: str, period: str | Span) -> dict[str, tuple[ReportDraft | None, Issue | None]]:
    """The draft and the last issue of each kind of report of a unit and period."""
    span = queries.span(period)
    place = scope.place(actor, READ, unit, span)
    of = {"unit_id": place.id, "period": span.code}
    drafts = {draft.kind: draft for draft in ReportDraft.objects.filter(**of)}
    issued: dict[str, Issue] = {}
    for one in Issue.objects.filter(**of).defer("docx", "pdf", "content", "subjects"):
        issued.setdefault(one.kind, one)
    return {kind: (drafts.get(kind), issued.get(kind)) for kind in shapes()}


def head(actor: Actor, document: Document, on: dt.date) -> Head:
    """What stands around a report of a unit: as on its last issue, else as follows from its kind."""
    return usual_head(actor, document.unit, document.period, on)


def usual_head(actor: Actor, unit: str, period: str | Span, on: dt.date) -> Head:
    """What stands around the reports of a unit; see ``head``."""
    place = scope.place(actor, READ, unit, queries.span(period))
    last = Issue.objects.filter(unit_id=place.id).values_list("head", flat=True).first()
    return default_head(place.name, place.kind, on, last)
