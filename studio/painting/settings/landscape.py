"""Open land: skies, layered ridges, lakes and mountains."""

from __future__ import annotations

import random

from studio.painting.colour import mix, ramp, shift
from studio.painting.geometry import Outline, Point, blob, box, height_at, rough_line, smooth
from studio.painting.scene import (
    Clouds,
    Element,
    Fall,
    Falling,
    Orb,
    Ridge,
    Sky,
    Veil,
    Water,
)
from studio.painting.settings.guests import place_guests
from studio.painting.settings.stage import Stage
from studio.painting.subjects.nature import grass, pine_outline


def sky_elements(stage: Stage, horizon: float) -> list[Element]:
    """Sky, stars, sun or moon, clouds, as the words and the hour ask."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    elements: list[Element] = [Sky(palette.sky, horizon)]
    dark = stage.moment in ("night", "neon")
    if (dark or reading.has("stars", "planet")) and not stage.refused("stars") and not reading.has("storm"):
        stars = tuple(
            (rng.uniform(0, stage.width), rng.random() ** 1.4 * horizon * 0.92, 0.0008 + 0.0024 * rng.random() ** 6)
            for _ in range(round(150 * stage.width * max(1.0, horizon)))
        )
        elements.append(Fall(Falling.STARS, stars, mix(palette.light, (255, 255, 255), 0.4)))
    elements += orb_elements(stage, horizon, dark)
    if _cloudy(stage):
        banks = tuple(
            (
                rng.uniform(-0.1, 1.1) * stage.width,
                horizon * rng.uniform(0.16, 0.66),
                rng.uniform(0.5, 1.05),
                rng.uniform(0.1, 0.2),
            )
            for _ in range(rng.randint(4, 7) if reading.has("clouds", "storm") else rng.randint(1, 3))
        )
        elements.append(
            Clouds(banks, mix(palette.sky[-1], palette.light, 0.5), mix(palette.sky[1], palette.shade, 0.25))
        )
    return elements


def _cloudy(stage: Stage) -> bool:
    if stage.refused("clouds") or stage.moment == "neon":
        return False
    return stage.reading.has("clouds", "storm") or (
        stage.moment in ("day", "dusk", "snow", "golden") and stage.rng.random() < 0.8
    )


def orb_elements(stage: Stage, horizon: float, dark: bool) -> list[Element]:
    """The sun or the moon, low at dawn and dusk."""
    rng, reading, palette = stage.rng, stage.reading, stage.palette
    wants_moon = reading.has("moon") or (dark and not stage.refused("moon"))
    wants_sun = (
        reading.has("sun")
        or stage.moment in ("dawn", "dusk", "golden")
        or (stage.moment == "day" and rng.random() < 0.45)
    )
    if not wants_moon and (not wants_sun or stage.refused("sun") or reading.has("storm")):
        return []
    x = stage.width * (0.5 + 0.5 * stage.light.x * rng.uniform(0.35, 0.7))
    if wants_moon and not (reading.has("sun") and not dark):
        radius = rng.uniform(0.05, 0.075) / max(0.8, stage.zoom)
        return [
            Orb(
                (x, horizon * rng.uniform(0.2, 0.45)),
                radius,
                reading.colour("moon", mix(palette.light, (255, 252, 240), 0.5)),
                0.75,
                moon=True,
            )
        ]
    low = stage.moment in ("dawn", "dusk", "golden")
    y = horizon - rng.uniform(0.2, 0.34) if low else horizon * rng.uniform(0.2, 0.42)
    return [
        Orb(
            (x, max(0.1, y)),
            rng.uniform(0.055, 0.085),
            reading.colour("sun", mix(palette.light, palette.sky[-1], 0.25)),
            1.1 if low else 0.6,
        )
    ]


def _line(stage: Stage, rng: random.Random, level: float, swing: float, roughness: float) -> Outline:
    return rough_line(
        rng,
        -0.06,
        stage.width + 0.06,
        level=level,
        swing=swing,
        roughness=roughness,
        bumps=max(3, round(stage.width * 2.4) + 1),
    )


def _peaks(line: Outline, *, reach: int) -> list[int]:
    """Indices of points higher than all neighbours within ``reach``."""
    found = []
    for index in range(reach, len(line) - reach):
        here = line[index][1]
        if all(here <= line[other][1] for other in range(index - reach, index + reach + 1)):
            found.append(index)
    return found


def _facets(line: Outline, stage: Stage, rng: random.Random, swing: float) -> tuple[Outline, ...]:
    """The sides of the peaks that are turned away from the light."""
    away = 1 if stage.light.x < 0 else -1
    facets = []
    reach = max(3, len(line) // 60)
    for peak in _peaks(line, reach=reach):
        edge: list[Point] = [line[peak]]
        index = peak
        while 0 < index + away < len(line) - 1 and len(edge) < len(line) // 9:
            index += away
            if line[index][1] < edge[-1][1] - swing * 0.1:
                break
            edge.append(line[index])
        if len(edge) < 4:
            continue
        (x0, y0), (x1, y1) = edge[0], edge[-1]
        drop = max(swing * 0.25, y1 - y0)
        inner = [
            (
                x0 + (x1 - x0) * share * rng.uniform(0.0, 0.55) + away * drop * 0.06 * rng.uniform(-1, 1.4),
                y0 + drop * share * 1.25,
            )
            for share in (0.95, 0.74, 0.55, 0.36, 0.18)
        ]
        facets.append((*edge, *inner))
    return tuple(facets)


def _caps(line: Outline, rng: random.Random, swing: float, share: float) -> tuple[Outline, ...]:
    """Snow on the peaks, ragged below."""
    caps = []
    for peak in _peaks(line, reach=max(3, len(line) // 40)):
        _x, y = line[peak]
        depth = swing * share * rng.uniform(0.7, 1.2)
        left, right = peak, peak
        while left > 0 and line[left - 1][1] < y + depth:
            left -= 1
        while right < len(line) - 1 and line[right + 1][1] < y + depth:
            right += 1
        crest = line[left : right + 1]
        if len(crest) < 5:
            continue
        teeth = max(4, len(crest) // 4)
        fringe = []
        for tooth in range(teeth + 1):
            fx = crest[-1][0] + (crest[0][0] - crest[-1][0]) * tooth / teeth
            fringe.append(
                (
                    fx,
                    height_at(line, fx)
                    + depth
                    * (rng.uniform(0.15, 0.4) if tooth % 2 else rng.uniform(0.5, 0.95))
                    * (0.25 + 0.75 * (1 - abs(2 * tooth / teeth - 1))),
                )
            )
        caps.append((*crest, *fringe))
    return tuple(caps)


def _pines(line: Outline, stage: Stage, rng: random.Random, size: float, thickness: float) -> tuple[Outline, ...]:
    trees = []
    x = -0.05
    clump = 0.6
    while x < stage.width + 0.05:
        clump = min(1.0, max(0.25, clump + rng.uniform(-0.2, 0.2)))
        tall = size * rng.uniform(0.5, 1.0) * (0.55 + 0.5 * clump)
        trees.append(pine_outline(rng, x, height_at(line, x) + size * 0.12, tall, width=rng.uniform(0.28, 0.42)))
        x += size * rng.uniform(0.16, 0.4) / thickness
    return tuple(trees)


def ridges(
    stage: Stage, floor: float, *, tall: float, count: int, rugged: float, pines: bool, snow: bool
) -> list[Element]:
    """Layered land from far (pale) to near (dark), standing on ``floor``."""
    rng, palette = stage.rng, stage.palette
    elements: list[Element] = []
    misty = stage.reading.has("mist") or (stage.moment in ("dawn", "overcast", "snow") and not stage.refused("mist"))
    for index in range(count):
        near = index / max(1, count - 1)
        rough = rugged * (1 - 0.55 * near)
        swing = tall * (1 - 0.66 * near) * rng.uniform(0.85, 1.15)
        level = floor - (1 - near) * tall * 0.34 + 0.004
        line = _line(stage, rng, level, swing, rough)
        colour = ramp(palette.land, near * 0.84 if count > 1 else 0.6)
        haze = mix(palette.sky[-1], palette.light, 0.2)
        haziness = (0.85 if misty else 0.5) * (1 - 0.72 * near)
        growth: tuple[Outline, ...] = ()
        if pines and near > 0.3:
            growth = _pines(line, stage, rng, 0.02 + 0.06 * near * stage.zoom, 1.0)
        elements.append(
            Ridge(
                line,
                level + 0.05,
                colour,
                haze,
                haziness,
                growth,
                _facets(line, stage, rng, swing) if rugged > 0.5 and near < 0.75 else (),
                _caps(line, rng, swing, 0.3) if snow and near < 0.7 else (),
            )
        )
        if misty and near < 0.9:
            elements.append(
                Veil(
                    level - swing * 0.35,
                    level + 0.09,
                    mix(palette.sky[-1], palette.light, 0.45),
                    0.62 * (1 - 0.4 * near),
                )
            )
    return elements


def _copse(line: Outline, stage: Stage, size: float) -> tuple[Outline, ...]:
    """Small round trees standing in groups on a gentle hill."""
    rng = stage.rng
    trees: list[Outline] = []
    for _ in range(rng.randint(2, 4)):
        middle = rng.uniform(0.0, stage.width)
        for _ in range(rng.randint(2, 6)):
            x, tall = rng.gauss(middle, 0.05), size * rng.uniform(0.6, 1.15)
            y = height_at(line, x)
            trees.append(blob(rng, x, y - tall * 0.62, tall * 0.34, tall * 0.42, wobble=0.1))
            trees.append(box(x - tall * 0.04, y - tall * 0.4, x + tall * 0.04, y + 0.01))
    return tuple(trees)


def foreground(stage: Stage, *, pines: bool) -> list[Element]:
    """A dark near shore with grass, and trees on one side: it gives the picture its depth."""
    rng, palette = stage.rng, stage.palette
    bottom = stage.height
    side = -1 if rng.random() < 0.5 else 1
    depth = rng.uniform(0.05, 0.11)
    points = [
        (-0.05, bottom - depth * (1.1 if side < 0 else 0.25)),
        (stage.width * 0.35, bottom - depth * (0.65 if side < 0 else 0.3)),
        (stage.width * 0.65, bottom - depth * (0.3 if side < 0 else 0.65)),
        (stage.width + 0.05, bottom - depth * (0.25 if side < 0 else 1.1)),
    ]
    line = smooth(points, closed=False)
    growth: list[Outline] = list(
        grass(
            rng, -0.02, stage.width + 0.02, foot=bottom - depth * 0.1, height=depth * 1.4, count=round(70 * stage.width)
        )
    )
    if pines and not stage.refused("tree", "pines"):
        for _ in range(rng.randint(2, 4)):
            reach = rng.uniform(-0.02, 0.2)
            x = reach * stage.width if side < 0 else stage.width * (1 - reach)
            growth.append(
                pine_outline(rng, x, bottom + 0.02, min(stage.height * 0.62, 0.78) * rng.uniform(0.55, 1.0), width=0.3)
            )
    return [
        Ridge(line, bottom, shift(palette.land[-1], light=-0.02), palette.land[-1], 0.1, tuple(growth), softness=0.0008)
    ]


def lake(stage: Stage) -> list[Element]:
    """A lake under layered hills."""
    rng, reading, palette = stage.rng, stage.reading, stage.palette
    shore = stage.height * rng.uniform(0.54, 0.64)
    tall = min(0.42, stage.height * 0.34) * rng.uniform(0.85, 1.15)
    pines = not stage.refused("tree", "pines", "forest") and (
        reading.has("pines", "hills", "forest") or rng.random() < 0.6
    )
    elements = sky_elements(stage, shore)
    orb = next((element for element in elements if isinstance(element, Orb)), None)
    rugged = (
        0.35 if reading.has("hills") and not reading.has("mountains") and rng.random() < 0.6 else rng.uniform(0.55, 0.9)
    )
    if not stage.refused("mountains", "hills"):
        elements += ridges(
            stage,
            shore,
            tall=tall,
            count=rng.randint(4, 6),
            rugged=rugged,
            pines=pines,
            snow=reading.has("snow", "winter") or (rugged > 0.75 and stage.moment == "day"),
        )
    elements.append(
        Water(
            shore,
            stage.height,
            mix(palette.land[1], palette.sky[0], 0.4),
            mix(palette.sky[-1], palette.light, 0.5),
            0.9,
            glitter_x=None if orb is None else orb.centre[0],
            clarity=0.84,
        )
    )
    if not stage.refused("mist") and (reading.has("mist") or stage.moment in ("dawn", "overcast")):
        elements.append(Veil(shore - 0.075, shore + 0.07, mix(palette.sky[-1], palette.light, 0.5), 0.6))
    elements += place_guests(stage, shore, water=True)
    elements += foreground(stage, pines=pines)
    return elements


def mountains(stage: Stage) -> list[Element]:
    """Mountains or hills over a meadow or woods."""
    rng, reading, palette = stage.rng, stage.reading, stage.palette
    floor = stage.height * rng.uniform(0.68, 0.78)
    tall = min(0.62, stage.height * 0.48) * rng.uniform(0.85, 1.1)
    rocky = reading.has("mountains") and not reading.has("hills")
    pines = not stage.refused("tree", "pines", "forest") and (rocky or reading.has("pines", "forest"))
    elements = sky_elements(stage, floor)
    elements += ridges(
        stage,
        floor,
        tall=tall if rocky else tall * 0.6,
        count=rng.randint(4, 6),
        rugged=rng.uniform(0.7, 0.95) if rocky else 0.14,
        pines=pines,
        snow=(rocky and not reading.has("summer", "autumn")) or reading.has("snow"),
    )
    near = [shift(palette.land[2], light=0.05), palette.land[3], palette.land[4]]
    for index, colour in enumerate(near):
        level = floor + (stage.height - floor) * (0.06 + 0.36 * index)
        line = rough_line(rng, -0.06, stage.width + 0.06, level=level, swing=0.06, roughness=0.05, bumps=3)
        growth = (
            grass(rng, 0, stage.width, foot=level + 0.01, height=0.05, count=round(90 * stage.width))
            if index == 2
            else ()
            if stage.refused("tree")
            else _copse(line, stage, 0.034 + 0.02 * index)
        )
        elements.append(Ridge(line, level + 0.25, colour, mix(colour, palette.light, 0.3), 0.4, growth))
    elements[-1:-1] = place_guests(stage, floor + (stage.height - floor) * 0.42, water=False)
    return elements
