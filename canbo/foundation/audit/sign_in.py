"""Sign-ins, sign-outs and failures go into the log.

Django announces them by signals; the log listens, because accounts stand below it and do not know it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.http import HttpRequest

from canbo.foundation.accounts.models import User
from canbo.foundation.kernel.actor import Actor

from .actions import record

UNKNOWN = "Chưa đăng nhập"


def address(request: HttpRequest | None) -> dict[str, object]:
    """Where a request came from, as the log keeps it."""
    if request is None:
        return {}
    from allauth.account.adapter import get_adapter

    try:
        ip = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a proxy that names nobody, or a socket without an address
        ip = ""
    return {"ip": ip, "agent": request.META.get("HTTP_USER_AGENT", "")[:200]}


@receiver(user_logged_in, dispatch_uid="audit-signed-in")
def signed_in(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A line for every session opened."""
    record(Actor(name=str(user), user_id=user.pk), "accounts.session.open", row=user, data=address(request))


@receiver(user_logged_out, dispatch_uid="audit-signed-out")
def signed_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """A line for every session closed by its holder or by idleness."""
    if user is not None:
        record(Actor(name=str(user), user_id=user.pk), "accounts.session.close", row=user, data=address(request))


@receiver(user_login_failed, dispatch_uid="audit-sign-in-failed")
def failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A line for every failure, with the name tried; never with the password."""
    data = {**address(request), "username": str(credentials.get("username") or "")[:150]}
    verb = "accounts.session.locked" if credentials.get("locked") else "accounts.session.refuse"
    record(Actor(name=UNKNOWN), verb, data=data)
