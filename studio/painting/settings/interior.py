"""Rooms with furniture, single creatures, and objects on plinths in a studio."""

from __future__ import annotations

from collections.abc import Sequence

from studio.painting.colour import mix, shift
from studio.painting.geometry import Outline, box, ellipse, rounded, smooth
from studio.painting.scene import Element, Form, Shadow, Shape, Surface, Thing, Wall
from studio.painting.settings.stage import Stage, back_to_front, window_patches
from studio.painting.subjects import KINDS, draw
from studio.painting.subjects.nature import bouquet
from studio.painting.wish import Colour


def _flat(
    outline: Outline,
    colour: Colour,
    surface: Surface = Surface.PLAIN,
    *,
    shadow: Shadow = Shadow.NONE,
    ground: float = 0.0,
    fade: Colour | None = None,
) -> Thing:
    return Thing((Shape(outline, colour, Form.FLAT, surface, fade=fade),), ground, shadow)


def picture_frame(stage: Stage, x: float, y: float, width: float, height: float) -> Thing:
    """A framed abstract print on the wall."""
    palette = stage.palette
    sheet = mix(palette.paper, palette.wall, 0.2)
    left, top = x - width / 2, y - height / 2
    cut = top + height * stage.rng.uniform(0.52, 0.68)
    return Thing(
        (
            Shape(rounded(left, top, left + width, top + height, 0.004), mix(palette.ink, palette.floor, 0.35)),
            Shape(box(left + 0.01, top + 0.01, left + width - 0.01, top + height - 0.01), sheet),
            Shape(
                box(left + 0.035, cut, left + width - 0.035, top + height - 0.035), mix(palette.accent(2), sheet, 0.25)
            ),
            Shape(
                ellipse(x + width * stage.rng.uniform(-0.08, 0.08), top + height * 0.4, width * 0.22), palette.accent(0)
            ),
        ),
        top + height,
        Shadow.NONE,
    )


def window_frame(stage: Stage, x: float, top: float, width: float, height: float) -> list[Element]:
    """A window with sky and hills outside."""
    palette = stage.palette
    left, foot = x - width / 2, top + height
    hill = smooth(
        [
            (left, foot - height * 0.25),
            (x - width * 0.15, foot - height * 0.38),
            (x + width * 0.2, foot - height * 0.22),
            (left + width, foot - height * 0.34),
        ],
        closed=False,
    )
    frame = mix(palette.paper, palette.wall, 0.25)
    bar = 0.012
    shapes = [
        Shape(box(left - 0.02, top - 0.02, left + width + 0.02, foot + 0.02), frame),
        Shape(box(left, top, left + width, foot), palette.sky[1], Form.FLAT, Surface.GLOWING, fade=palette.sky[-1]),
        Shape((*hill, (left + width, foot), (left, foot)), palette.land[1], fade=palette.land[2]),
        Shape(box(x - bar / 2, top, x + bar / 2, foot), frame),
        Shape(box(left, top + height * 0.36 - bar / 2, left + width, top + height * 0.36 + bar / 2), frame),
        Shape(box(left - 0.04, foot + 0.01, left + width + 0.04, foot + 0.035), shift(frame, light=0.04)),
    ]
    return [Thing(tuple(shapes), foot + 0.035, Shadow.NONE)]


def room(stage: Stage) -> list[Element]:
    """A corner of a room: armchair, lamp, print, rug, plant; sunlight across it."""
    rng, palette = stage.rng, stage.palette
    floor = stage.floor_level(0.25, 0.3)
    elements: list[Element] = [Wall(palette.wall, mix(palette.floor, (150, 104, 66), 0.3), floor)]
    elements.append(_flat(box(-0.1, floor - 0.03, stage.width + 0.1, floor), mix(palette.wall, palette.paper, 0.4)))
    mirror = 1 if rng.random() < 0.5 else -1
    size = min(0.46, stage.width * 0.44) * stage.zoom**0.5
    elements += _on_the_wall(stage, floor, size, mirror)
    middle, span, deep = stage.width / 2, min(stage.width, 1.5), stage.depth_of(floor)
    for share, colour in (
        (1.0, mix(palette.accent(2), palette.wall, 0.35)),
        (0.84, mix(palette.accent(2), palette.paper, 0.5)),
    ):
        rug = ellipse(middle, floor + deep * 0.55, span * 0.4 * share, deep * 0.26 * share)
        elements.append(_flat(rug, colour, Surface.CLOTH))
    elements += back_to_front(_furniture(stage, floor, size, mirror))
    if stage.moment not in ("night", "neon", "overcast", "storm") and not stage.reading.has("soft"):
        elements.append(window_patches(stage, softness=0.01))
    return elements


def _on_the_wall(stage: Stage, floor: float, size: float, mirror: int) -> list[Element]:
    """A framed print; a window too when the words name one."""
    rng, middle, span = stage.rng, stage.width / 2, min(stage.width, 1.5)
    height = max(0.16, floor - size - 0.24)
    if stage.reading.has("window") and not stage.refused("window"):
        left, top = middle - mirror * span * 0.2, max(0.06, floor - 0.72)
        frame = picture_frame(stage, middle + mirror * span * 0.24, height, 0.18, 0.24)
        return [*window_frame(stage, left, top, min(0.36, span * 0.34), 0.46), frame]
    x = middle + mirror * span * rng.uniform(0.08, 0.2)
    return [picture_frame(stage, x, height, 0.22, rng.choice((0.22, 0.29)))]


def _furniture(stage: Stage, floor: float, size: float, mirror: int) -> list[Thing]:
    """Armchair, lamp, plant, and up to four other things that the words name."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    middle, span, deep = stage.width / 2, min(stage.width, 1.5), stage.depth_of(floor)
    things: list[Thing] = []
    if not stage.refused("chair"):
        cover = reading.colour("chair", mix(stage.colour_of("chair"), palette.wall, 0.1))
        chair = draw("chair", rng, cover, mix(palette.paper, palette.accent(1), 0.15))
        things.append(chair.placed(middle + mirror * span * 0.1, floor + deep * 0.34, size))
    if not stage.refused("lamp"):
        x = middle - mirror * span * 0.27
        things.append(stage.thing("lamp", x, floor + deep * 0.16, min(0.66, floor * 0.8), index=1))
    if not stage.refused("plant"):
        green = reading.colour("plant", mix(KINDS["plant"].colour, palette.wall, 0.2))
        plant = draw("plant", rng, green, palette.accent(1))
        things.append(plant.placed(middle + mirror * span * 0.39, floor + deep * 0.26, 0.4))
    named = [name for name in dict.fromkeys(m.concept for m in reading.mentions) if name in KINDS]
    others = [name for name in named if name not in ("chair", "lamp", "plant")][:4]
    for place, name in enumerate(others):
        for index in range(reading.count(name, 1)):
            x = middle + mirror * span * (-0.14 + 0.2 * place + 0.14 * index)
            y = floor + deep * (0.66 + 0.1 * ((place + index) % 2))
            things.append(stage.thing(name, x, y, min(0.34, KINDS[name].table * 0.8), index=index))
    return things


def creature(stage: Stage) -> list[Element]:
    """One animal, or a few, as the hero: a disc behind, a plant beside, light from a window."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    floor = stage.floor_level(0.22, 0.3)
    elements: list[Element] = [Wall(palette.wall, palette.floor, floor)]
    middle = stage.width / 2
    names = [name for name in dict.fromkeys(m.concept for m in reading.mentions) if name in KINDS]
    heroes = [name for name in ("cat", "dog", "rabbit", "bird", "butterfly", "people") if name in names] or names[:1]
    size = min(0.62, stage.width * 0.62, floor * 0.8) * stage.zoom**0.7 * rng.uniform(0.92, 1.08)
    side = 1 if rng.random() < 0.5 else -1
    x = middle + side * stage.width * rng.uniform(0.02, 0.09)
    deep = stage.depth_of(floor)
    elements.append(
        _flat(
            ellipse(x - side * 0.04, floor - size * rng.uniform(0.5, 0.7), size * 0.66),
            mix(palette.accent(0), palette.wall, 0.25),
        )
    )
    things = _beside(stage, middle - side * min(stage.width * 0.34, 0.5), floor + deep * 0.2, size, names)
    things += _heroes(stage, heroes, x, floor + deep * 0.42, size=size, side=side)
    for place, name in enumerate([name for name in names if name not in heroes and name != "plant"][:3]):
        things.append(
            stage.thing(
                name,
                middle - side * stage.width * (0.1 + 0.16 * place),
                floor + deep * 0.7,
                KINDS[name].table * 0.62,
                index=place,
            )
        )
    elements += back_to_front(things)
    if stage.moment in ("day", "golden", "dawn") and not reading.has("soft"):
        elements.append(window_patches(stage, softness=0.016))
    return elements


def _heroes(stage: Stage, names: Sequence[str], x: float, foot: float, *, size: float, side: int) -> list[Thing]:
    """One kind beside the other, the next ones away from `side`."""
    reading = stage.reading
    things: list[Thing] = []
    for place, name in enumerate(names):
        count = reading.count(name, 1)
        share = 1.0 if count * len(names) == 1 else min(0.72, stage.width * 0.88 / (size * count * 0.95))
        for index in range(count):
            spot = (
                (x if count == 1 else stage.width / 2)
                + (index - (count - 1) / 2) * size * share * 0.95
                + place * side * size * -0.7
            )
            level = foot - (size * 0.5 if KINDS[name].place == "sky" else 0.0)
            things.append(
                stage.thing(
                    name,
                    spot,
                    level + 0.03 * (index % 2),
                    size * share * (0.8 if name in ("butterfly", "bird") else 1.0),
                    index=index,
                )
            )
    return things


def _beside(stage: Stage, x: float, foot: float, size: float, names: Sequence[str]) -> list[Thing]:
    """A vase of flowers or a plant beside the animal."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    if reading.has("flowers") and not stage.refused("flowers"):
        bloom = reading.colour("flowers", palette.accent(1))
        stems = bouquet(rng, (bloom, mix(bloom, palette.paper, 0.5), palette.accent(2)), reading.count("flowers", 5))
        vase = draw("vase", rng, palette.paper, palette.accent(1)).placed(x, foot, size * 0.5)
        return [stems.placed(x, vase.ground - size * 0.43, size * 0.6, shadow=Shadow.NONE), vase]
    if not stage.refused("plant") and "plant" not in names:
        green = mix(KINDS["plant"].colour, palette.wall, 0.25)
        return [draw("plant", rng, green, palette.accent(1)).placed(x, foot, size * 0.85)]
    return []


def pedestal(stage: Stage) -> list[Element]:
    """A studio still: plinths, simple solids, and the named object as the hero on top."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    floor = stage.floor_level(0.29, 0.36)
    ground = mix(palette.wall, palette.floor, 0.3)
    elements: list[Element] = [Wall(palette.wall, ground, floor)]
    names = [name for name in dict.fromkeys(m.concept for m in reading.mentions) if name in KINDS and name != "plinth"]
    solids = ("sphere", "cone", "torus", "cube")
    hero = next((name for name in names if name not in solids), None) or (names[0] if names else None)
    if hero is None:
        hero = rng.choice(("torus", "vase", "bottle", "sphere"))
    middle = stage.width * (0.5 + rng.uniform(-0.06, 0.06))
    wide = min(0.62, stage.width * 0.6) * stage.zoom**0.5
    deep = stage.depth_of(floor)
    foot = floor + deep * 0.5
    pale = mix(palette.paper, palette.wall, 0.35)
    things, top = _tiers(stage, middle, foot, wide, pale)
    size = min(KINDS[hero].table * 1.05, top * 0.82) * stage.zoom**0.5
    ring = hero in ("bottle", "vase") or rng.random() < 0.4
    if ring and hero != "torus":
        things.insert(0, _ring(middle, top, size, mix(palette.accent(1), pale, 0.4)))
    count = reading.count(hero, 1)
    for index in range(count):
        share = 1.0 if count == 1 else 0.75
        things.append(
            stage.thing(hero, middle + (index - (count - 1) / 2) * size * 0.62, top + 0.006, size * share, index=index)
        )
    things += _companions(stage, [name for name in names if name != hero], middle, wide, foot)
    elements += things
    if not reading.has("soft") and (reading.has("window", "golden") or rng.random() < 0.3):
        elements.append(window_patches(stage, softness=0.015))
    return elements


def _tiers(stage: Stage, middle: float, foot: float, wide: float, pale: Colour) -> tuple[list[Thing], float]:
    """Plinths on each other, and how high the topmost reaches."""
    rng, palette = stage.rng, stage.palette
    tiers = rng.randint(1, 3)
    things: list[Thing] = []
    top = foot
    for tier in range(tiers):
        width = wide * (1 - 0.3 * tier)
        things.append(
            draw("plinth", rng, shift(mix(pale, palette.accent(2), 0.1 * tier), light=0.02 * tier)).placed(
                middle, top, width, shadow=Shadow.CAST if tier == 0 else Shadow.CONTACT
            )
        )
        top -= width * 0.3
        if tier < tiers - 1:
            top += wide * (1 - 0.3 * (tier + 1)) * 0.03
    return things, top


def _ring(middle: float, top: float, size: float, colour: Colour) -> Thing:
    """Stands behind the hero."""
    radius = size * 0.66
    outer, hole = (ellipse(middle, top - size * 0.5, reach) for reach in (radius, radius * 0.86))
    return Thing((Shape(outer, colour, Form.ROUND, Surface.PLASTER, holes=(hole,)),), top + size * 0.1, Shadow.NONE)


def isolated(stage: Stage) -> list[Element]:
    """The named things alone, as large as fits: for a picture without a background."""
    rng, reading = stage.rng, stage.reading
    names = [name for name in dict.fromkeys(m.concept for m in reading.mentions) if name in KINDS] or ["vase"]
    heroes = [name for name in names for _ in range(reading.count(name, 1))][:9]
    wide = stage.width * 0.84 / len(heroes)
    size = min(stage.height * 0.74, wide * 1.05)
    foot = stage.height * 0.5 + size * 0.5
    things: list[Thing] = []
    for index, name in enumerate(heroes):
        x = stage.width / 2 + (index - (len(heroes) - 1) / 2) * wide
        middle = name in ("fish", "whale", "butterfly")
        height = size * rng.uniform(0.94, 1.0) * min(1.0, KINDS[name].table / KINDS[heroes[0]].table + 0.2)
        things.append(
            stage.thing(name, x, foot - size * 0.5 if middle else foot, height, index=index, shadow=Shadow.NONE)
        )
    return [*things]


def _companions(stage: Stage, named: list[str], middle: float, wide: float, foot: float) -> list[Thing]:
    rng = stage.rng
    names: list[str] = []
    for name in named:
        names += [name] * stage.reading.count(name, 1)
    for name in rng.sample(("sphere", "cone", "cube", "sphere"), 4):
        if len(names) < 3 and not stage.refused(name):
            names.append(name)
    things = []
    for index, name in enumerate(names[:7]):
        side = 1 if index % 2 else -1
        x = middle + side * (wide * 0.62 + 0.1 * (index // 2)) + rng.uniform(-0.02, 0.02)
        size = min(KINDS[name].table, 0.3) * rng.uniform(0.55, 0.95)
        things.append(stage.thing(name, x, foot + 0.02 + 0.05 * rng.random(), size, index=index + 1))
    return sorted(things, key=lambda thing: thing.ground)
