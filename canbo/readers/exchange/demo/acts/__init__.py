"""What people of the sample province did since its records were written: work and evaluation of one department, a plan.

Everything is done through the actions behind the pages, at the moments it would have been done.
"""

from .months import live, somebody
from .plans import propose
from .staff import Department

__all__ = ["Department", "live", "propose", "somebody"]
