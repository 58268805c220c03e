"""``@action``: permission, transaction and audit line in one place; and ``record`` beneath it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import models, transaction

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import now

from .choices import MAIN_CHAIN
from .models import AuditEntry, AuditHead
from .rules import seal

P = ParamSpec("P")
R = TypeVar("R")


def record(
    actor: Actor,
    verb: str,
    *,
    row: models.Model | None = None,
    data: Mapping[str, object] | None = None,
    reason: str = "",
    chain: str = MAIN_CHAIN,
) -> AuditEntry:
    """Adds one line to a chain, inside the caller's transaction.

    Args:
        actor: who acts; an actor without a name is refused.
        verb: stable dotted verb, such as ``decisions.decision.record``.
        row: the row acted upon.
        data: what the line should keep; never citizen numbers.
        reason: why, where the act asks for a reason.
        chain: which chain the line belongs to.

    Raises:
        ValueError: when the actor has no name.
    """
    if not actor.name:
        raise ValueError("audit line without an actor")
    with transaction.atomic(savepoint=False):
        head = _head(chain)
        line: dict[str, Any] = {
            "chain": chain,
            "seq": head.seq + 1,
            "at": now(),
            "actor": actor.name,
            "user_id": actor.user_id,
            "on_behalf_of": actor.on_behalf_of or "",
            "verb": verb,
            "object_type": row._meta.label_lower if row is not None else "",
            "object_id": row.pk if row is not None else None,
            "reason": reason,
            "data": {key: plain(value) for key, value in (data or {}).items()},
        }
        entry = AuditEntry.objects.create(**line, prev_hash=head.hash, hash=seal(head.hash, line))
        AuditHead.objects.filter(chain=chain).update(seq=entry.seq, hash=entry.hash)
    return entry


def _head(chain: str) -> AuditHead:
    """The end of a chain, locked; a chain begins with its first line."""
    heads = AuditHead.objects.select_for_update().filter(chain=chain)
    found = heads.first()
    if found is None:
        AuditHead.objects.get_or_create(chain=chain)
        found = heads.get()
    return found


def plain(value: object) -> object:
    """A value as the log keeps it: text, number, or ``app.model:id`` for a row."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    return str(value)


def action(
    verb: str, *, permission: str | None, log: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Makes a write function: requires the permission, opens one transaction, adds one audit line.

    Args:
        verb: stable dotted verb of the audit line.
        permission: code the actor must hold somewhere; the function itself narrows it to the rows it touches.
            None where the actor acts on her own things.
        log: names of keyword arguments that the audit line keeps.
    """

    def wrap(function: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @functools.wraps(function)
        def act(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
            if permission is not None:
                actor.require(permission)
            with transaction.atomic():
                result = function(actor, *args, **kwargs)
                record(
                    actor,
                    verb,
                    row=result if isinstance(result, models.Model) else None,
                    data={name: kwargs[name] for name in log if name in kwargs},
                    reason=str(kwargs.get("reason") or ""),
                )
            return result

        act.verb = verb  # type: ignore[attr-defined]
        act.permission = permission  # type: ignore[attr-defined]
        return act

    return wrap
