"""Writing people: dossier, identity, place, outcomes."""

from .dossier import change_record, correct_record, refresh_names, register, set_citizen_id, set_places
from .outcomes import end_discipline, record_award, record_discipline, record_grade

__all__ = [
    "change_record",
    "correct_record",
    "end_discipline",
    "record_award",
    "record_discipline",
    "record_grade",
    "refresh_names",
    "register",
    "set_citizen_id",
    "set_places",
]
