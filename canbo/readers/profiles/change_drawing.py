"""Before and after as a drawing from left to right: boxes, curves between them, all sizes worked out here."""

from __future__ import annotations

from dataclasses import dataclass

from .queries.change import Change, Stand

WIDTH, HEIGHT, GAP_X, GAP_Y, HEAD = 236, 58, 84, 12, 34
LETTERS = 31
MOST = 40
"""Boxes of a stage that are drawn; the table below the drawing names all of them."""


@dataclass(frozen=True)
class Drawn:
    """A box: where it stands (px, as text), what it says."""

    x: str
    y: str
    text_x: str
    lines: tuple[tuple[str, str], ...]
    kind: str
    kind_y: str
    code: str
    own: bool


@dataclass(frozen=True)
class Curve:
    """What leads from a box to another, as the path of an SVG."""

    path: str
    stays: bool


@dataclass(frozen=True)
class Drawing:
    """The whole drawing; sizes are texts, so that no thousands separator gets into them."""

    width: str
    height: str
    heads: tuple[tuple[str, object], ...]
    boxes: tuple[Drawn, ...]
    curves: tuple[Curve, ...]
    left_out: int


def draw(change: Change) -> Drawing:
    """The drawing of a change."""
    columns = _ordered(change)
    shown = [column[:MOST] for column in columns]
    places: list[dict[int, tuple[int, int]]] = []
    tallest = max((len(column) for column in shown), default=1)
    whole = tallest * (HEIGHT + GAP_Y)
    boxes: list[Drawn] = []
    for number, column in enumerate(shown):
        x = number * (WIDTH + GAP_X)
        start = HEAD + (whole - len(column) * (HEIGHT + GAP_Y)) // 2
        places.append({})
        for row, pk in enumerate(column):
            y = start + row * (HEIGHT + GAP_Y)
            places[number][pk] = (x, y)
            boxes.append(_box(change.stages[number].units[pk], x, y, own=pk == change.unit.pk))
    curves = tuple(
        _curve(places[number][link.old], places[number + 1][link.new], stays=link.stays)
        for number, stage in enumerate(change.stages[1:])
        for link in stage.links
        if link.old in places[number] and link.new in places[number + 1]
    )
    heads = tuple((str(n * (WIDTH + GAP_X)), stage.day) for n, stage in enumerate(change.stages))
    return Drawing(
        width=str(len(columns) * (WIDTH + GAP_X) - GAP_X + 2),
        height=str(HEAD + whole),
        heads=heads,
        boxes=tuple(boxes),
        curves=curves,
        left_out=sum(len(column) - len(part) for column, part in zip(columns, shown, strict=True)),
    )


def _ordered(change: Change) -> list[list[int]]:
    """Units of every stage, each beside what it leads to, so that few curves cross."""
    columns = [list(stage.units) for stage in change.stages]
    for number in range(len(columns) - 2, -1, -1):
        after = {pk: place for place, pk in enumerate(columns[number + 1])}
        wish: dict[int, list[int]] = {}
        for link in change.stages[number + 1].links:
            wish.setdefault(link.old, []).append(after[link.new])
        columns[number].sort(key=lambda pk: min(wish.get(pk, [len(after)])))
    return columns


def _box(stand: Stand, x: int, y: int, *, own: bool) -> Drawn:
    lines = _wrapped(stand.name)
    first = y + (24 if len(lines) == 1 else 20)
    return Drawn(
        x=str(x + 1),
        y=str(y),
        text_x=str(x + 12),
        lines=tuple((str(first + 16 * number), line) for number, line in enumerate(lines)),
        kind=stand.kind,
        kind_y=str(y + (42 if len(lines) == 1 else 52)),
        code=stand.code if stand.seen else "",
        own=own,
    )


def _wrapped(name: str) -> list[str]:
    """A name on at most two lines."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LETTERS and len(lines) < 2:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines[-1]) > LETTERS:
        lines[-1] = lines[-1][: LETTERS - 1].rstrip() + "…"
    return lines


def _curve(start: tuple[int, int], goal: tuple[int, int], *, stays: bool) -> Curve:
    x1, y1 = start[0] + WIDTH + 1, start[1] + HEIGHT // 2
    x2, y2 = goal[0] + 1, goal[1] + HEIGHT // 2
    bend = (x1 + x2) // 2
    return Curve(f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}", stays)
