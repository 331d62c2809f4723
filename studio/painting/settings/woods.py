"""Forests and what lives under water: upright layers with light between them."""

from __future__ import annotations

import math

from studio.painting.colour import mix, ramp, shift, with_light
from studio.painting.geometry import Outline, blob, rough_line, smooth, stroke
from studio.painting.scene import Element, Fall, Falling, LightPatches, Orb, Ridge, Shadow, Sky, Thing, Veil
from studio.painting.settings.guests import weather
from studio.painting.settings.stage import Stage, back_to_front
from studio.painting.subjects import KINDS
from studio.painting.subjects.nature import grass, pine_outline


def beams(stage: Stage, *, count: int, spread: float, softness: float, strength: float) -> LightPatches:
    """Shafts of light fanning out from above."""
    rng = stage.rng
    x = stage.width * (0.5 + 0.4 * stage.light.x)
    shafts: list[Outline] = []
    for _ in range(count):
        foot = stage.width * rng.uniform(-0.2, 1.2)
        wide = rng.uniform(0.05, 0.16)
        start = x + (foot - x) * 0.12
        shafts.append(
            (
                (start - wide * 0.15, -0.1),
                (start + wide * 0.15, -0.1),
                (foot + wide * spread, stage.height * 1.05),
                (foot - wide * spread, stage.height * 1.05),
            )
        )
    return LightPatches(tuple(shafts), softness, strength)


def forest(stage: Stage) -> list[Element]:
    """Trunks in layers, each nearer one darker, light falling between them; a clearing for what the words name."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    floor = stage.height * rng.uniform(0.62, 0.7)
    glow = mix(palette.sky[-1], palette.light, 0.3)
    leafy = reading.has("autumn", "spring", "summer") or rng.random() < 0.5
    conifers = reading.has("pines", "snow", "winter") or not leafy
    elements: list[Element] = [
        Sky((mix(palette.sky[1], palette.land[1], 0.35), mix(glow, palette.land[0], 0.3), glow), stage.height)
    ]
    elements.append(
        Orb(
            (stage.width * (0.5 + 0.22 * stage.light.x), floor * 0.55),
            0.05,
            palette.light,
            0.8,
            moon=stage.moment == "night",
        )
    )
    layers = 5
    for layer in range(layers):
        near = layer / (layers - 1)
        level = floor + (stage.height - floor) * (near**1.3) * 0.66
        line = rough_line(rng, -0.06, stage.width + 0.06, level=level, swing=0.03 + 0.03 * near, roughness=0.2, bumps=3)
        colour = mix(ramp(palette.land, 0.08 + 0.8 * near), glow, 0.3 * (1 - near))
        growth = _trunks(stage, near, level, conifers)
        if not conifers:
            elements += _canopy(stage, near, colour)
        elements.append(Ridge(line, level + 0.16, colour, glow, 0.7 * (1 - near) + 0.1, growth))
        if layer < layers - 1 and not stage.refused("mist"):
            elements.append(Veil(level - 0.22, level + 0.09, glow, 0.4 * (1 - 0.6 * near)))
        if layer == 3:
            elements += _in_clearing(stage, level)
    elements.append(beams(stage, count=7, spread=1.2, softness=0.03, strength=0.24))
    elements.append(_undergrowth(stage))
    return elements + weather(stage)


def _undergrowth(stage: Stage) -> Ridge:
    """Grass along the lower edge."""
    foot = grass(stage.rng, 0, stage.width, foot=stage.height + 0.01, height=0.1, count=round(110 * stage.width))
    last = stage.palette.land[-1]
    line = ((-0.05, stage.height - 0.02), (stage.width + 0.05, stage.height - 0.02))
    return Ridge(line, stage.height, shift(last, light=-0.02), last, 0.1, foot)


def _trunks(stage: Stage, near: float, level: float, conifers: bool) -> tuple[Outline, ...]:
    rng = stage.rng
    count = round((13 - 8 * near) * max(0.8, stage.width))
    found: list[Outline] = []
    for index in range(count):
        x = stage.width * (index + rng.uniform(0.1, 0.9)) / count
        if near > 0.6 and abs(x / stage.width - 0.5) < 0.22:
            x = stage.width * (0.5 + (0.3 + 0.2 * rng.random()) * (1 if x > stage.width / 2 else -1))
        thick = 0.012 + 0.05 * near**1.4 * rng.uniform(0.4, 1.3)
        lean = rng.uniform(-0.03, 0.03)
        if conifers and near < 0.7:
            found.append(
                pine_outline(
                    rng,
                    x,
                    level + 0.01,
                    min(1.4, stage.height) * rng.uniform(0.5, 0.95) * (0.6 + 0.5 * near),
                    width=0.26,
                )
            )
            continue
        found.append(
            stroke(
                smooth([(x, level + 0.06), (x + lean * 0.4, stage.height * 0.3), (x + lean, -0.05)], closed=False),
                thick * 1.25,
                thick * 0.8,
            )
        )
        found += [_branch(stage, x, thick) for _ in range(2 if near > 0.3 else 0)]
    return tuple(found)


def _branch(stage: Stage, x: float, thick: float) -> Outline:
    rng = stage.rng
    y, side = rng.uniform(0.08, 0.5) * stage.height, rng.choice((-1, 1))
    tip = (x + side * rng.uniform(0.12, 0.22), y - rng.uniform(0.08, 0.16))
    return stroke(smooth([(x, y), (x + side * 0.08, y - 0.05), tip], closed=False), thick * 0.4, 0.003)


def _canopy(stage: Stage, near: float, colour: tuple[int, int, int]) -> list[Element]:
    """Foliage hanging in from above, as a ridge turned into leaf masses."""
    rng = stage.rng
    tint = stage.palette.accent(0) if stage.reading.has("autumn", "spring") else mix(colour, (120, 150, 70), 0.4)
    leaves = []
    for _ in range(round(10 * stage.width)):
        x, y = rng.uniform(-0.05, stage.width + 0.05), stage.height * rng.random() ** 1.8 * (0.42 - 0.2 * near)
        leaves.append(blob(rng, x, y, rng.uniform(0.08, 0.16), rng.uniform(0.045, 0.085), wobble=0.24, lobes=13))
    low = stage.height + 0.3
    return [
        Ridge(
            ((-0.05, low), (stage.width + 0.05, low)),
            low,
            mix(colour, with_light(tint, 0.35 + 0.3 * (1 - near)), 0.6),
            colour,
            0.2,
            tuple(leaves),
        )
    ]


def _in_clearing(stage: Stage, level: float) -> list[Element]:
    rng, reading = stage.rng, stage.reading
    things: list[Thing] = []
    names = ["people" if mention.concept == "portrait" else mention.concept for mention in reading.mentions]
    for name in dict.fromkeys(name for name in names if name in KINDS and name not in ("tree", "pines")):
        kind = KINDS[name]
        count = reading.count(name, 5 if name == "mushroom" else 1)
        for index in range(count):
            size = (
                kind.outdoors
                * (1.7 if name in ("mushroom", "rabbit", "dog", "cat", "bird") else 1.2)
                * stage.zoom
                * rng.uniform(0.7, 1.1)
            )
            x = stage.width * (
                0.5 + (0 if count == 1 else -0.28 + 0.56 * index / (count - 1)) + rng.uniform(-0.05, 0.05)
            )
            y = level - 0.1 if kind.place == "sky" else level + 0.02 + 0.12 * rng.random()
            things.append(stage.thing(name, x, y, size, index=index, depth=0.05, shadow=Shadow.CONTACT))
    return back_to_front(things)


def underwater(stage: Stage) -> list[Element]:
    """Deep water lit from above: fish or whales, weed, bubbles."""
    rng, palette = stage.rng, stage.palette
    deep = mix(with_light(palette.sky[0], 0.26), (12, 50, 84), 0.4)
    bright = mix(palette.sky[-2], (150, 222, 220), 0.5)
    elements: list[Element] = [
        Sky(
            (mix(bright, palette.light, 0.35), bright, mix(bright, deep, 0.55), deep, shift(deep, light=-0.05)),
            stage.height,
        )
    ]
    for layer in range(3):
        level = stage.height * (0.8 + 0.08 * layer)
        line = rough_line(rng, -0.06, stage.width + 0.06, level=level, swing=0.1, roughness=0.3, bumps=4)
        colour = mix(mix(deep, bright, 0.3), shift(deep, light=-0.1), layer / 2)
        elements.append(Ridge(line, level + 0.2, colour, deep, 0.4, _weed(stage, level, 0.12 + 0.1 * layer)))
    elements += _swimmers(stage)
    elements.append(beams(stage, count=6, spread=1.6, softness=0.035, strength=0.22))
    bubbles = tuple(
        (rng.uniform(0, stage.width), rng.uniform(0, stage.height), 0.0015 + 0.007 * rng.random() ** 3)
        for _ in range(round(60 * stage.width))
    )
    elements.append(Fall(Falling.BUBBLES, bubbles, mix(bright, (255, 255, 255), 0.5)))
    return elements


def _swimmers(stage: Stage) -> list[Element]:
    """Whales and fish where they are named, the first of each the largest."""
    rng, reading = stage.rng, stage.reading
    swimmers: list[Element] = []
    for name in ("whale", "fish"):
        if reading.mention(name) is None:
            continue
        count = reading.count(name, 1 if name == "whale" else 4)
        for index in range(count):
            size = (
                KINDS[name].table
                * min(1.0, stage.width)
                * stage.zoom
                * (1.1 if index == 0 else rng.uniform(0.45, 0.85))
                * (1.0 if count < 5 else 0.75)
            )
            golden = (index * 0.618 + 0.35) % 1
            x = stage.width * (0.5 if count == 1 else 0.16 + 0.68 * golden)
            y = stage.height * (0.42 if count == 1 else 0.18 + 0.56 * (index + 0.5) / count) + rng.uniform(-0.03, 0.03)
            swimmers.append(
                stage.thing(
                    name,
                    x,
                    y,
                    size,
                    index=index,
                    depth=0.0 if index == 0 else rng.uniform(0.05, 0.35),
                    turn=rng.uniform(-12, 8),
                    shadow=Shadow.NONE,
                )
            )
    return swimmers


def _weed(stage: Stage, level: float, height: float) -> tuple[Outline, ...]:
    rng = stage.rng
    blades = []
    for _ in range(round(16 * stage.width)):
        x, tall, phase = rng.uniform(0, stage.width), height * rng.uniform(0.5, 1.4), rng.uniform(0, math.tau)
        line = smooth(
            [(x + 0.018 * math.sin(phase + 2.2 * step), level + 0.05 - tall * step / 5) for step in range(6)],
            closed=False,
            steps=4,
        )
        blades.append(stroke(line, 0.013, 0.003))
    return tuple(blades)
