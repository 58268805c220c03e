"""Fields in which a person, a unit or a decision is chosen: typed with suggestions, understood within the actor's scope."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from canbo.facts.decisions import queries as decisions
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day, unit_by_code
from canbo.facts.people.models import Person
from canbo.facts.people.queries import person_by_code
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.dates import format_date
from canbo.foundation.kernel.violation import OutOfScope, Violation

_DATED = re.compile(r"^(?P<number>.+?)\s+ngày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})$")


def suggesting(kind: str) -> dict[str, str]:
    """What makes a text field suggest: the script fills the list of its kind."""
    return {"list": f"goi-y-{kind}", "data-lookup": kind, "autocomplete": "off"}


def _none(code: str, message: str, fix: str) -> ValidationError:
    return ValidationError(f"{message} {fix}", code=code, params={"violation": Violation(code, message, fix=fix)})


class ActorForm(forms.Form):
    """A form that understands what is typed as far as its actor may see; faults are told by the server, all at once."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **{"use_required_attribute": False, **kwargs})
        for field in self.fields.values():
            if isinstance(field, ScopedField):
                field.actor = actor


class ScopedField(forms.CharField):
    """A text that stands for a row within an actor's reach."""

    kind = ""
    actor: Actor

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)
        self.widget.attrs.update(suggesting(self.kind))

    def clean(self, value: Any) -> Any:
        """The row that is meant; None where nothing was typed and nothing has to be."""
        text = super().clean(value).strip()
        return self.meant(text) if text else None

    def meant(self, text: str) -> Any:
        """The row a text stands for."""
        raise NotImplementedError


class UnitField(ScopedField):
    """A unit by its code."""

    kind = "unit"

    def meant(self, text: str) -> Unit:
        """The unit; a refusal where there is none for this actor."""
        try:
            return unit_by_code(self.actor, text, acting_day())
        except OutOfScope:
            raise _none("EVAL-NO-UNIT", f"Không có đơn vị mã {text} trong phạm vi của bạn.",
                        "Gõ tên đơn vị rồi chọn trong gợi ý, hoặc xem mã ở trang đơn vị.") from None  # fmt: skip


class PersonField(ScopedField):
    """A person by the code of her record."""

    kind = "person"

    def meant(self, text: str) -> Person:
        """The person; a refusal where there is none for this actor."""
        try:
            return person_by_code(self.actor, text, acting_day())
        except OutOfScope:
            raise _none("EVAL-NO-PERSON", f"Không có hồ sơ mã {text} trong phạm vi của bạn.",
                        "Gõ họ tên rồi chọn trong gợi ý.") from None  # fmt: skip


class DecisionField(ScopedField):
    """A decision of the ledger by its number, with its day where two have the same number."""

    kind = "decision"

    def meant(self, text: str) -> Decision:
        """The decision; a refusal where there is none, or more than one."""
        dated = _DATED.match(text)
        number, day = text, None
        if dated:
            number = dated["number"]
            try:
                day = dt.date(int(dated["y"]), int(dated["m"]), int(dated["d"]))
            except ValueError:
                day = None
        rows = decisions.find(self.actor, number, acting_day(), issued_on=day).filter(annulled_on=None)
        found = list(rows[:2])
        if not found:
            raise _none("EVAL-NO-DECISION", f"Không có quyết định “{text}” còn hiệu lực trong sổ.",
                        "Ghi quyết định vào sổ trước, rồi chọn ở đây bằng số.")  # fmt: skip
        if len(found) > 1:
            raise _none("EVAL-DECISIONS", f"Nhiều quyết định cùng số {number}.",
                        f"Ghi thêm ngày: {number} ngày {format_date(found[0].issued_on)}.")  # fmt: skip
        return found[0]
