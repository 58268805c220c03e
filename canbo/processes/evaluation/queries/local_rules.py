"""Local rules: those an actor sees, the rules as they would be with one of them, and where retroactivity begins."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db.models import QuerySet

from canbo.facts.decisions.queries import units_above
from canbo.facts.organisation.models import Unit, UnitPath
from canbo.facts.organisation.queries import acting_day, reaches, within
from canbo.foundation import rulebooks
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Violation

from .. import rules
from ..choices import RULES_READ, RULES_WRITE, LocalState, Stage
from ..models import Cycle, LocalRule
from ..rules.consistency import book_faults
from ..rules.local import LocalRule as Set
from ..rules.local import Text, files

LAYER_FOLDER = "man-hinh"
"""Folders of the local directory whose names begin so are made from the rows; the others were written by hand."""


def local_rules(actor: Actor) -> QuerySet[LocalRule]:
    """The local rules of units the actor reads the rules of, and what was set for those above them."""
    reach = actor.require(RULES_READ)
    rows = LocalRule.objects.select_related("unit")
    if reach.everywhere:
        return rows
    day = acting_day()
    above = UnitPath.objects.filter(descendant_id__in=list(reach.units), valid_from__lte=day, valid_to__gt=day)
    binding = rows.filter(unit_id__in=above.values("ancestor_id")).exclude(state=LocalState.DRAFT)
    return (within(rows, reach, day) | binding).distinct()


def local_rule(actor: Actor, pk: int, *, write: bool = False) -> LocalRule:
    """One local rule.

    Raises:
        OutOfScope: it is not there for this actor.
        NotPermitted: she sees it but may not change it.
    """
    row = local_rules(actor).filter(pk=pk).first()
    if row is None:
        raise OutOfScope
    if write and not reaches(actor.require(RULES_WRITE), row.unit_id, acting_day()):
        raise NotPermitted(RULES_WRITE)
    return row


def readable_layers(actor: Actor, layers: Iterable[rulebooks.Layer]) -> list[rulebooks.Layer]:
    """Layers an actor may look at: what came with the product, and those of her units and of the units above them."""
    layers, reach = list(layers), actor.require(RULES_READ)
    own = {layer.unit for layer in layers if not layer.shipped}
    if not reach.everywhere and own:
        day = acting_day()
        paths = UnitPath.objects.filter(valid_from__lte=day, valid_to__gt=day)
        under = paths.filter(ancestor_id__in=list(reach.units), descendant__code__in=own)
        above = paths.filter(descendant_id__in=list(reach.units), ancestor__code__in=own)
        own = {*under.values_list("descendant__code", flat=True), *above.values_list("ancestor__code", flat=True)}
    return sorted((layer for layer in layers if layer.shipped or layer.unit in own), key=lambda layer: layer.name)


def unit_to_read(actor: Actor, code: str) -> Unit:
    """The unit of a code, where the actor reads the rules.

    Raises:
        OutOfScope: there is none for her.
    """
    return _unit(actor, RULES_READ, code)


def may_write(actor: Actor, row: LocalRule) -> bool:
    """Whether the actor sets rules for the unit of a local rule."""
    return reaches(actor.reach(RULES_WRITE), row.unit_id, acting_day())


def as_set(row: LocalRule, since: dt.date | None = None) -> Set:
    """A row as the writer of rulebook files takes it; ``since`` begins it earlier, to try it on an earlier period."""
    text = Text(row.number, row.issued_on, row.issuer, row.subject, row.issued_on)
    changes = row.changes
    return Set(
        row.rulebook,
        text,
        since or row.since,
        None if since else row.until,
        changes.get("values", {}),
        changes.get("rows", {}),
        changes.get("added", {}),
    )


def chain_of(unit: Unit | None, day: dt.date) -> tuple[str, ...]:
    """Codes of a unit and those above it, nearest first; the unit alone when it did not stand on the day."""
    return () if unit is None else units_above(unit.code, day) or (unit.code,)


def layer_name(row: LocalRule) -> str:
    """Folder of the layer a row belongs to."""
    return f"{LAYER_FOLDER}-{row.level}-{row.unit.code}"


def layer_mates(row: LocalRule) -> list[LocalRule]:
    """The other local rules of the same layer that have been in force or will be."""
    return list(
        LocalRule.objects.filter(level=row.level, unit=row.unit)
        .exclude(state=LocalState.DRAFT)
        .exclude(pk=row.pk)
        .select_related("unit")
    )


@dataclass(frozen=True)
class Staged:
    """The rules as they would be: every fault found, and the rules themselves when there is none that blocks."""

    faults: tuple[Violation, ...]
    rules: rulebooks.Rulebooks | None
    files: dict[str, str]


def staged(row: LocalRule, *, since: dt.date | None = None) -> Staged:
    """Writes the layer with a row in a place of its own and checks it as ``canbo rules check`` does.

    Args:
        since: begin the row on this day instead, to try it on an earlier period.
    """
    with _elsewhere(layer_name(row)) as place:
        central, local = rulebooks.directories()[0], place
        base = rulebooks.load((central, local))
        chain = chain_of(row.unit, row.since)

        def book_on(code: str, day: dt.date) -> rules.Book:
            return rules.book(code, on=day, unit_codes=chain, rules=base)

        try:
            made = files(
                row.level,
                row.unit.name,
                row.unit.code,
                [as_set(r) for r in layer_mates(row)] + [as_set(row, since)],
                book_on,
            )
        except rulebooks.NoRuleInForce as error:
            return Staged((Violation("EVAL-LOCAL-DAY", str(error), "since"),), None, {})
        write_layer(place / layer_name(row), made)
        found = rulebooks.check((central, local))
        faults = [Violation("EVAL-LOCAL-FILE", f.message, source=f"{f.file.name}, dòng {f.line}") for f in found]
        if faults:
            return Staged(tuple(faults), None, made)
        loaded = rulebooks.load((central, local))
        on = since or row.since
        inconsistent = book_faults(rules.book(row.rulebook, on=on, unit_codes=chain, rules=loaded))
        return Staged(tuple(inconsistent), loaded, made)


@contextmanager
def _elsewhere(without: str) -> Iterator[Path]:
    """A copy of the local rules without one layer."""
    local = rulebooks.directories()[1]
    with tempfile.TemporaryDirectory(prefix="canbo-quy-tac-") as folder:
        place = Path(folder) / "rulebooks"
        place.mkdir()
        if local.is_dir():
            shutil.copytree(local, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns(without))
        yield place


def write_layer(folder: Path, made: dict[str, str]) -> None:
    """Writes the files of a layer so that a reader at any moment finds the old or the new rules, never half of them.

    Each file is replaced in one step, the card and the texts before what cites them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        fresh = path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    for path in folder.rglob("*.toml"):
        if path.relative_to(folder).as_posix() not in made:
            path.unlink()


def touched_cycles(row: LocalRule, since: dt.date) -> list[Cycle]:
    """Cycles of the book (or of books built on it) that began on or after a day, in or above the unit."""
    loaded = rulebooks.current()
    codes = [row.rulebook]
    for code in rules.books(on=since, rules=loaded):
        if row.rulebook in rules.book(code, on=since, rules=loaded).based_on:
            codes.append(code)
    paths = UnitPath.objects.filter(ancestor_id=row.unit_id).values("descendant_id")
    above = UnitPath.objects.filter(descendant_id=row.unit_id).values("ancestor_id")
    cycles = Cycle.objects.filter(rulebook__in=codes, first__gte=since).select_related("unit").order_by("first", "pk")
    return list(cycles.filter(unit_id__in=paths) | cycles.filter(unit_id__in=above))


def retroactive(row: LocalRule, since: dt.date) -> tuple[list[Violation], list[Violation]]:
    """What forbids a change from a day on, and what has to be agreed to: closed and open cycles of that time."""
    refusals, remarks = [], []
    article = _article(row, since)
    for cycle in touched_cycles(row, since):
        name = f"{cycle.span}, {cycle.unit.name}"
        if cycle.stage == Stage.CLOSED:
            refusals.append(
                Violation(
                    "EVAL-LOCAL-CLOSED",
                    f"Kỳ {name} đã đóng; quy định mới không áp dụng ngược.",
                    "since",
                    article,
                    f"Chọn ngày sau {cycle.last:%d/%m/%Y}; kết quả sai thì thay bằng quyết định mới.",
                )
            )
        else:
            remarks.append(
                Violation(
                    "EVAL-LOCAL-OPEN",
                    f"Kỳ {name} đang mở; phiếu của kỳ này sẽ chấm theo quy định mới.",
                    "since",
                    article,
                    blocking=False,
                )
            )
    return refusals, remarks


def _article(row: LocalRule, on: dt.date) -> str:
    """Where the book says that a finished result is only replaced by a new decision."""
    try:
        book = rules.book(row.rulebook, on=on, unit_codes=units_above(row.unit.code, on))
    except rulebooks.NoRuleInForce:
        return ""
    return next((str(r.ruling.reference) for r in book.rows("special") if r.key == "wrong_result"), book.source)


def units_to_rule(actor: Actor, code: str) -> Unit:
    """The unit of a code, where the actor sets rules.

    Raises:
        OutOfScope: there is none for her.
    """
    return _unit(actor, RULES_WRITE, code)


def _unit(actor: Actor, permission: str, code: str) -> Unit:
    unit = within(Unit.objects.all(), actor.require(permission), acting_day(), "pk").filter(code=code).first()
    if unit is None:
        raise OutOfScope
    return unit


def differing_layers(rows: Sequence[LocalRule]) -> list[str]:
    """Layers whose files on this machine do not say what the rows say (a new machine, a file changed by hand)."""
    local = rulebooks.directories()[1]
    wrong = []
    for name in sorted({layer_name(row) for row in rows if not row.is_draft}):
        row = next(r for r in rows if layer_name(r) == name and not r.is_draft)
        made = staged(row).files
        if any(not (local / name / f).is_file() or (local / name / f).read_text("utf-8") != t for f, t in made.items()):
            wrong.append(name)
    return wrong
