"""A person's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.ui.context import in_panel

from ..actions import open_dossier
from ..queries import grading, missing, traits
from ..queries import person as people


def page(request: Request, code: str) -> HttpResponse:
    """The person with a code, as she stood on the viewing day; opening it is a line of the log."""
    found = people.dossier(request.actor, code, today(), request.day)
    open_dossier(request.actor, person=found.person, day=format_date(request.day), sensitive=found.sensitive)
    return render(request, "profiles/person.html", _context(found, in_panel(request)))


def _context(found: people.Dossier, panel: bool) -> dict[str, Any]:
    def of(lines: Any) -> list[traits.Trait]:
        return traits.traits(lines, found.versions, found.day, sensitive=found.sensitive)

    identity, schooling, service = of(traits.IDENTITY), of(traits.SCHOOLING), of(traits.SERVICE)
    return {
        "dossier": found,
        "person": found.person,
        "panel": panel,
        "identity": identity,
        "schooling": schooling,
        "service": service,
        "career": grading.career(found),
        "party_line": grading.party_line(found),
        "years": grading.years(found),
        "months": grading.months(found),
        "lacks": missing.lacks(found, [*identity, *schooling]),
        "decisions": [] if panel else people.decisions_about(found),
        "history": [] if panel else grading.history(found),
    }
