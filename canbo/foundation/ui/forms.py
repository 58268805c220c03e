"""What a form needs beyond Django's: refusals beside their field, in four parts."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest

from canbo.foundation.kernel.violation import Refused, Violation


def attach(form: forms.BaseForm, violations: Iterable[Violation] | Refused) -> None:
    """Puts each violation beside its field, or above the form when it names none of the form's fields.

    Use it where an action refused::

        try:
            appoint(actor=…, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
    """
    for violation in violations.violations if isinstance(violations, Refused) else violations:
        name = violation.field if violation.field in form.fields else None
        error = ValidationError(str(violation).replace("%", "%%"), code=violation.code, params={"violation": violation})
        form.add_error(name or NON_FIELD_ERRORS, error)


def tell(request: HttpRequest, refused: Refused) -> None:
    """Says every reason on the next page, where no form of it can hold them."""
    for violation in refused.violations:
        messages.error(request, str(violation))
