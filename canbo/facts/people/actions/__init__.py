"""Writing people: dossier, identity, place, outcomes."""

from .dossier import change_record, correct_record, refresh_names, register, set_citizen_id, set_places
from .grades import Concluded, record_grades, replace_grade
from .outcomes import end_discipline, record_award, record_discipline, record_grade

__all__ = [
    "Concluded",
    "change_record",
    "correct_record",
    "end_discipline",
    "record_award",
    "record_discipline",
    "record_grade",
    "record_grades",
    "refresh_names",
    "register",
    "replace_grade",
    "set_citizen_id",
    "set_places",
]
