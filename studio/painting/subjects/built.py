"""Things people build; foot at (0, 0), about one unit high unless said otherwise."""

from __future__ import annotations

import random

from studio.painting.colour import mix, shift, with_light
from studio.painting.geometry import Outline, arch, box, ellipse, moved, rounded, smooth, stroke, turned
from studio.painting.scene import Form, Shadow, Shape, Surface, Thing
from studio.painting.subjects.people import figure
from studio.painting.wish import Colour

WINDOW_LIGHT: Colour = (255, 214, 130)


def boat(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A sailing boat, or a rowing boat by chance."""
    hull = smooth(
        [
            (-0.5, -0.2),
            (-0.2, -0.16),
            (0.25, -0.16),
            (0.58, -0.24),
            (0.42, -0.04),
            (0.2, 0.01),
            (-0.25, 0.01),
            (-0.42, -0.04),
        ]
    )
    shapes = [
        Shape(hull, colour, Form.ROUND, Surface.WOOD),
        Shape(stroke(((-0.46, -0.175), (0.0, -0.145), (0.52, -0.205)), 0.025), shift(colour, light=0.14), line=True),
    ]
    if rng.random() < 0.7:
        shapes = [
            Shape(stroke(((0.02, -0.15), (0.02, -1.02)), 0.022, 0.014), (88, 70, 58), line=True),
            Shape(
                (*smooth([(0.045, -0.98), (0.3, -0.66), (0.44, -0.27)], closed=False), (0.05, -0.24)),
                second,
                Form.ROUND,
                Surface.CLOTH,
            ),
            Shape(
                (*smooth([(-0.01, -0.92), (-0.2, -0.6), (-0.36, -0.3)], closed=False), (-0.005, -0.24)),
                shift(second, light=-0.06),
                Form.ROUND,
                Surface.CLOTH,
            ),
            *shapes,
        ]
    else:
        shapes.append(Shape(stroke(((-0.1, -0.3), (0.34, 0.05)), 0.02), (120, 92, 66), line=True))
    return Thing(tuple(shapes))


def house(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A gabled house seen from the corner, lights in its windows."""
    roof = second
    side, front = shift(colour, light=-0.1), colour
    chimney = box(0.3, -1.02, 0.39, -0.72)
    pane = WINDOW_LIGHT
    shapes = [
        Shape(chimney, shift(roof, light=-0.06)),
        Shape(box(-0.02, -0.52, 0.62, 0.0), side, Form.FLAT, Surface.PLASTER),
        Shape(
            ((-0.5, -0.52), (-0.26, -0.9), (-0.02, -0.52), (-0.02, 0.0), (-0.5, 0.0)), front, Form.FLAT, Surface.PLASTER
        ),
        Shape(((-0.26, -0.97), (0.42, -0.97), (0.68, -0.49), (0.02, -0.49)), roof, Form.FLAT, Surface.WOOD),
        Shape(
            (
                (-0.56, -0.47),
                (-0.27, -0.97),
                (-0.23, -0.97),
                (0.03, -0.49),
                (-0.03, -0.49),
                (-0.26, -0.89),
                (-0.5, -0.47),
            ),
            shift(roof, light=-0.08),
        ),
        Shape(box(-0.38, -0.27, -0.26, 0.0), shift(roof, light=-0.12)),
        Shape(box(-0.2, -0.32, -0.1, -0.17), pane, Form.FLAT, Surface.GLOWING),
        Shape(ellipse(-0.26, -0.62, 0.05), pane, Form.FLAT, Surface.GLOWING),
        *(Shape(box(x, -0.34, x + 0.12, -0.16), pane, Form.FLAT, Surface.GLOWING) for x in (0.12, 0.36)),
    ]
    return Thing(tuple(shapes))


def lighthouse(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A banded lighthouse with its lamp lit."""
    rock = smooth(
        [
            (-0.5, 0.06),
            (-0.36, -0.03),
            (-0.2, -0.075),
            (0.0, -0.06),
            (0.22, -0.08),
            (0.34, -0.02),
            (0.56, 0.06),
            (0.0, 0.075),
        ]
    )
    shapes = [
        Shape(rock, mix(second, (96, 88, 82), 0.5), Form.ROUND, Surface.PLASTER),
        Shape(
            ((-0.1, -0.76), (0.1, -0.76), (0.165, 0.0), (-0.165, 0.0)), (244, 238, 226), Form.TURNED, Surface.PLASTER
        ),
    ]
    for top, foot in ((-0.66, -0.5), (-0.34, -0.16)):
        half_top, half_foot = 0.1 + 0.065 * (top + 0.76) / 0.76, 0.1 + 0.065 * (foot + 0.76) / 0.76
        shapes.append(
            Shape(((-half_top, top), (half_top, top), (half_foot, foot), (-half_foot, foot)), colour, Form.TURNED)
        )
    shapes += [
        Shape(box(-0.135, -0.79, 0.135, -0.755), second),
        Shape(box(-0.075, -0.9, 0.075, -0.79), WINDOW_LIGHT, Form.FLAT, Surface.GLOWING),
        Shape(((-0.1, -0.9), (0.0, -1.0), (0.1, -0.9)), colour, Form.TURNED),
        Shape(arch(-0.035, 0.035, 0.0, -0.09), second),
    ]
    return Thing(tuple(shapes))


def windmill(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A tower mill with four sails."""
    turn = rng.uniform(10, 80)
    tower = ((-0.12, -0.62), (0.12, -0.62), (0.2, 0.0), (-0.2, 0.0))
    sails = []
    for index in range(4):
        blade = ((0.02, -0.015), (0.46, -0.02), (0.46, 0.09), (0.08, 0.09))
        sails.append(Shape(moved(blade, 0.0, -0.64, turn=turn + 90 * index), second, Form.FLAT, Surface.WOOD))
    return Thing(
        (
            Shape(tower, colour, Form.TURNED, Surface.PLASTER),
            Shape(ellipse(0, -0.62, 0.13, 0.11, start=180, end=360), shift(second, light=-0.2)),
            Shape(arch(-0.045, 0.045, 0.0, -0.13), shift(second, light=-0.25)),
            *sails,
            Shape(ellipse(0, -0.64, 0.03), shift(second, light=-0.2)),
        )
    )


def bridge(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """An arched stone bridge, three units wide."""
    deck = smooth([(-1.6, -0.5), (-0.8, -0.72), (0, -0.8), (0.8, -0.72), (1.6, -0.5)], closed=False)
    holes = (arch(-1.22, -0.62, 0.1, -0.18), arch(-0.42, 0.42, 0.1, -0.2), arch(0.62, 1.22, 0.1, -0.18))
    rail = stroke([(x, y - 0.05) for x, y in deck], 0.05)
    return Thing(
        (
            Shape((*deck, (1.6, 0.0), (-1.6, 0.0)), colour, Form.FLAT, Surface.PLASTER, holes=holes),
            Shape(rail, shift(colour, light=0.07)),
            *(
                Shape(arch_ring(x, -0.19, 0.31 if x else 0.43), shift(colour, light=-0.09), line=True)
                for x in (-0.92, 0.0, 0.92)
            ),
        )
    )


def arch_ring(x: float, y: float, radius: float) -> Outline:
    """The stones around an arch."""
    return (*ellipse(x, y, radius + 0.045, start=180, end=360), *reversed(ellipse(x, y, radius, start=180, end=360)))


def car(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A small rounded car seen from the side, about two units long."""
    body = smooth(
        [
            (-0.98, -0.3),
            (-0.95, -0.5),
            (-0.6, -0.58),
            (-0.4, -0.86),
            (-0.1, -0.97),
            (0.25, -0.95),
            (0.5, -0.62),
            (0.9, -0.54),
            (1.0, -0.38),
            (0.97, -0.2),
            (0.6, -0.16),
            (-0.6, -0.16),
            (-0.94, -0.18),
        ]
    )
    glass = with_light(mix(second, (150, 190, 205), 0.7), 0.62)
    panes = (
        smooth([(-0.48, -0.6), (-0.34, -0.82), (-0.06, -0.89), (-0.06, -0.6)]),
        smooth([(0.01, -0.6), (0.01, -0.89), (0.22, -0.87), (0.4, -0.61)]),
    )
    wheels = []
    for x in (-0.58, 0.58):
        wheels += [
            Shape(ellipse(x, -0.18, 0.2), (38, 38, 42), Form.BALL),
            Shape(ellipse(x, -0.18, 0.1), (196, 194, 188), Form.BALL),
        ]
    return Thing(
        (
            Shape(body, colour, Form.ROUND, Surface.GLOSSY),
            *(Shape(pane, glass, Form.FLAT) for pane in panes),
            Shape(box(-0.95, -0.31, 0.97, -0.28), shift(colour, light=-0.1), line=True),
            Shape(ellipse(0.93, -0.42, 0.05), (255, 240, 196), Form.FLAT, Surface.GLOWING),
            *wheels,
        )
    )


def rocket(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A rocket under way: fins, porthole, flame."""
    body = turned([(0.0, -1.0), (0.07, -0.93), (0.15, -0.76), (0.17, -0.5), (0.14, -0.24), (0.1, -0.16)])
    flame = smooth(
        [(-0.08, -0.17), (0.08, -0.17), (0.1, -0.04), (0.035, 0.04), (0.0, 0.2), (-0.035, 0.04), (-0.1, -0.04)]
    )
    fins = [
        smooth([(side * 0.13, -0.42), (side * 0.3, -0.22), (side * 0.29, -0.06), (side * 0.11, -0.2)])
        for side in (-1, 1)
    ]
    return Thing(
        (
            Shape(flame, (255, 176, 72), Form.FLAT, Surface.GLOWING),
            Shape(moved(flame, 0, -0.07, scale=0.6), (255, 242, 196), Form.FLAT, Surface.GLOWING),
            *(Shape(fin, second, Form.ROUND) for fin in fins),
            Shape(body, colour, Form.TURNED, Surface.GLOSSY),
            Shape(turned([(0.0, -1.0), (0.07, -0.93), (0.125, -0.82)]), second, Form.TURNED),
            Shape(ellipse(0, -0.6, 0.085), shift(second, light=-0.1), Form.FLAT),
            Shape(ellipse(0, -0.6, 0.06), (150, 206, 226), Form.BALL, Surface.GLOSSY),
        ),
        0.0,
        Shadow.NONE,
    )


def robot(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A friendly robot."""
    dark = with_light(second, 0.3)
    eye = (140, 240, 230)
    limbs = [
        stroke(smooth([(side * 0.26, -0.5), (side * 0.37, -0.38), (side * 0.35, -0.22)], closed=False), 0.075)
        for side in (-1, 1)
    ]
    return Thing(
        (
            Shape(stroke(((0, -0.92), (0, -1.02)), 0.025), dark, line=True),
            Shape(ellipse(0, -1.03, 0.04), second, Form.BALL, Surface.GLOSSY),
            *(Shape(limb, shift(colour, light=-0.08), Form.ROUND) for limb in limbs),
            *(Shape(ellipse(side * 0.35, -0.2, 0.06), second, Form.BALL) for side in (-1, 1)),
            *(
                Shape(
                    rounded(side * 0.13 - 0.07, -0.24, side * 0.13 + 0.07, -0.02, 0.04),
                    shift(colour, light=-0.1),
                    Form.TURNED,
                )
                for side in (-1, 1)
            ),
            *(
                Shape(rounded(side * 0.14 - 0.1, -0.06, side * 0.14 + 0.1, 0.0, 0.03), dark, Form.ROUND)
                for side in (-1, 1)
            ),
            Shape(rounded(-0.27, -0.58, 0.27, -0.17, 0.1), colour, Form.ROUND, Surface.GLOSSY),
            Shape(rounded(-0.15, -0.47, 0.15, -0.28, 0.03), shift(colour, light=-0.14)),
            *(
                Shape(ellipse(-0.08 + 0.08 * index, -0.375, 0.026), (second, (244, 196, 84), eye)[index], Form.BALL)
                for index in range(3)
            ),
            Shape(rounded(-0.3, -0.94, 0.3, -0.61, 0.13), colour, Form.ROUND, Surface.GLOSSY),
            Shape(rounded(-0.22, -0.87, 0.22, -0.68, 0.09), dark),
            *(Shape(ellipse(side * 0.1, -0.775, 0.05), eye, Form.FLAT, Surface.GLOWING) for side in (-1, 1)),
        )
    )


def balloon(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A hot-air balloon with coloured gores; its basket hangs at (0, 0)."""
    profile = [(0.0, -1.0), (0.17, -0.97), (0.31, -0.84), (0.35, -0.66), (0.28, -0.45), (0.12, -0.24), (0.07, -0.2)]
    shapes = [Shape(turned(profile), colour, Form.TURNED)]
    for index, share in enumerate((0.72, 0.26)):
        shapes.append(
            Shape(turned([(radius * share, y) for radius, y in profile]), second if index == 0 else colour, Form.TURNED)
        )
    shapes += [
        Shape(stroke(((side * 0.065, -0.2), (side * 0.045, -0.09)), 0.008), (80, 62, 50), line=True) for side in (-1, 1)
    ]
    shapes.append(Shape(rounded(-0.06, -0.1, 0.06, 0.0, 0.02), (150, 104, 64), Form.ROUND, Surface.WOOD))
    return Thing(tuple(shapes), 0.0, Shadow.NONE)


def umbrella(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """Someone under an open umbrella."""
    shapes = [
        Shape(
            stroke(smooth([(0, -0.9), (0, -0.1), (0.03, 0.0), (0.09, 0.0), (0.11, -0.06)], closed=False), 0.022),
            (92, 70, 54),
            line=True,
        )
    ]
    for index in range(4):
        left, right = -0.56 + 0.28 * index, -0.28 + 0.28 * index
        gore = (
            *smooth([(0.0, -1.0), (left * 0.75, -0.9), (left, -0.58)], closed=False),
            *ellipse((left + right) / 2, -0.58, 0.14, 0.05, start=180, end=360),
            *reversed(smooth([(0.0, -1.0), (right * 0.75, -0.9), (right, -0.58)], closed=False)),
        )
        shapes.append(
            Shape(gore, shift(colour if index % 2 else mix(colour, second, 0.65), light=-0.03 * index), Form.FLAT)
        )
    held = Thing(tuple(shapes)).placed(0.04, -0.28, 0.72)
    bearer = figure(rng, mix(second, (60, 66, 84), 0.55), (52, 50, 58)).placed(0.0, 0.0, 0.78)
    return Thing((*bearer.shapes, *held.shapes))
