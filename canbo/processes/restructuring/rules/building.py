"""Making the plan from its lines, the units of the day, answers and chosen ways. Pure: values in, a plan out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from canbo.facts.organisation.choices import Operation
from canbo.foundation.kernel.violation import Violation

from ..choices import Asked, Choice, Rule
from .asking import no_predecessor, no_successor, split_question, vacated_question
from .lines import Lines, Source, Target, gather, names
from .operations import inferred
from .plan import UNIT, Change, Closing, Link, Opening, Plan, Reply, Row, Standing, Way

ROUNDS = 8


@dataclass(frozen=True)
class Given:
    """What a plan is made from.

    Args:
        rows: the lines.
        units: in force on the day of effect, by code.
        known: names of units that were there once, by code.
        on: day of effect, ISO.
        answers: by unit and question.
        ways: chosen by people, by unit and kind (empty kind: all kinds).
        places: where single subordinate units go, by their id.
    """

    rows: Sequence[Row]
    units: Mapping[str, Standing]
    known: Mapping[str, str]
    on: str
    answers: Mapping[tuple[str, str], Reply] = field(default_factory=dict)
    ways: Mapping[tuple[str, str], Way] = field(default_factory=dict)
    places: Mapping[int, str] = field(default_factory=dict)


def build(given: Given) -> Plan:
    """The plan: what closes, opens, changes, the lineage, the ways of moving, and what is still asked."""
    extra: list[Row] = []
    for _ in range(ROUNDS):
        builder = _Builder(given, extra)
        more = builder.run()
        if not more:
            break
        extra += more
    return builder.plan


class _Builder:
    """One pass over the lines; units that answers end besides are taken into the next pass."""

    def __init__(self, given: Given, extra: Sequence[Row]):
        self.given, self.units = given, given.units
        self.plan = Plan()
        self.lines: Lines = gather([*given.rows, *extra], given.units, given.known, given.on)
        self.plan.faults += self.lines.faults
        self.closing: dict[str, Closing] = {}
        self.divided: dict[str, tuple[str, ...]] = {}
        self.parents: dict[str, str | None] = {}
        self.chosen: dict[str, list[tuple[str, Way]]] = defaultdict(list)
        for (unit, kind), way in given.ways.items():
            if kind:
                self.chosen[unit].append((kind, way))

    def run(self) -> list[Row]:
        self._predecessors()
        for source in self.lines.sources.values():
            self._source(source)
        for target in self.lines.targets.values():
            self._target(target)
        for code in dict.fromkeys([*self.closing, *self.divided]):
            self._way(code)
        self._follow()
        more = self._vacated()
        if not more:
            self._check()
        self.plan.closings = list(self.closing.values())
        return more

    # --- old units

    def _predecessors(self) -> None:
        """New units that no old one goes into: founded, or come from a unit that an answer names."""
        for target in self.lines.targets.values():
            if target.sources or target.code in self.units or target.founded:
                continue
            reply = self.given.answers.get((target.code, Asked.NO_PREDECESSOR))
            if reply is not None and reply.choice == Choice.ESTABLISH:
                target.founded = True
            elif reply is not None and reply.choice == Choice.FROM and reply.value in self.units:
                source = self.lines.sources.setdefault(reply.value, Source(reply.value, target.line, target.level))
                source.targets[target.code] = Operation.HAND_OVER
                source.ending = ""
                target.sources.append(reply.value)
            else:
                self.plan.questions.append(no_predecessor(target, self.units, self.lines, reply))

    def _source(self, source: Source) -> None:
        old = self.units.get(source.code)
        if old is None:
            return
        targets = dict(source.targets)
        if not targets and not source.ending:
            reply = self.given.answers.get((source.code, Asked.NO_SUCCESSOR))
            if reply is None or not self._succeeded(source, reply, targets):
                self.plan.questions.append(no_successor(source, old, reply))
                return
            if reply.choice == Choice.KEEP:
                return
        goes_on = source.code in targets or Operation.SPLIT in targets.values()
        others = [code for code in targets if code != source.code]
        if goes_on:
            if others:
                self.divided[source.code] = (source.code, *others)
        else:
            ending = source.ending or (targets[others[0]] if others else Operation.END)
            self.closing[source.code] = Closing(source.code, old.name, ending, tuple(others), source.level)
            if len(others) > 1:
                self.divided[source.code] = tuple(others)
        for code in others:
            target = self.lines.targets.get(code)
            operation = targets[code] or inferred(
                target_goes_on=code in self.units,
                sources=len(target.sources) if target else 1,
                targets=len(others),
                old_goes_on=goes_on,
            )
            self.plan.links.append(Link(source.code, code, operation))
            if not goes_on and not source.ending:
                self.closing[source.code] = Closing(source.code, old.name, operation, tuple(others), source.level)

    def _succeeded(self, source: Source, reply: Reply, targets: dict[str, str]) -> bool:
        if reply.choice in (Choice.DISSOLVE, Choice.END):
            source.ending = reply.choice
        elif reply.choice == Choice.INTO and (reply.value in self.units or reply.value in self.lines.targets):
            targets[reply.value] = Operation.MERGE
            if reply.value in self.lines.targets:
                self.lines.targets[reply.value].sources.append(source.code)
        elif reply.choice != Choice.KEEP:
            return False
        return True

    # --- new units

    def _target(self, target: Target) -> None:
        old = self.units.get(target.code)
        if old is None:
            self._open(target)
            return
        if target.code in self.closing:
            self._fault("NEW-CLOSES", f"{old.name} ({target.code}) vừa nhận đơn vị khác vừa kết thúc.")
            return
        parent = target.parent or old.parent
        self.parents[target.code] = parent
        kind = target.kind or old.kind
        same_kind = kind == old.kind
        local = target.local_type or (old.local_type if same_kind else "")
        self._change(old, target.name or old.name, kind, local, target.shelf if not same_kind else old.shelf, parent,
                     tuple(code for code in target.sources if code != target.code))  # fmt: skip

    def _open(self, target: Target) -> None:
        sources = [code for code in target.sources if code in self.units]
        if not sources and not target.founded:
            return
        parent = target.parent or None
        if parent is None:
            above = {self.units[code].parent for code in sources}
            parent = above.pop() if len(above) == 1 else None
        kinds = {self.units[code].shelf for code in sources}
        shelf = target.shelf or (kinds.pop() if len(kinds) == 1 else "")
        self.parents[target.code] = parent
        operation = Operation.ESTABLISH if not sources else Operation.UNITE
        told = {link.operation for link in self.plan.links if link.new == target.code} if sources else set()
        self.plan.openings.append(
            Opening(target.code, target.name, target.kind, target.local_type, shelf, parent,
                    told.pop() if len(told) == 1 else operation, tuple(sources), target.level)
        )  # fmt: skip

    def _change(
        self, old: Standing, name: str, kind: str, local: str, shelf: str, parent: str | None,
        sources: tuple[str, ...] = (), *, follows: bool = False,
    ) -> None:  # fmt: skip
        told = []
        if name != old.name:
            told.append(Operation.RENAME)
        if (kind, local) != (old.kind, old.local_type):
            told.append(Operation.RELEVEL)
        if parent != old.parent:
            told.append(Operation.HAND_OVER)
        if not told and not sources:
            return
        self.plan.changes.append(
            Change(old.code, old.name, name, old.kind, kind, local, shelf or old.shelf, old.parent, parent,
                   tuple(told), sources, follows)
        )  # fmt: skip

    # --- where what stands in old units goes

    def _way(self, code: str) -> None:
        """The way of all kinds that have none of their own."""
        given = self.given
        chosen = given.ways.get((code, ""))
        targets = self.divided.get(code) or (self.closing[code].targets if code in self.closing else ())
        reply = given.answers.get((code, Asked.SPLIT)) or given.answers.get((code, Asked.HOMELESS))
        asked = given.answers.get((code, Asked.NO_SUCCESSOR)) or given.answers.get((code, Asked.LEFT_EMPTY))
        if chosen is not None:
            way: Way | None = Way(chosen.rule, chosen.target or self.holding(code), True)
        elif reply is not None and reply.choice in self._there(targets):
            way = Way(Rule.ALL, reply.choice, True)
        elif reply is not None and reply.choice in Rule.values:
            needs = reply.choice == Rule.ALL
            way = None if needs and not reply.value else Way(reply.choice, reply.value or self.holding(code), True)
        elif len(targets) == 1:
            way = Way(Rule.ALL, targets[0])
        elif len(targets) > 1:
            way = None
        else:
            value = asked.value if asked is not None else ""
            way = Way(Rule.ONE_BY_ONE, value or self.holding(code), bool(value))
        if way is None:
            self.plan.questions.append(split_question(code, targets, self.units, self.lines, reply))
        else:
            self.plan.ways[code, ""] = way
        for kind, own in self.chosen.get(code, ()):
            self.plan.ways[code, kind] = Way(own.rule, own.target or self.holding(code), True)

    def _there(self, targets: Sequence[str]) -> frozenset[str]:
        return frozenset(targets)

    def holding(self, code: str) -> str:
        """Where people wait to be placed: the unit itself if it goes on, else the nearest superior that does."""
        if code not in self.closing:
            return code
        seen: set[str] = set()
        above = self.units[code].parent
        while above is not None and above not in seen:
            seen.add(above)
            if above not in self.closing:
                return above
            targets = self.closing[above].targets
            if len(targets) == 1 and targets[0] not in self.closing:
                return targets[0]
            above = self.units[above].parent if above in self.units else None
        return ""

    def _follow(self) -> None:
        """Subordinate units that the lines leave where they are go along with what their superior became."""
        for unit in self.units.values():
            above = unit.parent
            if above is None or unit.code in self.closing:
                continue
            moved = self.parents.get(unit.code, above)
            if moved != above or (above not in self.closing and above not in self.divided):
                continue
            parent = self._goes(above, unit)
            if parent is None and above in self.closing and (above, "") in self.plan.ways:
                self.plan.stuck[above] = self.plan.stuck.get(above, 0) + 1
            if parent is None or parent == above:
                continue
            if unit.code not in self.lines.targets and (unit.began >= self.given.on or unit.ends is not None):
                self._fault(
                    "FOLLOWER",
                    f"{unit.name} ({unit.code}), trực thuộc {above}, đã ghi thay đổi từ ngày có hiệu lực trở đi.",
                )
                continue
            self.parents[unit.code] = parent
            known = next((at for at, change in enumerate(self.plan.changes) if change.code == unit.code), None) \
                if unit.code in self.lines.targets else None  # fmt: skip
            if known is None:
                self._change(unit, unit.name, unit.kind, unit.local_type, unit.shelf, parent, follows=True)
            else:
                old = self.plan.changes.pop(known)
                self._change(unit, old.name, old.kind, old.local_type, old.shelf, parent, old.sources)
        for at, opening in enumerate(self.plan.openings):
            above = opening.parent
            if above in self.closing and (way := self.plan.ways.get((above, ""))) and way.rule == Rule.ALL:
                self.parents[opening.code] = way.target
                self.plan.openings[at] = Opening(**{**opening.__dict__, "parent": way.target})

    def _goes(self, above: str, unit: Standing) -> str | None:
        way = self.plan.ways.get((above, UNIT)) or self.plan.ways.get((above, ""))
        if way is None:
            return None
        if way.rule == Rule.LIST and (place := self.given.places.get(unit.id)):
            return place
        return way.target or None

    # --- what the whole comes to

    def _vacated(self) -> list[Row]:
        """Units outside the plan whose subordinates have all gone: asked about, or ended as an answer says."""
        before: dict[str, int] = defaultdict(int)
        after: dict[str, int] = defaultdict(int)
        for unit in self.units.values():
            if unit.parent is not None:
                before[unit.parent] += 1
                if unit.code not in self.closing:
                    stays = self.parents.get(unit.code, unit.parent)
                    if stays is not None:
                        after[stays] += 1
        for opening in self.plan.openings:
            if opening.parent is not None:
                after[opening.parent] += 1
        more: list[Row] = []
        for code, count in before.items():
            mentioned = code in self.lines.sources or code in self.lines.targets or code in self.closing
            if mentioned or after.get(code) or not count or code not in self.units:
                continue
            reply = self.given.answers.get((code, Asked.LEFT_EMPTY))
            if reply is not None and reply.choice in (Choice.END, Choice.DISSOLVE):
                more.append(Row(0, operation=reply.choice, old=code))
            elif reply is None or reply.choice != Choice.KEEP:
                self.plan.questions.append(vacated_question(self.units[code], count))
        return more

    def _check(self) -> None:
        survivors = (set(self.units) - set(self.closing)) | {opening.code for opening in self.plan.openings}
        for (code, kind), way in self.plan.ways.items():
            if way.target and way.target not in survivors:
                name = self.units[code].name
                self._fault("WAY-TARGET", f"Nơi đến của {name} ({code}) là {way.target}: đơn vị này không hoạt động sau sắp xếp."
                            + (f" (loại: {kind})" if kind else ""))  # fmt: skip
        lost = []
        for code in survivors:
            parent = self.parents.get(code, self.units[code].parent if code in self.units else None)
            stuck = parent in self.plan.stuck
            if parent is not None and parent not in survivors and not stuck and not self.plan.questions:
                lost.append(code)
        if lost:
            of = {code: self.units[code].name if code in self.units else "" for code in lost}
            self._fault("LOST", f"{len(lost)} đơn vị không còn cấp trên: {names(sorted(lost), of)}.")
        self._cycles(survivors)

    def _cycles(self, survivors: set[str]) -> None:
        good: set[str] = set()
        for code in self.parents:
            trail: dict[str, None] = {}
            at: str | None = code
            while at is not None and at not in good and at in survivors:
                if at in trail:
                    self._fault("CYCLE", f"{', '.join(trail)} là cấp trên của nhau thành vòng.")
                    break
                trail[at] = None
                at = self.parents.get(at, self.units[at].parent if at in self.units else None)
            good.update(trail)

    def _fault(self, code: str, message: str) -> None:
        self.plan.faults.append(Violation(f"RESTRUCTURE-{code}", message))
