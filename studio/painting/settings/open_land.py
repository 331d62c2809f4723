"""Sea, desert and meadow."""

from __future__ import annotations

from studio.painting.colour import mix, multiply, ramp, shift, with_light
from studio.painting.geometry import Outline, rough_line, smooth
from studio.painting.scene import Element, Form, Orb, Ridge, Shadow, Shape, Thing, Water
from studio.painting.settings.guests import place_guests
from studio.painting.settings.landscape import ridges, sky_elements
from studio.painting.settings.stage import Stage
from studio.painting.subjects.nature import grass
from studio.painting.wish import Colour


def sea(stage: Stage) -> list[Element]:
    """The open sea with waves, a headland, and what sails on it."""
    rng, palette = stage.rng, stage.palette
    horizon = stage.height * rng.uniform(0.44, 0.56)
    elements = sky_elements(stage, horizon)
    orb = next((element for element in elements if isinstance(element, Orb)), None)
    side = -1 if rng.random() < 0.5 else 1
    for index in range(rng.randint(1, 2)):
        inner = stage.width * rng.uniform(0.3, 0.55) * (0.8**index)
        line = rough_line(rng, 0, inner, level=horizon, swing=rng.uniform(0.08, 0.16), roughness=0.6, bumps=3)
        fall = tuple((x, horizon - (horizon - y) * max(0.0, 1 - x / inner) ** 0.7) for x, y in line)
        shape = fall if side < 0 else tuple((stage.width - x, y) for x, y in reversed(fall))
        flat: Outline = (*shape, (stage.width + 0.05, horizon)) if side < 0 else ((-0.05, horizon), *shape)
        elements.append(Ridge(flat, horizon, ramp(palette.land, 0.2 + 0.3 * index), palette.sky[-1], 0.5))
    colour = mix(palette.sky[0], with_light(palette.land[2], 0.42), 0.35)
    elements.append(
        Water(
            horizon,
            stage.height,
            colour,
            mix(palette.sky[-1], palette.light, 0.6),
            0.35 if not stage.reading.has("storm") else 0.0,
            glitter_x=None if orb is None else orb.centre[0],
            clarity=0.4,
        )
    )
    elements += place_guests(stage, horizon, water=True)
    elements += _beach(stage)
    return elements


def _beach(stage: Stage) -> list[Element]:
    rng, palette = stage.rng, stage.palette
    level = stage.height * rng.uniform(0.84, 0.92)
    lean = rng.uniform(-0.12, 0.12)
    sand = mix(palette.floor, palette.light, 0.25)

    def line(rise: float) -> Outline:
        return smooth(
            [
                (-0.05, level - lean - rise),
                (stage.width * 0.3, level + 0.03 - rise),
                (stage.width * 0.65, level - 0.02 - rise),
                (stage.width + 0.05, level + lean - rise),
            ],
            closed=False,
        )

    return [
        Ridge(line(0.03), stage.height, mix(palette.sky[-1], (255, 255, 255), 0.6), sand, 0.5, softness=0.003),
        Ridge(line(0.012), stage.height, shift(sand, light=-0.1), sand, 0.4),
        Ridge(line(0.0), stage.height, sand, shift(sand, light=0.05), 0.6),
    ]


def dunes(stage: Stage) -> list[Element]:
    """Desert dunes with sharp crests: each is lit on one side."""
    rng, palette = stage.rng, stage.palette
    horizon = stage.height * rng.uniform(0.4, 0.52)
    elements = sky_elements(stage, horizon)
    sand = mix(palette.floor, (222, 164, 98), 0.5)
    count = rng.randint(4, 6)
    for index in range(count):
        near = index / (count - 1)
        level = horizon + (stage.height - horizon) * (0.1 + near**1.2 * 0.8)
        colour = mix(mix(sand, palette.sky[-1], 0.55), sand, 0.3 + 0.7 * near)
        elements += _dune(
            stage,
            level,
            rise=(0.06 + 0.2 * near) * rng.uniform(0.8, 1.2),
            peak=stage.width * ((0.3 + 0.45 * index) % 0.9 + rng.uniform(-0.1, 0.1)),
            colour=colour,
            near=near,
        )
    elements += place_guests(stage, horizon + (stage.height - horizon) * 0.6, water=False)
    return elements


def _dune(stage: Stage, level: float, *, rise: float, peak: float, colour: Colour, near: float) -> list[Element]:
    """One dune: a lit windward slope and a slip face in shade, meeting in a flowing crest."""
    rng, palette = stage.rng, stage.palette
    away = 1 if stage.light.x < 0 else -1
    wide = stage.width * rng.uniform(0.42, 0.6)

    def slope(share: float) -> float:
        return level - rise * (1 - share * share * (3 - 2 * share))

    lit_side = [(peak - away * wide * 1.5 * share, slope(share)) for share in (1.0, 0.75, 0.5, 0.25, 0.0)]
    slip_side = [(peak + away * wide * share, slope(share) + rise * 0.1 * share) for share in (0.2, 0.45, 0.7, 1.0)]
    line = smooth(
        [
            (peak - away * stage.width * 2.2, level + 0.02),
            *lit_side,
            *slip_side,
            (peak + away * stage.width * 2.2, level + 0.03),
        ],
        closed=False,
        steps=10,
    )
    ordered = line if away > 0 else tuple(reversed(line))
    bottom = level + (stage.height - level) * 0.8 + 0.3
    lit = mix(colour, palette.light, 0.28)
    shaded = mix(shift(colour, light=-0.17), multiply(colour, palette.shade), 0.35)
    crest = smooth(
        [
            (peak, slope(0.0)),
            (peak + away * wide * 0.1, level - rise * 0.62),
            (peak - away * wide * 0.02, level - rise * 0.2),
            (peak + away * wide * 0.22, level + rise * 0.35),
            (peak + away * wide * 0.55, level + rise * 0.7),
        ],
        closed=False,
        steps=10,
    )
    edge = [point for point in line if (point[0] - peak) * away >= 0 and (point[0] - peak) * away <= wide * 1.05]
    face = (*edge, *reversed(crest))
    return [
        Ridge(ordered, bottom, lit, mix(lit, colour, 0.8), 0.8 - 0.3 * near),
        Thing(
            (Shape(face, shaded, Form.FLAT, fade=mix(shaded, lit, 0.55)),), level, Shadow.NONE, depth=0.3 * (1 - near)
        ),
    ]


def meadow(stage: Stage) -> list[Element]:
    """Fields under a wide sky, rows of flowers or corn running to the horizon."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    horizon = stage.height * rng.uniform(0.46, 0.58)
    elements = sky_elements(stage, horizon)
    elements += ridges(stage, horizon, tall=0.14, count=3, rugged=0.15, pines=False, snow=False)
    bloom = (
        reading.colour("meadow", reading.colour("flowers", palette.accent(0)))
        if reading.has("flowers") or (reading.worn and reading.worn[0][0] == "meadow")
        else mix(palette.land[1], palette.accent(1), 0.35)
    )
    for index in range(5):
        near = index / 4
        level = horizon + (stage.height - horizon) * (near**1.4) * 0.86 + 0.01
        line = rough_line(rng, -0.06, stage.width + 0.06, level=level, swing=0.02 + 0.04 * near, roughness=0.1, bumps=3)
        colour = mix(ramp(palette.land, 0.35 + 0.4 * near), bloom, 0.88 if index % 2 else 0.2)
        growth = grass(
            rng,
            0,
            stage.width,
            foot=level + 0.012,
            height=0.02 + 0.09 * near,
            count=round((60 + 80 * near) * stage.width),
        )
        elements.append(Ridge(line, level + 0.2, colour, mix(colour, palette.light, 0.3), 0.5, growth))
        if index == 3:
            elements += place_guests(stage, level + 0.02, water=False)
    return elements
