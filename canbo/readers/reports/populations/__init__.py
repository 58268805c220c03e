"""Where figures are counted: named sets of rows, each a piece of SQL over the facts.

A population gives ``row_id``, ``person_id``, ``unit_id``, ``day`` (of the record to read) and ``tree_day`` (of the tree
to read), and whatever its indicators need. It names these parameters: ``unit`` (id), ``day`` and ``last`` (last day
of the period), ``first``, ``before`` (day before the period).
"""

from .base import Population

__all__ = ["Population"]
