"""Sunlit architecture: walls with arches, stairs, a still pool, a ball, long shadows."""

from __future__ import annotations

from dataclasses import dataclass

from studio.painting.colour import lightness, mix, multiply, shift
from studio.painting.geometry import Outline, Point, arch, box, moved
from studio.painting.scene import Element, Form, Shade, Shadow, Shape, Sky, Surface, Thing, Water
from studio.painting.settings.stage import Stage, back_to_front
from studio.painting.subjects import KINDS
from studio.painting.wish import Colour


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things are; ``side`` is -1 when tower and light are on the left."""

    side: int
    top: float
    floor: float
    pool: float
    tower: float
    stone: Colour
    lit: Colour
    shaded: Colour


def _plane(outline: Outline, colour: Colour, *, holes: tuple[Outline, ...] = (), fade: Colour | None = None) -> Thing:
    return Thing((Shape(outline, colour, Form.FLAT, Surface.PLASTER, holes, fade),), 0.0, Shadow.NONE)


def _planned(stage: Stage) -> _Plan:
    rng, palette = stage.rng, stage.palette
    stone = stage.reading.colour("courtyard", stage.reading.colour("wall", palette.wall))
    if lightness(stone) < 0.5:
        stone = shift(stone, light=0.06)
    lit = mix(stone, palette.light, 0.34)
    floor = stage.height * rng.uniform(0.6, 0.7)
    return _Plan(
        -1 if stage.light.x < 0 else 1,
        stage.height * rng.uniform(0.14, 0.3),
        floor,
        floor + (stage.height - floor) * rng.uniform(0.4, 0.55),
        stage.width * rng.uniform(0.1, 0.22),
        stone,
        lit,
        mix(stone, multiply(stone, palette.shade), 0.75),
    )


def courtyard(stage: Stage) -> list[Element]:
    """Back wall with arches, a tower, stairs down to the pool, a ball at its edge."""
    rng, palette = stage.rng, stage.palette
    plan = _planned(stage)
    w, h = stage.width, stage.height
    elements: list[Element] = [Sky(palette.sky, plan.floor)]
    if rng.random() < 0.6:
        elements += _second_building(stage, plan)
    elements += _back_wall(stage, plan)
    elements.append(
        _plane(
            box(-0.02, plan.floor, w + 0.02, h + 0.02),
            mix(plan.lit, palette.light, 0.2),
            fade=mix(plan.lit, plan.stone, 0.4),
        )
    )
    elements += _tower_shadow(stage, plan)
    if not stage.refused("stairs"):
        elements += _stairs(stage, plan)
    tower = (
        box(-0.02, -0.02, plan.tower, plan.floor + 0.05 * h)
        if plan.side < 0
        else box(w - plan.tower, -0.02, w + 0.02, plan.floor + 0.05 * h)
    )
    elements.append(_plane(tower, plan.shaded, fade=mix(plan.shaded, plan.stone, 0.45)))
    elements += _actors(stage, plan)
    if not stage.refused("pool") and (stage.reading.has("pool", "lake", "sea") or rng.random() < 0.55):
        elements += _pool(stage, plan)
    return elements


def _second_building(stage: Stage, plan: _Plan) -> list[Element]:
    """Behind the wall, its flank in shade."""
    rng, w, h = stage.rng, stage.width, stage.height
    left = w * rng.uniform(0.35, 0.6) if plan.side < 0 else w * rng.uniform(-0.02, 0.1)
    right = left + w * rng.uniform(0.28, 0.42)
    roof = plan.top - h * rng.uniform(0.06, 0.12)
    flank = (
        box(right - w * 0.07, roof, right, plan.floor)
        if plan.side < 0
        else box(left, roof, left + w * 0.07, plan.floor)
    )
    front = mix(plan.lit, stage.palette.accent(1), 0.18)
    return [_plane(box(left, roof, right, plan.floor), front), _plane(flank, plan.shaded)]


def _pool(stage: Stage, plan: _Plan) -> list[Element]:
    """Still water in front, between its lit edge and the flank of the edge."""
    palette, w = stage.palette, stage.width
    return [
        _plane(box(-0.02, plan.pool - 0.004, w + 0.02, plan.pool + 0.014), mix(plan.lit, palette.light, 0.45)),
        _plane(box(-0.02, plan.pool + 0.014, w + 0.02, plan.pool + 0.03), plan.shaded),
        Water(
            plan.pool + 0.03,
            stage.height,
            mix(palette.sky[0], palette.shade, 0.25),
            mix(palette.sky[-1], palette.light, 0.5),
            1.0,
            clarity=0.78,
        ),
    ]


def _back_wall(stage: Stage, plan: _Plan) -> list[Element]:
    """The wall with its openings: sky or a dark room behind, and the thickness of the wall in the reveal."""
    palette, w = stage.palette, stage.width
    openings = _arches(stage, plan)
    reveal = min(0.03, w * 0.03)
    beyond = (
        mix(palette.sky[0], palette.shade, 0.3) if stage.rng.random() < 0.65 else mix(plan.shaded, palette.ink, 0.35)
    )
    elements: list[Element] = [
        _plane(box(-0.02, plan.top + 0.02, w + 0.02, plan.floor), beyond, fade=mix(beyond, palette.sky[-1], 0.3))
    ]
    horizon = plan.floor - 0.1
    if stage.reading.has("sea"):
        elements.append(_plane(box(-0.02, horizon, w + 0.02, plan.floor), mix(palette.sky[0], palette.shade, 0.5)))
    far_side = [moved(opening, plan.side * reveal) for opening in openings]  # the lit jamb is the one facing the light
    elements.append(
        _plane(box(-0.02, plan.top, w + 0.02, plan.floor), mix(plan.shaded, plan.stone, 0.25), holes=tuple(far_side))
    )
    elements.append(
        _plane(
            box(-0.02, plan.top, w + 0.02, plan.floor),
            plan.lit,
            holes=tuple(openings),
            fade=mix(plan.lit, plan.stone, 0.55),
        )
    )
    elements.append(_plane(box(-0.02, plan.top - 0.012, w + 0.02, plan.top), mix(plan.lit, palette.light, 0.5)))
    return elements


def _arches(stage: Stage, plan: _Plan) -> list[Outline]:
    rng, w = stage.rng, stage.width
    count = 1 if w < 0.9 else rng.randint(1, 3) if w < 1.3 else rng.randint(2, 5)
    if stage.reading.count("courtyard", 0) and stage.reading.count("courtyard", 0) <= 6:
        count = max(1, stage.reading.count("courtyard", count))
    span = min(0.27, w * 0.23, w * 0.72 / count / 1.4) * rng.uniform(0.85, 1.1)
    gap = span * rng.uniform(0.3, 0.6)
    total = count * span + (count - 1) * gap
    free = w - plan.tower - total
    start = (plan.tower + free * rng.uniform(0.55, 0.85)) if plan.side < 0 else free * rng.uniform(0.15, 0.45)
    spring = plan.floor - min((plan.floor - plan.top) * 0.62 - span / 2, 0.4) * rng.uniform(0.75, 1.0)
    return [
        arch(start + index * (span + gap), start + index * (span + gap) + span, plan.floor + 0.001, spring)
        for index in range(count)
    ]


def _tower_shadow(stage: Stage, plan: _Plan) -> list[Element]:
    """The tower's slanting shadow over wall and floor."""
    w, h = stage.width, stage.height
    inner = plan.tower if plan.side < 0 else w - plan.tower
    reach = min(0.62, w * 0.42) * (1.1 - 0.62 * stage.light.height) * stage.rng.uniform(0.8, 1.2)
    tip = inner - plan.side * reach
    drop = plan.top + (plan.floor - plan.top) * stage.rng.uniform(0.2, 0.45)
    on_wall = (
        (inner, plan.top - 0.012),
        (inner - plan.side * reach * 0.18, plan.top - 0.012),
        (tip, drop),
        (tip, plan.floor),
        (inner, plan.floor),
    )
    on_floor = (
        (inner, plan.floor),
        (tip, plan.floor),
        (tip - plan.side * 0.1, plan.floor + (h - plan.floor) * 0.34),
        (inner, plan.floor + (h - plan.floor) * 0.34),
    )
    return [Shade((on_wall,), 0.0016, 0.86), Shade((on_floor,), 0.0022, 0.8)]


def _stairs(stage: Stage, plan: _Plan) -> list[Element]:
    """A flight of stairs seen from the side, climbing towards the tower."""
    rng, w, h = stage.rng, stage.width, stage.height
    steps = rng.randint(5, 9)
    rise, tread = min(0.046, h * 0.042), min(0.062, w * 0.055)
    foot_x = w * (0.5 + plan.side * rng.uniform(0.0, 0.12))
    base = plan.floor + (h - plan.floor) * rng.uniform(0.16, 0.26)
    end_x = w * (-0.02 if plan.side < 0 else 1.02)
    profile = [(foot_x, base)]
    for index in range(steps):
        x, y = foot_x + plan.side * tread * index, base - rise * (index + 1)
        profile += [(x, y), (x + plan.side * tread, y)]
    flank = (*profile, (end_x, base - rise * steps), (end_x, base))
    reach = 0.16 * (1.35 - stage.light.height)
    shadow = (
        (foot_x, base - rise),
        (foot_x - plan.side * reach, base + 0.012),
        (foot_x - plan.side * reach * 0.7, base + 0.035),
        (end_x, base + 0.035),
        (end_x, base),
    )
    elements: list[Element] = [
        Shade((shadow,), 0.003, 0.75),
        _plane(flank, mix(plan.stone, plan.shaded, 0.5), fade=mix(plan.stone, plan.shaded, 0.25)),
    ]
    treads: list[Shape] = []
    for index in range(steps):
        x, y = foot_x + plan.side * tread * index, base - rise * (index + 1)
        treads += _step(stage, plan, (x, y), tread, rise)
    elements.append(Thing(tuple(treads), 0.0, Shadow.NONE))
    return elements


def _step(stage: Stage, plan: _Plan, edge: Point, tread: float, rise: float) -> list[Shape]:
    """The lit tread and the riser behind the edge."""
    x, y = edge
    return [
        Shape(
            (
                (x, y),
                (x + plan.side * tread, y),
                (x + plan.side * (tread + 0.014), y - 0.013),
                (x + plan.side * 0.014, y - 0.013),
            ),
            mix(plan.lit, stage.palette.light, 0.55),
            line=True,
        ),
        Shape(
            ((x, y), (x + plan.side * 0.014, y - 0.013), (x + plan.side * 0.014, y - 0.013 + rise), (x, y + rise)),
            mix(plan.stone, plan.lit, 0.35),
            line=True,
        ),
    ]


def _actors(stage: Stage, plan: _Plan) -> list[Element]:
    """The ball, or whatever the words put into the courtyard, at the edge of the pool."""
    rng, reading, w = stage.rng, stage.reading, stage.width
    names = [
        name
        for name in dict.fromkeys(mention.concept for mention in reading.mentions)
        if name in KINDS and KINDS[name].place != "sky"
    ]
    names = [name for name in names if name not in ("plinth", "lamp")] or (
        [] if stage.refused("sphere") else ["sphere"]
    )
    size = min(0.18, w * 0.2) * rng.uniform(0.85, 1.2)
    start = w * (0.5 - plan.side * rng.uniform(0.1, 0.28))
    things: list[Thing] = []
    for place, name in enumerate(names[:3]):
        count = reading.count(name, 1)
        for index in range(count):
            x = start + (index - (count - 1) / 2) * size * 1.35 + place * plan.side * size * 1.5
            tall = size * {"tree": 2.6, "people": 1.9, "chair": 1.6, "vase": 1.7, "plant": 1.8, "pines": 2.4}.get(
                name, 1.0
            )
            things.append(
                stage.thing(
                    name,
                    min(w * 0.92, max(w * 0.08, x)),
                    plan.pool - 0.012 - 0.03 * ((place + index) % 2),
                    tall,
                    index=index,
                )
            )
    return back_to_front(things)
