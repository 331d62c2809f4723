"""A field of modernist tiles: discs, quarter arcs, bars and leaves on coloured squares."""

from __future__ import annotations

from studio.painting.colour import distance, mix, shift
from studio.painting.geometry import Outline, box, ellipse
from studio.painting.scene import Element, Shade, Shadow, Shape, Surface, Thing, Wall
from studio.painting.settings.stage import Stage, window_patches
from studio.painting.wish import Colour, PaintStyle


def tiles(stage: Stage) -> list[Element]:
    """A grid that fills the picture; no two neighbours share their ground."""
    rng, palette = stage.rng, stage.palette
    across = max(
        2,
        round(
            stage.width
            * (4 if stage.reading.has("wide") else 2.4 if stage.reading.has("close") else 3)
            * rng.choice((0.85, 1.0, 1.25))
        ),
    )
    side = stage.width / across
    down = -(-stage.height // side)
    offset = (stage.height - down * side) / 2
    inks = _inks(stage)
    elements: list[Element] = [Wall(palette.paper, palette.paper, None, Surface.PLAIN)]
    last_row: list[Colour] = []
    for row in range(int(down)):
        this_row: list[Colour] = []
        for column in range(across):
            taken = [this_row[-1]] if this_row else []
            if last_row:
                taken.append(last_row[column])
            ground = rng.choice([ink for ink in inks if ink not in taken] or inks)
            this_row.append(ground)
            elements.append(_tile(stage, column * side, offset + row * side, side, ground=ground, inks=inks))
        last_row = this_row
    if stage.style is PaintStyle.PAINTER:
        joint = side * 0.012
        lines = [
            box(-1, offset + row * side - joint, stage.width + 1, offset + row * side + joint)
            for row in range(int(down) + 1)
        ]
        lines += [
            box(column * side - joint, -1, column * side + joint, stage.height + 1) for column in range(across + 1)
        ]
        elements.append(Shade(tuple(lines), 0.0016, 0.6))
        elements.append(window_patches(stage, reach=1.3, softness=0.03))
    return elements


def _inks(stage: Stage) -> list[Colour]:
    palette = stage.palette
    named = stage.reading.colours
    if named and not stage.reading.refused_colours:
        pale = palette.paper
        return [*named, pale, shift(palette.ink, light=0.06), *([mix(named[0], pale, 0.5)] if len(named) < 3 else [])]
    inks: list[Colour] = []
    for colour in (*palette.accents, palette.paper, shift(palette.ink, light=0.06), palette.land[1], palette.land[2]):
        if all(distance(colour, other) > 0.07 for other in inks) and len(inks) < 6:
            inks.append(colour)
    return inks


def _tile(stage: Stage, x: float, y: float, side: float, *, ground: Colour, inks: list[Colour]) -> Thing:
    rng = stage.rng
    others = [ink for ink in inks if ink != ground]
    first = rng.choice(others)
    second = rng.choice([ink for ink in others if ink != first] or others)
    shapes = [Shape(box(x, y, x + side + 0.001, y + side + 0.001), ground)]
    shapes += [
        Shape(outline, colour)
        for outline, colour in _motif(rng.randrange(9), rng.randrange(4), x, y, side=side, inks=(first, second, ground))
    ]
    return Thing(tuple(shapes), 0.0, Shadow.NONE)


def _motif(
    kind: int, quarter: int, x: float, y: float, *, side: float, inks: tuple[Colour, Colour, Colour]
) -> list[tuple[Outline, Colour]]:
    first, second, ground = inks
    corners = ((x, y, 0), (x + side, y, 90), (x + side, y + side, 180), (x, y + side, 270))
    cx, cy, _start = corners[quarter]

    def pie(radius: float, corner: int = quarter) -> Outline:
        px, py, angle = corners[corner]
        return ((px, py), *ellipse(px, py, radius, start=angle, end=angle + 90))

    if kind == 0:
        return [(ellipse(x + side / 2, y + side / 2, side * 0.34), first)]
    if kind == 1:
        return [(pie(side), first)]
    if kind == 2:
        return [(pie(side), first), (pie(side * 0.66), ground), (pie(side * 0.34), second)]
    if kind == 3:
        bars = [box(x, y + side * share, x + side, y + side * (share + 0.17)) for share in (0.08, 0.415, 0.75)]
        if quarter % 2:
            bars = [tuple((x + py - y, y + px - x) for px, py in bar) for bar in bars]
        return [(bar, first) for bar in bars]
    if kind == 4:
        return [(pie(side / 2, corner), first if corner % 2 else second) for corner in range(4)]
    if kind == 5:
        return [(tuple(pie(side, quarter)[1:]) + tuple(pie(side, (quarter + 2) % 4)[1:]), first)]
    if kind == 6:
        start = 0 if quarter < 2 else 180
        half = ellipse(x + side / 2, y + (0.0 if quarter < 2 else side), side / 2, start=start, end=start + 180)
        other = ellipse(x + side / 2, y + side / 2, side / 2, start=start, end=start + 180)
        return [(half, first), (other, second)]
    if kind == 7:
        return [
            (((cx, cy), corners[(quarter + 1) % 4][:2], corners[(quarter + 3) % 4][:2]), first),
            (ellipse(x + side / 2, y + side / 2, side * 0.16), second),
        ]
    return [
        (ellipse(x + side / 2, y + side / 2, side * 0.44), first),
        (ellipse(x + side / 2, y + side / 2, side * 0.28), second),
        (ellipse(x + side / 2, y + side / 2, side * 0.12), ground),
    ]
