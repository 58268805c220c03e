"""What reading leaves behind: an opened dossier and a list taken home are lines of the log."""

from __future__ import annotations

from canbo.facts.people.choices import READ
from canbo.facts.people.models import Person
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor

from .choices import EXPORT_LIST, READ_PERSON


@action(READ_PERSON, permission=READ, log=("day", "sensitive"))
def open_dossier(actor: Actor, *, person: Person, day: str, sensitive: bool) -> Person:
    """Notes that somebody opened a person's page.

    Args:
        person: already found in the reader's scope.
        day: the viewing day, as printed.
        sensitive: whether the restricted sections were shown.
    """
    return person


@action(EXPORT_LIST, permission=None, log=("page", "rows", "query"))
def take_list(actor: Actor, *, page: str, rows: int, query: str) -> None:
    """Notes that somebody took a list home as a workbook.

    Args:
        page: key of the list.
        rows: how many rows it holds.
        query: the conditions in force, as in the address.
    """
