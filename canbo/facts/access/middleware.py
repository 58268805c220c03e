"""``request.actor`` on every request, and the same answer everywhere to what one may not see or do."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from canbo.foundation.audit.actions import record
from canbo.foundation.kernel.actor import NOBODY, Actor
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope

from .queries import build_actor
from .roles import GLASS


class ActorMiddleware:
    """Builds the actor when somebody asks for it; turns refusals into pages.

    Out of scope and not there are one and the same page (404), so that nobody learns what exists elsewhere; in scope
    without the permission is 403. Pages read under break-glass are written to the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sets ``request.actor``; logs the page when the actor that was built looks through broken glass."""
        built: list[Actor] = []

        def build() -> Actor:
            built.append(actor_of(request))
            return built[0]

        request.actor = SimpleLazyObject(build)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if built and built[0].may(GLASS):
            data = {"path": request.get_full_path()[:500], "status": response.status_code}
            record(built[0], "access.glass.read", data=data)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """403 for what one may not do, 404 for what is not there for her."""
        if isinstance(error, NotPermitted):
            return render(request, "403.html", {"exception": ""}, status=403)
        if isinstance(error, OutOfScope | ObjectDoesNotExist):
            return render(request, "404.html", status=404)
        return None


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request; nobody when nobody signed in."""
    if not request.user.is_authenticated:
        return NOBODY
    return build_actor(request.user, today(), now())
