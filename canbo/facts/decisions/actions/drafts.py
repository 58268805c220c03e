"""Decisions being written: saved as they are, seen by their writer alone, never a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import RECORD
from ..models import Draft

# No audit line here: a form saves itself every few seconds, and a draft changes nothing.


def save_draft(actor: Actor, *, content: Mapping[str, Any], draft: int | None = None) -> Draft:
    """Keeps what was typed.

    Args:
        content: plain values of the form.
        draft: id of the draft to overwrite; None begins a new one.

    Raises:
        OutOfScope: the draft is another writer's, or the actor has no account to keep it under.
    """
    actor.require(RECORD)
    if actor.user_id is None:
        raise OutOfScope("dự thảo")
    if draft is None:
        return Draft.objects.create(owner_id=actor.user_id, content=dict(content))
    row = _own(actor, draft)
    row.content = dict(content)
    row.save(update_fields=["content", "saved_at"])
    return row


def discard_draft(actor: Actor, *, draft: int) -> None:
    """Throws a draft away."""
    _own(actor, draft).delete()


def _own(actor: Actor, draft: int) -> Draft:
    row = Draft.objects.filter(pk=draft, owner_id=actor.user_id).first() if actor.user_id else None
    if row is None:
        raise OutOfScope("dự thảo")
    return row
