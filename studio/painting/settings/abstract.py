"""Pictures without a place: silk, sand seen from above, marble, and open space."""

from __future__ import annotations

from studio.painting.colour import mix, shift, with_light
from studio.painting.geometry import Outline, blob, ellipse, rough_line
from studio.painting.scene import Element, Fall, Falling, Folds, Form, Orb, Relief, Ridge, Shadow, Shape, Sky, Thing
from studio.painting.settings.stage import Stage
from studio.painting.subjects import KINDS


def silk(stage: Stage) -> list[Element]:
    """Folds of silk or ribs of sand filling the picture."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    base = reading.colour("silk", reading.colours[0] if reading.colours else palette.accent(0))
    relief = Relief.SILK
    if reading.has("dunes"):
        relief, base = Relief.SAND, reading.colour("dunes", mix((218, 164, 98), palette.floor, 0.25))
    deep = mix(shift(base, light=-0.22), palette.shade, 0.25)
    bright = mix(shift(base, light=0.1), palette.light, 0.25)
    if len(reading.colours) > 1:
        deep = mix(with_light(reading.colours[1], 0.38), deep, 0.3)
    return [
        Folds(
            relief,
            (deep, base, bright),
            rng.randrange(1 << 30),
            rng.uniform(0.8, 1.3) * (0.7 if reading.has("close") else 1.35 if reading.has("wide") else 1.0),
        )
    ]


def space(stage: Stage) -> list[Element]:
    """Stars, a large planet, rocket or balloon, a cratered ground."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    w, h = stage.width, stage.height
    night = (shift(palette.sky[0], light=-0.02), palette.sky[1], mix(palette.sky[2], palette.accent(0), 0.25))
    elements: list[Element] = [Sky(night, h)]
    if not stage.refused("stars"):
        elements.append(
            Fall(
                Falling.STARS,
                tuple(
                    (rng.uniform(0, w), rng.uniform(0, h), 0.0008 + 0.003 * rng.random() ** 6)
                    for _ in range(round(240 * w * h))
                ),
                mix(palette.light, (255, 255, 255), 0.5),
            )
        )
    side = 1 if rng.random() < 0.5 else -1
    if reading.has("moon"):
        elements.append(Orb((w * (0.5 - side * 0.3), h * 0.22), 0.08, palette.light, 0.8, moon=True))
    count = reading.count("planet", 1)
    for index in range(count):
        size = min(0.62, w * 0.6) * (1 if index == 0 else rng.uniform(0.25, 0.5)) * stage.zoom**0.5
        x = w * (0.5 + side * (0.2 if index == 0 else -0.32 + 0.2 * index))
        y = h * (0.36 + 0.16 * index) + size * 0.5
        elements.append(stage.thing("planet", x, y, size, index=index, shadow=Shadow.NONE))
    if rng.random() < 0.75 or reading.has("robot", "people", "dunes", "mountains"):
        elements += _cratered(stage)
    elements += _visitors(stage, side)
    return elements


def _visitors(stage: Stage, side: int) -> list[Element]:
    """What else the words name: on the ground, or flying towards the planet."""
    reading, w, h = stage.reading, stage.width, stage.height
    visitors: list[Element] = []
    for name in dict.fromkeys(m.concept for m in reading.mentions):
        if name in KINDS and name != "planet":
            grounded = KINDS[name].place != "sky"
            size = KINDS[name].outdoors * 1.15 * stage.zoom
            for index in range(reading.count(name, 1)):
                x = w * (0.5 - side * 0.2) + index * 0.2
                visitors.append(
                    stage.thing(
                        name,
                        x,
                        h * 0.86 if grounded else h * 0.34 + size,
                        size * (1.0 if index == 0 else 0.6),
                        index=index,
                        turn=0 if grounded else side * 24,
                        shadow=Shadow.CONTACT if grounded else Shadow.NONE,
                    )
                )
    return visitors


def _cratered(stage: Stage) -> list[Element]:
    rng, palette = stage.rng, stage.palette
    found: list[Element] = []
    for layer in range(2):
        level = stage.height * (0.8 + 0.09 * layer)
        line: Outline = rough_line(rng, -0.06, stage.width + 0.06, level=level, swing=0.05, roughness=0.2, bumps=4)
        colour = mix(palette.land[1 + layer], palette.accent(1), 0.2)
        found.append(Ridge(line, level + 0.3, colour, shift(colour, light=0.07), 0.6))
        for _ in range(4):
            x, y, size = stage.width * rng.random(), level + rng.uniform(0.04, 0.12), rng.uniform(0.02, 0.06)
            found.append(
                Thing(
                    (
                        Shape(ellipse(x, y, size, size * 0.3), shift(colour, light=-0.08)),
                        Shape(ellipse(x, y + size * 0.07, size * 0.86, size * 0.22), shift(colour, light=-0.03)),
                    ),
                    y,
                    Shadow.NONE,
                )
            )
    return found


def drift(stage: Stage) -> list[Element]:
    """A free composition of large soft forms, discs and a horizon, when the words name nothing known."""
    rng, palette = stage.rng, stage.palette
    w, h = stage.width, stage.height
    elements: list[Element] = [Sky((palette.sky[1], palette.sky[2], palette.sky[3]), h)]
    elements.append(
        Orb((w * rng.uniform(0.25, 0.75), h * rng.uniform(0.22, 0.42)), rng.uniform(0.1, 0.18), palette.accent(0), 0.7)
    )
    for index in range(rng.randint(3, 5)):
        level = h * (0.5 + 0.12 * index)
        line = rough_line(rng, -0.06, w + 0.06, level=level, swing=rng.uniform(0.1, 0.24), roughness=0.02, bumps=3)
        colour = mix(palette.land[min(4, index)], palette.accent(index), 0.45)
        elements.append(Ridge(line, level + 0.3, colour, mix(colour, palette.light, 0.4), 0.6))
    for index in range(rng.randint(2, 4)):
        size = rng.uniform(0.05, 0.14)
        x, y = w * rng.uniform(0.15, 0.85), h * rng.uniform(0.55, 0.86)
        form = rng.choice((Form.BALL, Form.ROUND))
        outline = ellipse(x, y, size) if form is Form.BALL else blob(rng, x, y, size * 1.3, size, wobble=0.14, lobes=7)
        elements.append(Thing((Shape(outline, palette.accent(index + 1), form),), y + size, Shadow.CAST))
    return elements
