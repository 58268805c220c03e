"""Writing units: opening, changing, closing, lineage; deriving the tree."""

from .names import refresh_unit_names, write_unit_names
from .paths import rebuild_paths
from .units import (
    change_unit,
    close_unit,
    open_unit,
    parent_faults,
    record_lineage,
    set_target,
)

__all__ = [
    "change_unit",
    "close_unit",
    "open_unit",
    "parent_faults",
    "rebuild_paths",
    "record_lineage",
    "refresh_unit_names",
    "set_target",
    "write_unit_names",
]
