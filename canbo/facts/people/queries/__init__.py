"""Reading people: who may be seen, finding somebody, the dossier on a day, outcomes."""

from .dossier import (
    PLACES,
    awards,
    disciplines,
    grades,
    person_by_code,
    person_by_id,
    record_at,
    records,
    require_person,
    visible,
)
from .finding import search
from .matching import holds_word, matching, matching_words
from .results import standing_results

__all__ = [
    "PLACES",
    "awards",
    "disciplines",
    "grades",
    "holds_word",
    "matching",
    "matching_words",
    "person_by_code",
    "person_by_id",
    "record_at",
    "records",
    "require_person",
    "search",
    "standing_results",
    "visible",
]
