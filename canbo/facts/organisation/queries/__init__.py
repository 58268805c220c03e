"""Reading units: scope, tree, lineage."""

from .lineage import became, made_of, predecessors, successors
from .scope import (
    acting_day,
    reaches,
    require_over,
    search,
    subtree_ids,
    unit_by_code,
    units_in_reach,
    visible,
    within,
)
from .tree import (
    Node,
    children,
    counts_by_kind,
    history,
    path,
    targets,
    tree,
    vanishing,
    version_at,
    versions_at,
)

__all__ = [
    "Node",
    "acting_day",
    "became",
    "children",
    "counts_by_kind",
    "history",
    "made_of",
    "path",
    "predecessors",
    "reaches",
    "require_over",
    "search",
    "subtree_ids",
    "successors",
    "targets",
    "tree",
    "unit_by_code",
    "units_in_reach",
    "vanishing",
    "version_at",
    "versions_at",
    "visible",
    "within",
]
