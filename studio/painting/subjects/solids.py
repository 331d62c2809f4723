"""Furniture, plain solids, planets and sculpture; foot at (0, 0), about one unit high unless said otherwise."""

from __future__ import annotations

import random

from studio.painting.colour import mix, shift
from studio.painting.geometry import ellipse, leaf, moved, rounded, smooth, stroke, turned
from studio.painting.scene import Form, Shadow, Shape, Surface, Thing
from studio.painting.wish import Colour


def chair(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """An armchair with a cushion on wooden legs, about as wide as high."""
    wood = (104, 72, 48)
    legs = [stroke(((x, -0.16), (x * 1.1, 0.0)), 0.04, 0.025) for x in (-0.38, 0.38, -0.28, 0.28)]
    return Thing(
        (
            *(Shape(leg, wood) for leg in legs),
            Shape(rounded(-0.38, -0.98, 0.38, -0.3, 0.16), shift(colour, light=-0.02), Form.ROUND, Surface.CLOTH),
            Shape(rounded(-0.36, -0.44, 0.36, -0.14, 0.06), shift(colour, light=0.03), Form.ROUND, Surface.CLOTH),
            *(
                Shape(
                    rounded(side * 0.42 - 0.1, -0.6, side * 0.42 + 0.1, -0.13, 0.09), colour, Form.ROUND, Surface.CLOTH
                )
                for side in (-1, 1)
            ),
            Shape(ellipse(0.05, -0.54, 0.17, 0.16), second, Form.BALL, Surface.CLOTH),
        )
    )


def lamp(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A floor lamp, glowing."""
    shade = ((-0.11, -1.0), (0.11, -1.0), (0.18, -0.77), (-0.18, -0.77))
    return Thing(
        (
            Shape(ellipse(0, -0.012, 0.14, 0.022), (58, 52, 48), Form.FLAT),
            Shape(stroke(((0, -0.78), (0, -0.01)), 0.018), (58, 52, 48), line=True),
            Shape(shade, mix(colour, (255, 240, 206), 0.6), Form.TURNED, Surface.GLOWING),
        )
    )


def plinth(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A round plinth, one unit wide and 0.4 high, its top visible."""
    return Thing(
        (
            Shape(
                (*ellipse(0, 0, 0.5, 0.09, start=0, end=180), (-0.5, -0.3), (0.5, -0.3)),
                colour,
                Form.TURNED,
                Surface.PLASTER,
            ),
            Shape(ellipse(0, -0.3, 0.5, 0.09), shift(colour, light=0.06), Form.FLAT, Surface.PLASTER),
        )
    )


def cube(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A block seen from the corner."""
    return Thing(
        (
            Shape(((-0.5, -0.76), (0.06, -0.62), (0.06, 0.0), (-0.5, -0.12)), colour, Form.FLAT, Surface.PLASTER),
            Shape(
                ((0.06, -0.62), (0.5, -0.76), (0.5, -0.12), (0.06, 0.0)),
                shift(colour, light=-0.16),
                Form.FLAT,
                Surface.PLASTER,
            ),
            Shape(
                ((-0.5, -0.76), (-0.04, -0.9), (0.5, -0.76), (0.06, -0.62)),
                shift(colour, light=0.08),
                Form.FLAT,
                Surface.PLASTER,
            ),
        )
    )


def sphere(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A ball."""
    return Thing((Shape(ellipse(0, -0.5, 0.5), colour, Form.BALL),))


def cone(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A cone standing on its base."""
    return Thing((Shape((*ellipse(0, -0.06, 0.4, 0.075, start=0, end=180), (0.0, -1.05)), colour, Form.TURNED),))


def torus(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A ring standing upright."""
    return Thing((Shape(ellipse(0, -0.5, 0.5), colour, Form.ROUND, Surface.GLOSSY, holes=(ellipse(0, -0.5, 0.26),)),))


def planet(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A banded planet with a tilted ring."""
    ring = ellipse(0, 0, 0.72, 0.17)
    gap = ellipse(0, 0, 0.54, 0.1)
    tilt = rng.uniform(-24, -10)
    back = moved(ring, 0, -0.5, turn=tilt)
    front = moved(
        (*ellipse(0, 0, 0.72, 0.17, start=0, end=180), *reversed(ellipse(0, 0, 0.54, 0.1, start=0, end=180))),
        0,
        -0.5,
        turn=tilt,
    )
    pale = mix(second, (250, 240, 220), 0.4)
    return Thing(
        (
            Shape(back, shift(pale, light=-0.12), holes=(moved(gap, 0, -0.5, turn=tilt),)),
            Shape(ellipse(0, -0.5, 0.4), colour, Form.BALL),
            Shape(front, pale),
        ),
        0.0,
        Shadow.NONE,
    )


def bust(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A sculpted head on a round foot, in stone or clay."""
    head = smooth(
        [
            (0.02, -1.0),
            (0.16, -0.96),
            (0.22, -0.84),
            (0.21, -0.72),
            (0.27, -0.66),
            (0.21, -0.63),
            (0.2, -0.57),
            (0.1, -0.5),
            (-0.06, -0.55),
            (-0.17, -0.68),
            (-0.19, -0.84),
            (-0.12, -0.96),
        ]
    )
    body = turned(
        [(0.075, -0.6), (0.075, -0.46), (0.11, -0.38), (0.3, -0.28), (0.36, -0.18), (0.27, -0.1), (0.16, -0.08)]
    )
    return Thing(
        (
            Shape(turned([(0.26, -0.09), (0.27, -0.07), (0.27, 0.0)], crisp=True), second, Form.TURNED, Surface.WOOD),
            Shape(body, colour, Form.TURNED, Surface.PLASTER),
            Shape(head, colour, Form.ROUND, Surface.PLASTER),
            Shape(leaf(0.06, -0.82, 0.1, 0.03, 8), shift(colour, light=-0.2), line=True),
        )
    )
