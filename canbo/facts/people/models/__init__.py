"""People, their dated dossier, and the outcomes written on them."""

from .outcomes import Award, Discipline, Grade
from .person import Person, PersonRecord

__all__ = ["Award", "Discipline", "Grade", "Person", "PersonRecord"]
