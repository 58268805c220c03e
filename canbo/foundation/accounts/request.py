"""What a view receives: a request of somebody signed in, with what the middleware has put on it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from canbo.foundation.kernel.actor import Actor

from .models import User


class Request(HttpRequest):
    """Only a type: every view but those of sign-in is reached by accounts alone.

    ``actor`` is who acts, ``day`` the day looked at, ``user`` the account.
    """

    actor: Actor
    day: dt.date
    user: User
