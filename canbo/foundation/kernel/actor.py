"""Who acts: one value that carries permissions and the units they reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .violation import NotPermitted


@dataclass(frozen=True)
class Reach:
    """How far one permission goes: everywhere, or the subtrees of some units (ids)."""

    everywhere: bool = False
    units: frozenset[int] = frozenset()

    def __or__(self, other: Reach) -> Reach:
        return Reach(self.everywhere or other.everywhere, self.units | other.units)

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.units)


NOWHERE = Reach()
EVERYWHERE = Reach(everywhere=True)


@dataclass(frozen=True)
class Actor:
    """A signed-in person, or the operator of the machine.

    Args:
        name: what the audit line prints.
        user_id: account, None for the operator and for nobody.
        person_id: the person behind the account, if linked.
        reaches: permission code to reach, as built from today's grants and delegations.
        on_behalf_of: name of the person who delegated, when acting for another.
        operator: the operating-system user at the command line; may do everything, audited as such.
    """

    name: str
    user_id: int | None = None
    person_id: int | None = None
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    on_behalf_of: str | None = None
    operator: bool = False

    def reach(self, permission: str) -> Reach:
        """Where this actor holds the permission."""
        return EVERYWHERE if self.operator else self.reaches.get(permission, NOWHERE)

    def may(self, permission: str) -> bool:
        """Whether the actor holds the permission anywhere at all."""
        return bool(self.reach(permission))

    def require(self, permission: str) -> Reach:
        """The reach of a permission; raises NotPermitted when the actor holds it nowhere."""
        reach = self.reach(permission)
        if not reach:
            raise NotPermitted(permission)
        return reach


NOBODY = Actor(name="")


def operator(name: str) -> Actor:
    """The actor behind the command line, named after the operating-system user."""
    return Actor(name=f"{name} (dòng lệnh)", operator=True)
