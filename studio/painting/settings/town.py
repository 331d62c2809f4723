"""City skylines and streets."""

from __future__ import annotations

from studio.painting.colour import lightness, mix, ramp, shift
from studio.painting.geometry import Outline, arch, box, ellipse, stroke
from studio.painting.scene import Element, Form, Ridge, Shade, Shadow, Shape, Surface, Thing, Veil, Water
from studio.painting.settings.guests import place_guests, weather
from studio.painting.settings.landscape import sky_elements
from studio.painting.settings.stage import Stage, back_to_front
from studio.painting.subjects import KINDS
from studio.painting.subjects.built import WINDOW_LIGHT
from studio.painting.wish import Colour


def city(stage: Stage) -> list[Element]:
    """Towers in four layers, lit windows in the nearest, a river in front when there is room."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    watery = not stage.refused("lake") and (
        reading.has("lake", "river", "sea", "rain", "bridge", "boat") or rng.random() < 0.45
    )
    floor = stage.height * (rng.uniform(0.68, 0.74) if watery else 0.96)
    elements = sky_elements(stage, floor)
    haze = mix(palette.sky[-1], palette.light, 0.25)
    lit = stage.moment in ("night", "neon", "dusk", "storm")
    tall = min(0.8, floor * 0.72)
    for layer in range(3):
        near = layer / 3
        towers = tuple(tower for tower, _ in _towers(stage, floor, tall * (1.0 - 0.2 * near), 0.05 + 0.035 * layer))
        colour = ramp(palette.land, 0.05 + 0.24 * layer)
        elements.append(
            Ridge(((-0.05, floor), (stage.width + 0.05, floor)), floor + 0.05, colour, haze, 0.6 - 0.15 * layer, towers)
        )
        if not stage.refused("mist"):
            elements.append(Veil(floor - 0.3, floor + 0.03, haze, 0.34))
    shapes: list[Shape] = []
    for outline, wide in _towers(stage, floor, tall * 0.66, 0.13):
        colour = shift(
            mix(ramp(palette.land, 0.72), palette.accent(rng.randrange(3)), 0.22), light=rng.uniform(-0.04, 0.05)
        )
        shapes.append(Shape(outline, colour, fade=mix(colour, palette.ink, 0.25)))
        shapes += _windows(stage, outline, wide, colour, lit)
    elements.append(Thing(tuple(shapes), floor, Shadow.NONE))
    if watery:
        elements.append(
            Water(
                floor,
                stage.height,
                mix(palette.land[3], palette.sky[0], 0.5),
                mix(palette.sky[-1], palette.light, 0.4),
                0.6,
                clarity=0.74,
            )
        )
    elements += place_guests(stage, floor, water=watery)
    return elements


def _towers(stage: Stage, floor: float, tall: float, wide: float) -> list[tuple[Outline, float]]:
    rng = stage.rng
    found: list[tuple[Outline, float]] = []
    x = -0.03
    while x < stage.width:
        width = wide * rng.uniform(0.6, 1.25)
        middle = 1 - abs((x + width / 2) / stage.width - 0.5) * 1.1
        top = floor - tall * (0.2 + 0.8 * rng.random() ** 1.4) * middle
        outline = _tower(rng.randrange(6), x, width, top, floor)
        found.append((outline, width))
        right = x + width
        x = right + wide * rng.choice((0.0, 0.0, 0.08, 0.3))
    return found


def _tower(kind: int, x: float, width: float, top: float, floor: float) -> Outline:
    """Gabled, stepped, with a mast, slanted, or plain."""
    right = x + width
    if kind == 0:
        return (
            (x, floor),
            (x, top),
            (x + width * 0.5, top - width * 0.55),
            (right, top),
            (right, floor),
        )
    if kind == 1:
        return (
            (x, floor),
            (x, top + width * 0.4),
            (x + width * 0.2, top + width * 0.4),
            (x + width * 0.2, top),
            (right - width * 0.2, top),
            (right - width * 0.2, top + width * 0.4),
            (right, top + width * 0.4),
            (right, floor),
        )
    if kind == 2:
        middle_x = x + width / 2
        return (
            (x, floor),
            (x, top),
            (middle_x - 0.003, top),
            (middle_x - 0.002, top - width * 0.8),
            (middle_x + 0.002, top - width * 0.8),
            (middle_x + 0.003, top),
            (right, top),
            (right, floor),
        )
    if kind == 3:
        return ((x, floor), (x, top + width * 0.35), (right, top), (right, floor))
    return box(x, top, right, floor)


def _windows(stage: Stage, outline: Outline, wide: float, colour: Colour, lit: bool) -> list[Shape]:
    rng = stage.rng
    left, right = min(p[0] for p in outline), max(p[0] for p in outline)
    ledge = sorted(p[1] for p in outline)[len(outline) // 2] if len(outline) > 4 else min(p[1] for p in outline)
    floor = max(p[1] for p in outline)
    columns = max(2, round(wide / 0.03))
    rows = int((floor - ledge - 0.03) / 0.036)
    pane = mix(WINDOW_LIGHT, stage.palette.accent(1), 0.25)
    found = []
    for row in range(min(rows, 16)):
        for column in range(columns):
            if rng.random() > (0.62 if lit else 0.8):
                continue
            x = left + (right - left) * (column + 0.28) / columns
            y = ledge + 0.018 + row * 0.036
            glass = pane if lit else mix(colour, stage.palette.sky[1], 0.4 if rng.random() < 0.7 else 0.75)
            found.append(
                Shape(
                    box(x, y, x + (right - left) * 0.46 / columns, y + 0.02),
                    glass,
                    Form.FLAT,
                    Surface.GLOWING,
                    line=True,
                )
            )
    return found


def street(stage: Stage) -> list[Element]:
    """A row of house fronts with awnings and lamps; wet paving mirrors them in the rain."""
    rng, palette, reading = stage.rng, stage.palette, stage.reading
    kerb = stage.height * rng.uniform(0.72, 0.78)
    elements = sky_elements(stage, kerb)
    lit = stage.moment in ("night", "neon", "dusk", "storm", "overcast")
    x = -0.05
    index = rng.randrange(4)
    while x < stage.width:
        width = rng.uniform(0.26, 0.4)
        elements.append(
            _front(stage, x, kerb, width=width, height=min(kerb * 0.86, rng.uniform(0.46, 0.66)), index=index, lit=lit)
        )
        x += width
        index += 1
    wet = reading.has("rain", "storm") or stage.moment == "neon"
    ground = mix(palette.floor, palette.ink, 0.35)
    elements.append(
        Thing(
            (Shape(box(-0.1, kerb, stage.width + 0.1, stage.height + 0.1), ground, Form.FLAT, Surface.PLASTER),),
            kerb,
            Shadow.NONE,
        )
    )
    if wet:
        elements.append(
            Water(kerb + 0.012, stage.height, ground, mix(palette.sky[-1], palette.light, 0.4), 0.7, clarity=0.6)
        )
    else:
        elements.append(Shade((box(-0.1, kerb, stage.width + 0.1, kerb + 0.05),), 0.01, 0.4))
    for lamp in range(max(1, round(stage.width))):
        if not stage.refused("lamp"):
            elements.append(
                _lantern(
                    stage, stage.width * (0.18 + 0.62 * lamp / max(1, round(stage.width) - 0.4)), kerb + 0.06, 0.42
                )
            )
    elements += _passers(stage, kerb)
    return elements + weather(stage)


def _passers(stage: Stage, kerb: float) -> list[Element]:
    rng, reading = stage.rng, stage.reading
    things: list[Thing] = []
    names = [
        name
        for name in dict.fromkeys("people" if m.concept == "portrait" else m.concept for m in reading.mentions)
        if name in KINDS and name not in ("house", "lamp", "rocket", "planet", "balloon", "whale", "fish")
    ]
    if not names and not stage.refused("people"):
        names = ["people"]
    for place, name in enumerate(names):
        count = reading.count(name, 2 if name == "people" else 1)
        for index in range(count):
            size = {"people": 0.26, "car": 0.2, "umbrella": 0.26, "tree": 0.5, "cat": 0.14, "dog": 0.16}.get(
                name, KINDS[name].outdoors
            )
            x = stage.width * ((0.3 + 0.37 * place + 0.23 * index + rng.uniform(-0.05, 0.05)) % 0.84 + 0.08)
            y = kerb + (stage.height - kerb) * (0.3 if name in ("people", "umbrella") else 0.58) + rng.uniform(0, 0.03)
            things.append(
                stage.thing(name, x, y, size * rng.uniform(0.92, 1.08), index=index, mirrored=reading.has("rain"))
            )
    return back_to_front(things)


def _lantern(stage: Stage, x: float, foot: float, height: float) -> Thing:
    iron = mix(stage.palette.ink, (40, 42, 46), 0.5)
    top = foot - height
    return Thing(
        (
            Shape(stroke(((x, foot), (x, top)), 0.012, 0.008), iron, line=True),
            Shape(box(x - 0.018, foot - 0.03, x + 0.018, foot), iron),
            Shape(
                ((x - 0.022, top - 0.05), (x + 0.022, top - 0.05), (x + 0.015, top), (x - 0.015, top)),
                WINDOW_LIGHT,
                Form.FLAT,
                Surface.GLOWING,
            ),
            Shape(((x - 0.028, top - 0.05), (x, top - 0.075), (x + 0.028, top - 0.05)), iron),
        ),
        foot,
        Shadow.CONTACT,
    )


def _front(stage: Stage, x: float, kerb: float, *, width: float, height: float, index: int, lit: bool) -> Thing:
    rng, palette = stage.rng, stage.palette
    body = mix(
        (palette.accent(index), palette.wall, palette.paper, palette.accent(index + 1))[index % 4], palette.wall, 0.35
    )
    if stage.moment in ("night", "neon", "dusk", "storm"):
        body = mix(body, palette.land[3], 0.55)
    top = kerb - height
    trim, dark = shift(body, light=0.07), mix(body, palette.ink, 0.55)
    glass = WINDOW_LIGHT if lit else mix(palette.sky[1], dark, 0.35)
    shapes = [Shape(box(x, top, x + width, kerb), body, Form.FLAT, Surface.PLASTER, fade=shift(body, light=-0.04))]
    roof = rng.randrange(3)
    if roof == 0:
        shapes.append(
            Shape(
                ((x - 0.01, top), (x + width / 2, top - width * 0.42), (x + width + 0.01, top)),
                mix(dark, palette.accent(index + 2), 0.35),
            )
        )
    elif roof == 1:
        shapes.append(
            Shape(
                ((x - 0.01, top), (x + 0.02, top - 0.09), (x + width - 0.02, top - 0.09), (x + width + 0.01, top)),
                mix(dark, palette.accent(index + 2), 0.35),
            )
        )
    shapes.append(Shape(box(x - 0.006, top - 0.008, x + width + 0.006, top + 0.012), trim))
    shop = kerb - 0.2
    shapes += _upper_windows(stage, x, width, (top, shop), panes=(glass, dark), trim=trim, lit=lit)
    door = x + width * (0.24 if rng.random() < 0.5 else 0.76)
    shapes.append(Shape(arch(door - 0.033, door + 0.033, kerb, kerb - 0.1), dark))
    pane_x = x + width * (0.64 if door < x + width / 2 else 0.36)
    shapes += [
        Shape(
            box(pane_x - width * 0.22, shop + 0.06, pane_x + width * 0.22, kerb - 0.03),
            glass,
            Form.FLAT,
            Surface.GLOWING if lit else Surface.PLAIN,
        )
    ]
    shapes += _awning(stage, pane_x, shop, width=width * 0.5, index=index, wall=body)
    return Thing(tuple(shapes), kerb, Shadow.NONE)


def _upper_windows(
    stage: Stage,
    x: float,
    width: float,
    heights: tuple[float, float],
    *,
    panes: tuple[Colour, Colour],
    trim: Colour,
    lit: bool,
) -> list[Shape]:
    """Rows of windows between the roof and the shop; some are dark."""
    glass, dark = panes
    columns = 2 if width < 0.32 else 3
    shapes: list[Shape] = []
    row = heights[0] + 0.045
    while row + 0.1 < heights[1] - 0.03:
        for column in range(columns):
            wx = x + width * (column + 0.5) / columns
            pane = glass if stage.rng.random() < 0.75 else dark
            surface = Surface.GLOWING if pane == glass and lit else Surface.PLAIN
            shapes += [
                Shape(box(wx - 0.03, row - 0.004, wx + 0.03, row + 0.086), trim),
                Shape(box(wx - 0.024, row, wx + 0.024, row + 0.08), pane, Form.FLAT, surface),
                Shape(box(wx - 0.0018, row, wx + 0.0018, row + 0.08), trim, line=True),
                Shape(box(wx - 0.034, row + 0.084, wx + 0.034, row + 0.091), shift(trim, light=0.03), line=True),
            ]
        row += 0.125
    return shapes


def _awning(stage: Stage, x: float, y: float, *, width: float, index: int, wall: Colour) -> list[Shape]:
    """A striped awning with a scalloped hem, ``width`` wide around ``x``."""
    shapes: list[Shape] = []
    stripes = 6
    half = width / stripes / 2
    for stripe in range(stripes):
        middle = x - width / 2 + half * (2 * stripe + 1)
        tone = stage.palette.accent(index) if stripe % 2 else stage.palette.paper
        if lightness(wall) < 0.5:
            tone = mix(tone, wall, 0.35)
        hem = ellipse(middle, y + 0.07, half, 0.011, start=0, end=180)
        shapes.append(Shape(((middle - half + 0.004, y + 0.015), (middle + half + 0.004, y + 0.015), *hem), tone))
    return shapes
