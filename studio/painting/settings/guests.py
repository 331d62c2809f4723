"""Places named things in open land."""

from __future__ import annotations

from studio.painting.colour import mix, with_light
from studio.painting.scene import Element, Fall, Falling, Shadow, Thing
from studio.painting.settings.stage import Stage, back_to_front
from studio.painting.subjects import KINDS, animals, draw

_USUAL_COUNTS = {"tree": 3, "pines": 4, "bird": 5, "house": 2, "fish": 2, "butterfly": 3, "mushroom": 3, "flowers": 7}


def place_guests(stage: Stage, floor: float, *, water: bool) -> list[Element]:
    """All named things that can stand in a landscape whose ground or water begins at ``floor``."""
    elements: list[Thing] = []
    rows: set[str] = set()
    slot = stage.rng.uniform(0.25, 0.4)
    for mention in stage.reading.mentions:
        concept = "people" if mention.concept == "portrait" else mention.concept
        if concept in rows or concept not in KINDS:
            continue
        rows.add(concept)
        if stage.reading.mention("forest") and concept in ("tree", "pines"):
            continue
        if concept == "pines" and water:
            continue
        kind = KINDS[concept]
        count = stage.reading.count(concept, _USUAL_COUNTS.get(concept, 1))
        if concept == "bird" and not stage.reading.has("close"):
            elements += _flock(stage, floor, count)
        elif kind.place == "sky":
            elements += _in_sky(stage, concept, floor, count)
        elif kind.place == "water" and water:
            elements += _afloat(stage, concept, floor, count, slot)
        else:
            elements += _ashore(stage, concept, floor, count, slot=slot, water=water)
        slot = (slot + 0.37) % 0.8 + 0.1
    return back_to_front(elements) + weather(stage)


def weather(stage: Stage) -> list[Element]:
    """Rain or snow in the air, petals in spring."""
    rng, palette = stage.rng, stage.palette
    area = stage.width * stage.height
    found: list[Element] = []

    def points(count: float, small: float, large: float) -> tuple[tuple[float, float, float], ...]:
        return tuple(
            (
                rng.uniform(-0.05, stage.width + 0.05),
                rng.uniform(-0.1, stage.height),
                small + (large - small) * rng.random() ** 3,
            )
            for _ in range(round(count * area))
        )

    if stage.reading.has("rain", "storm"):
        found.append(Fall(Falling.RAIN, points(420, 0.004, 0.011), mix(palette.sky[-1], (255, 255, 255), 0.4)))
    if stage.reading.has("snow"):
        found.append(Fall(Falling.SNOW, points(380, 0.0016, 0.009), (252, 252, 255)))
    if stage.reading.has("spring") and not stage.refused("flowers"):
        found.append(Fall(Falling.PETALS, points(46, 0.005, 0.013), (246, 196, 206)))
    if stage.reading.has("candlelit") and stage.moment == "night":
        found.append(Fall(Falling.SPARKS, points(40, 0.001, 0.004), (255, 206, 130)))
    return found


def _flock(stage: Stage, floor: float, count: int) -> list[Thing]:
    rng = stage.rng
    colour = stage.reading.colour("bird", mix(stage.palette.ink, stage.palette.sky[1], 0.25))
    x, y = stage.width * rng.uniform(0.25, 0.75), floor * rng.uniform(0.28, 0.55)
    return [
        animals.flying(rng, colour, colour).placed(
            x + (index - count / 2) * rng.uniform(0.05, 0.09),
            y + rng.uniform(-0.07, 0.07),
            rng.uniform(0.035, 0.07) * stage.zoom,
            turn=rng.uniform(-14, 14),
        )
        for index in range(count)
    ]


def _in_sky(stage: Stage, concept: str, floor: float, count: int) -> list[Thing]:
    rng, kind = stage.rng, KINDS[concept]
    things = []
    for index in range(count):
        size = min(kind.outdoors * stage.zoom * (1 if index == 0 else rng.uniform(0.4, 0.75)), floor * 0.75)
        x = stage.width * (
            0.5 + (0.0 if count == 1 else -0.34 + 0.68 * index / (count - 1)) + rng.uniform(-0.14, 0.14) / max(1, count)
        )
        y = size * 1.05 + (floor - size * 1.15) * rng.uniform(0.1, 0.7)
        things.append(
            stage.thing(
                concept,
                x,
                y,
                size,
                index=index,
                depth=0.0 if index == 0 else 0.25,
                turn=20 if concept == "rocket" else 0,
                shadow=Shadow.NONE,
            )
        )
    return things


def _afloat(stage: Stage, concept: str, floor: float, count: int, slot: float) -> list[Thing]:
    rng, kind = stage.rng, KINDS[concept]
    deep = stage.height - floor
    things = []
    for index in range(count):
        share = rng.uniform(0.22, 0.5) if count == 1 else 0.1 + 0.5 * (index + 0.5) / count
        size = min(kind.outdoors * stage.zoom * (0.55 + 1.1 * share), stage.width * 0.5, stage.height * 0.4)
        x = stage.width * min(
            0.86, max(0.14, slot + (0 if count == 1 else (index * 0.41) % 0.9 - 0.3) + rng.uniform(-0.06, 0.06))
        )
        if concept == "bridge":
            x, size, share = stage.width * 0.5, stage.width * 0.3, 0.1
        things.append(
            stage.thing(
                concept,
                x,
                floor + deep * share,
                size,
                index=index,
                depth=max(0.0, 0.3 - share * 0.6),
                shadow=Shadow.NONE,
                mirrored=concept in ("boat", "bridge"),
            )
        )
    return things


_ON_THE_NEAR_SHORE = frozenset(
    ["people", "cat", "dog", "bird", "rabbit", "robot", "chair", "umbrella", "car", "flowers", "lamp"]
)


def _ashore(stage: Stage, concept: str, floor: float, count: int, *, slot: float, water: bool) -> list[Thing]:
    rng, kind = stage.rng, KINDS[concept]
    things = []
    for index in range(count):
        size = min(kind.outdoors * stage.zoom, stage.height * 0.55) * rng.uniform(0.75, 1.15)
        x = stage.width * min(
            0.9, max(0.1, slot + (0 if count == 1 else -0.3 + 0.62 * index / (count - 1)) + rng.uniform(-0.06, 0.06))
        )
        y = floor + 0.012 + (0.0 if water else rng.uniform(0.0, 0.1))
        if water and concept in _ON_THE_NEAR_SHORE:
            y, size = stage.height - rng.uniform(0.02, 0.05), size * 1.6
        elif water:
            size *= 0.6
        colour = None
        if concept in ("tree", "pines"):
            near = stage.palette.land[2]
            colour = with_light(
                mix(stage.colour_of(concept), near, 0.5), 0.5 if stage.moment not in ("night", "neon") else 0.3
            )
        thing = (
            stage.thing(
                concept,
                x,
                y,
                size,
                index=index,
                depth=0.18 if water else 0.06,
                shadow=Shadow.CONTACT if water else None,
            )
            if colour is None
            else draw(concept, rng, stage.reading.colour(concept, colour)).placed(x, y, size, depth=0.08)
        )
        things.append(thing)
    return things
