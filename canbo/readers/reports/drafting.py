"""Reports to read: drafts put together anew each time, issues as they were frozen, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.numbers import Number
from canbo.foundation.kernel.period import Span
from canbo.foundation.kernel.violation import OutOfScope, Refused, Violation

from . import queries, scope
from .assembly import Assembly
from .choices import READ
from .document import Document, from_json
from .indicators import CATALOGUE
from .models import Issue, ReportDraft
from .shapes import Shape, shapes


@dataclass(frozen=True)
class Difference:
    """A figure of an issued report that would be another one today."""

    id: str
    title: str
    old: Number | None
    new: Number | None

    @property
    def change(self) -> Decimal | None:
        if self.old is None or self.new is None:
            return None
        return Decimal(str(self.new)) - Decimal(str(self.old))


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
    return Issue.objects.filter(kind=kind, unit_id=place.id, period=span.code).defer("docx", "pdf")


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
    found = Issue.objects.select_related("unit").defer("docx", "pdf", "content")
    if not reach.everywhere:
        found = found.filter(unit_id__in=scope.reached(reach))
    return list(found[:limit])


def differences(actor: Actor, frozen: Issue) -> list[Difference]:
    """Figures of an issued report that the records of today give differently; the issue itself stays."""
    span = Span.parse(frozen.period)
    place = scope.place(actor, READ, frozen.unit.code, span)
    old = from_json(frozen.content).figures()
    new = Assembly(shape(frozen.kind), place, span, {}).document().figures()
    found = []
    for key, figure in old.items():
        now = new[key].number if key in new else None
        if now is None and figure.group:
            now = 0
        if now is None or figure.number is None or Decimal(str(now)) != Decimal(str(figure.number)):
            found.append(Difference(key, _title(figure.code, figure.aspect, figure.group), figure.number, now))
    return found


_ASPECTS = {
    "value": "",
    "plan": ", chỉ tiêu giao",
    "plan_ratio": ", tỷ lệ đạt kế hoạch",
    "previous": ", cùng kỳ năm trước",
    "change": ", tăng giảm so với cùng kỳ",
}


def _title(code: str, aspect: str, group: str) -> str:
    part = f" ({group.split('=', 1)[1]})" if group else ""
    return f"{CATALOGUE[code].title}{part}{_ASPECTS[aspect]}"
