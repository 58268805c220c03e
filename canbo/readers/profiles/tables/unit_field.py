"""A filter by unit: a code or a part of a name is enough."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import Actor

from ..queries.narrow import Ambiguous, unit_named


class UnitField(forms.CharField):
    """A unit by its code or a part of its name, for one reader on one day."""

    actor: Actor
    day: dt.date

    def clean(self, value: Any) -> Unit | None:
        """The unit, None when nothing was typed."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return unit_named(self.actor, text, self.day)
        except Ambiguous as error:
            raise ValidationError(str(error)) from None


class UnitFilter(django_filters.Filter):
    """A unit and everything under it."""

    field_class = UnitField

    @property
    def field(self) -> Any:
        """The field, told who asks and for which day."""
        found = super().field
        found.actor, found.day = self.parent.request.actor, self.parent.request.day
        return found
