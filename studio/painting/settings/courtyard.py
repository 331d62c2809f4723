"""Sunlit architecture: walls with arches, stairs, a still pool, a ball, long shadows."""

from __future__ import annotations

from studio.painting.colour import mix, shift
from studio.painting.geometry import Outline, arch, box
from studio.painting.scene import Element, Form, Shade, Shadow, Shape, Sky, Surface, Thing, Wall, Water
from studio.painting.settings.stage import Stage
from studio.painting.wish import Colour


def _plane(outline: Outline, colour: Colour, *, holes: tuple[Outline, ...] = (), fade: Colour | None = None) -> Thing:
    return Thing((Shape(outline, colour, Form.FLAT, Surface.PLASTER, holes, fade),), 0.0, Shadow.NONE)


def courtyard(stage: Stage) -> list[Element]:
    """Back wall with arches, a tower, stairs down to the pool, a ball at its edge."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    w, h = stage.width, stage.height
    stone = reading.colour("courtyard", palette.wall)
    side = -1 if stage.light.x < 0 else 1
    floor = h * rng.uniform(0.66, 0.72)
    top = h * rng.uniform(0.2, 0.28)
    elements: list[Element] = [Sky(palette.sky, floor)]
    pale = mix(stone, palette.light, 0.28)
    elements.append(_plane(box(w * 0.5 - side * w * 0.02, top * 0.45, w * (1.02 if side < 0 else -0.02), floor), mix(shift(stone, light=0.03), palette.accent(0), 0.12)))
    arches = _arches(stage, top, floor, side)
    elements.append(_plane(box(-0.02, floor - 0.32 * h, w + 0.02, floor), mix(palette.sky[0], palette.shade, 0.45)))
    elements.append(_plane(box(-0.02, top, w + 0.02, floor), pale, holes=tuple(arches), fade=mix(pale, stone, 0.45)))
    for hole in arches:
        elements.append(Shade((_jamb(hole, side),), 0.0015, 0.85, within=hole))
    elements.append(Wall(stone, mix(stone, palette.floor, 0.4), floor) if False else _plane(box(-0.02, floor, w + 0.02, h + 0.02), mix(pale, palette.light, 0.2)))
    near_x = w * rng.uniform(0.16, 0.24)
    tower = box(-0.02, -0.02, near_x, floor + 0.06 * h) if side < 0 else box(w - near_x, -0.02, w + 0.02, floor + 0.06 * h)
    inner = near_x if side < 0 else w - near_x
    reach = min(0.5, w * 0.36) * (1 - 0.45 * stage.light.height)
    elements.append(Shade((((inner, 0), (inner - side * reach, top + 0.22 * h), (inner - side * reach, floor), (inner - side * reach * 0.75, floor + 0.07 * h),
                            (inner, floor + 0.06 * h)),), 0.002, 0.8))
    elements += _stairs(stage, side, floor, stone, pale)
    elements.append(_plane(tower, shift(mix(stone, palette.shade, 0.3), light=-0.03), fade=mix(stone, palette.shade, 0.12)))
    pool_top = floor + (h - floor) * rng.uniform(0.42, 0.5)
    ball_x = w * (0.5 + side * -rng.uniform(0.14, 0.26))
    size = min(0.17, w * 0.2) * rng.uniform(0.9, 1.15)
    water = _pool(stage, pool_top)
    concept = next((name for name in ("sphere", "orange", "cube", "cone", "torus", "cat", "chair", "people", "vase", "tree") if reading.has(name)), "sphere")
    if concept == "sphere" and not stage.refused("sphere"):
        for index in range(reading.count("sphere", 1)):
            x = ball_x + (index - (reading.count("sphere", 1) - 1) / 2) * size * 1.5
            elements.append(stage.thing("sphere", x, pool_top - 0.012, size * (1 if index == 0 else 0.7), index=index))
    elif concept != "sphere":
        for index in range(reading.count(concept, 1)):
            elements.append(stage.thing(concept, ball_x + index * size * 1.3, pool_top - 0.015, size * (2.0 if concept in ("tree", "people") else 1.25), index=index))
    if not stage.refused("pool") and (reading.has("pool", "lake", "sea") or rng.random() < 0.6):
        rim = shift(pale, light=0.04)
        elements.append(_plane(box(-0.02, pool_top - 0.006, w + 0.02, pool_top + 0.016), rim))
        elements.append(water)
    return elements


def _arches(stage: Stage, top: float, floor: float, side: int) -> list[Outline]:
    rng, w = stage.rng, stage.width
    count = 1 if w < 0.9 else rng.randint(1, 2) if w < 1.3 else rng.randint(2, 4)
    span = min(0.26, w * 0.2)
    gap = span * rng.uniform(0.42, 0.7)
    total = count * span + (count - 1) * gap
    centre = w * (0.5 - side * 0.16)
    start = min(max(centre - total / 2, 0.05), w - total - 0.05)
    spring = floor - min((floor - top) * 0.5, 0.3)
    return [arch(start + index * (span + gap), start + index * (span + gap) + span, floor + 0.001, spring) for index in range(count)]


def _jamb(hole: Outline, side: int) -> Outline:
    """The lit thickness of the wall is left free; the rest of the opening's inner side lies in shade."""
    shiftx = -side * 0.035
    return tuple((x + shiftx * 0, y) for x, y in hole if (x - sum(p[0] for p in hole) / len(hole)) * side > 0) or hole


def _stairs(stage: Stage, side: int, floor: float, stone: Colour, pale: Colour) -> list[Element]:
    """A flight of stairs seen from the side, climbing towards the tower, treads lit and the flank in half shade."""
    if stage.refused("stairs"):
        return []
    rng, w = stage.rng, stage.width
    steps = rng.randint(5, 8)
    rise, tread = min(0.05, stage.height * 0.045), min(0.06, w * 0.05)
    foot_x = w * (0.5 + side * 0.1)
    base = floor + (stage.height - floor) * 0.24
    elements: list[Element] = []
    profile = [(foot_x, base)]
    for index in range(steps):
        x, y = foot_x + side * tread * index, base - rise * index
        profile += [(x, y - rise), (x + side * tread, y - rise)]
    end_x = w * (-0.02 if side < 0 else 1.02)
    profile += [(end_x, base - rise * steps), (end_x, base)]
    flank = tuple(profile)
    reach = 0.13 * (1.4 - stage.light.height)
    elements.append(Shade((((foot_x, base), (foot_x - side * reach, base + 0.016), (foot_x - side * reach * 0.6, base + 0.05), (end_x, base + 0.05),
                            (end_x, base)),), 0.003, 0.7))
    elements.append(_plane(flank, mix(shift(stone, light=-0.02), stage.palette.shade, 0.16), fade=mix(stone, stage.palette.shade, 0.05)))
    for index in range(steps):
        x, y = foot_x + side * tread * index, base - rise * (index + 1)
        back = -0.02
        elements.append(_plane(((x, y), (x + side * tread, y), (x + side * tread - side * 0.012, y + back), (x - side * 0.012, y + back)), mix(pale, stage.palette.light, 0.5)))
    return elements


def _pool(stage: Stage, top: float) -> Water:
    palette = stage.palette
    return Water(top + 0.016, stage.height, mix(palette.sky[0], palette.shade, 0.3), mix(palette.sky[-1], palette.light, 0.5), 1.0, clarity=0.72)
