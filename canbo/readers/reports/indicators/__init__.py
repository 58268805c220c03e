"""The catalogue of indicators (danh mục chỉ tiêu)."""

from __future__ import annotations

from .admissions import ADMISSIONS
from .base import Indicator
from .cadres import CADRES
from .committees import COMMITTEES, POSITIONS
from .honours import HONOURS
from .members import MEMBERS
from .organisation import ORGANISATION
from .quality import QUALITY
from .staff import STAFF
from .training import TRAINING

CATALOGUE: dict[str, Indicator] = {
    indicator.code: indicator
    for topic in (ORGANISATION, MEMBERS, ADMISSIONS, QUALITY, CADRES, TRAINING, STAFF, HONOURS, COMMITTEES, POSITIONS)
    for indicator in topic
}

__all__ = ["CATALOGUE", "Indicator"]
