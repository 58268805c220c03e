"""The list of decisions: as it stood on a day, searched without diacritics, narrowed by what the decisions did."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Func, OuterRef, Q, QuerySet, TextField

from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import fold

from .. import acts
from ..choices import READ
from ..models import Decision, DecisionItem
from ..rules import number_key
from .ledger import visible

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđðèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_BARE = "".join("d" if c in "đð" else unicodedata.normalize("NFD", c)[0] for c in _LETTERS)


class Folded(Func):
    """A column without diacritics, in small letters, as ``fold`` gives a typed text."""

    template = f"translate(lower(normalize(%(expressions)s)), '{_LETTERS}', '{_BARE}')"
    arity = 1
    output_field = TextField()


def listed(actor: Actor, day: dt.date, *, ahead: bool = False) -> QuerySet[Decision]:
    """Decisions the actor may read as they stood on a day: issued by then, ``gone`` where annulled by then.

    Args:
        ahead: also those dated after the day, as on the present day.

    Raises:
        NotPermitted: she reads no decisions at all.
    """
    actor.require(READ)
    rows = visible(actor, day)
    if not ahead:
        rows = rows.filter(issued_on__lte=day)
    gone = Q(annulled_on__isnull=False, annulled_on__lte=day)
    return rows.annotate(gone=ExpressionWrapper(gone, BooleanField()))


def matching(rows: QuerySet[Decision], text: str) -> QuerySet[Decision]:
    """Decisions whose number holds the text, or whose issuer and abstract hold every word of it, without diacritics."""
    words = Q()
    rows = rows.alias(plain=Folded("abstract"), plain_number=Folded("number"))
    for word in fold(text).split():
        words &= Q(plain__contains=word) | Q(issuer_key__contains=word)
    by_number = Q(number_key__contains=number_key(text)) | Q(plain_number__contains=fold(text))
    return rows.filter(by_number | words)


def annulled(rows: Any, wanted: bool) -> QuerySet[Decision]:
    """Of listed decisions those annulled by their day, or those that still stood."""
    found: QuerySet[Decision] = rows.filter(gone=wanted)
    return found


def with_act(rows: QuerySet[Decision], act: str) -> QuerySet[Decision]:
    """Decisions with an item of an act."""
    return rows.filter(Exists(DecisionItem.objects.filter(decision=OuterRef("pk"), act=act)))


def with_facts(rows: QuerySet[Decision], wanted: bool) -> QuerySet[Decision]:
    """Decisions that opened a fact, or those that opened none."""
    found = Q(pk__in=[])
    for model in acts.fact_models():
        found |= Q(Exists(model._default_manager.filter(opened_by=OuterRef("pk"))))
    return rows.filter(found) if wanted else rows.exclude(found)


def doc_types(actor: Actor, day: dt.date) -> list[str]:
    """The types of document there are among the decisions of a reader, the commonest first."""
    rows: Any = visible(actor, day).order_by().values_list("doc_type").annotate(number=Count("pk"))
    return [name for name, _ in rows.order_by("-number", "doc_type")[:30]]
