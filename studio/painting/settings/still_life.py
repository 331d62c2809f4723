"""A table in front of a wall: vases, fruit, cups, books, bottles, on folded linen, in window light."""

from __future__ import annotations

from studio.painting.colour import mix, shift, with_light
from studio.painting.geometry import bounds
from studio.painting.scene import Element, Shadow, Thing, Wall
from studio.painting.settings.stage import Stage, window_patches
from studio.painting.subjects import KINDS
from studio.painting.subjects.nature import bouquet
from studio.painting.subjects.still import linen, sprigs
from studio.painting.wish import Colour

_BLOOMS: tuple[Colour, ...] = (
    (226, 92, 84),
    (240, 168, 176),
    (244, 200, 92),
    (250, 240, 224),
    (176, 132, 196),
    (236, 130, 72),
)
_FRUIT = ("pear", "apple", "orange", "lemon", "cherry")


def still_life(stage: Stage) -> list[Element]:
    """Composes the named things left to right: the tallest off the middle, small ones before it."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    edge = stage.floor_level()
    elements: list[Element] = [Wall(palette.wall, palette.floor, edge)]
    names = [
        name
        for name in dict.fromkeys(mention.concept for mention in reading.mentions)
        if name in KINDS or name in ("flowers", "branch")
    ]
    names = [name for name in names if KINDS.get(name) is None or KINDS[name].place != "sky"]
    low_only = not any(KINDS[name].table > 0.4 for name in names if name in KINDS)
    if low_only and not stage.refused("vase") and (not names or reading.has("flowers", "branch")):
        names.insert(0, "vase")
    if reading.has("linen") or (not stage.refused("linen") and "vase" in names and rng.random() < 0.6):
        cloth = mix(palette.paper, palette.accent(1), 0.08)
        low = stage.depth_of(edge)
        elements.append(
            linen(min(stage.width * 0.8, 1.15), low * 0.62, rng, reading.colour("linen", cloth)).placed(
                stage.width * rng.uniform(0.44, 0.58), edge + low * 0.52, 1.0, shadow=Shadow.CONTACT
            )
        )
    arranged = _arranged(stage, names, edge)
    elements += arranged
    left, _, right, _ = bounds(shape.outline for thing in arranged for shape in thing.shapes)
    sunless = reading.has("soft") or stage.moment in ("night", "neon", "storm", "overcast")
    if not sunless or reading.has("window", "golden"):
        softness = 0.022 if reading.has("soft") else 0.012
        if reading.has("window", "golden", "long", "hard") or rng.random() < 0.5:
            elements.append(window_patches(stage, softness=softness, centre=(left + right) / 2 if arranged else None))
    return elements


def _arranged(stage: Stage, names: list[str], edge: float) -> list[Thing]:
    rng, reading = stage.rng, stage.reading
    room = min(stage.width, 1.5)
    scale = min(1.0, stage.width * 0.95) * stage.zoom**0.6 * min(1.25, max(1.0, stage.height * 0.85))
    low = stage.depth_of(edge)
    tall = [name for name in names if name in KINDS and KINDS[name].table > 0.4]
    small = [name for name in names if name in KINDS and KINDS[name].table <= 0.4]
    mirror = -1 if rng.random() < 0.5 else 1
    things: list[Thing] = []
    axis = stage.width / 2 - mirror * room * (rng.uniform(0.1, 0.17) if small else 0.0)
    heads = [name for name in tall for _ in range(reading.count(name, 1))][:5]
    for index, name in enumerate(heads):
        x = axis + (index - (len(heads) - 1) / 2 if not small else -mirror * index * 0.9) * room * 0.26
        size = (
            KINDS[name].table
            * scale
            * (1.0 if name in ("vase", "bottle") else 1.3)
            * rng.uniform(0.94, 1.1)
            * (1 if index == 0 else 0.85)
        )
        y = edge + low * (0.3 + 0.1 * (index % 2))
        things += _vase_with_growth(stage, name, x, y, size=size, index=index)
    items = [
        name
        for name in small
        for _ in range(reading.count(name, 3 if name == "cherry" else 2 if name in _FRUIT else 1))
    ][:9]
    start = axis + mirror * room * (0.24 if heads else -0.2)
    widest, span = (room * 0.2, room * 0.42) if heads else (room * 0.34, room * 0.7)
    step = min(widest, span / (len(items) - 1)) if len(items) > 1 else 0.0
    if not heads and len(items) == 1:
        start = stage.width / 2
    for index, name in enumerate(items):
        size = KINDS[name].table * scale * rng.uniform(0.92, 1.06) * (1.0 if heads else 1.9 if len(items) < 4 else 1.5)
        x = start + mirror * step * index + rng.uniform(-0.012, 0.012)
        things.append(
            stage.thing(
                name, x, edge + low * (0.42 + 0.26 * ((index * 0.618) % 1)), size, index=index, turn=rng.uniform(-4, 4)
            )
        )
    return sorted(things, key=lambda thing: thing.ground)


def _vase_with_growth(stage: Stage, name: str, x: float, y: float, *, size: float, index: int) -> list[Thing]:
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    if name != "vase":
        return [stage.thing(name, x, y, size, index=index)]
    foot = palette.accent(1) if reading.colours else KINDS["vase"].second
    if reading.has("flowers") and not stage.refused("flowers"):
        size = min(size, (y - 0.05) / 1.72)
    colour = reading.colour("vase", mix(KINDS["vase"].colour, palette.paper, 0.4))
    body = KINDS["vase"].make(rng, colour, foot).placed(x, y, size)
    grown: list[Thing] = []
    if reading.has("flowers") and not stage.refused("flowers"):
        bloom = reading.colour("flowers", mix(rng.choice(_BLOOMS), palette.accent(0), 0.2))
        grown.append(
            bouquet(
                rng, (bloom, mix(bloom, palette.paper, 0.5), palette.accent(1)), reading.count("flowers", 5)
            ).placed(x, y - size * 0.86, size * 0.85, shadow=Shadow.NONE)
        )
    elif not stage.refused("branch", "flowers", "plant") and (reading.has("branch") or rng.random() < 0.8):
        green = with_light(mix((116, 130, 84), palette.wall, 0.25), 0.5)
        grown.append(
            sprigs(rng, reading.colour("branch", shift(green, light=0.0)), foot).placed(
                x, y - size * 0.93, size * rng.uniform(0.8, 1.0), flip=rng.random() < 0.5, shadow=Shadow.NONE
            )
        )
    return [Thing((*(shape for thing in grown for shape in thing.shapes), *body.shapes), ground=y)]
