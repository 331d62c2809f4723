"""Animals; foot at (0, 0), about one unit high (fish and whales: one unit long, centred)."""

from __future__ import annotations

import random

from studio.painting.colour import mix, shift
from studio.painting.geometry import box, ellipse, leaf, moved, smooth, stroke
from studio.painting.scene import Form, Shadow, Shape, Surface, Thing
from studio.painting.wish import Colour

_EYE: Colour = (34, 30, 34)


def cat(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A sitting cat, tail around its feet."""
    body = smooth(
        [
            (0.02, -0.66),
            (0.17, -0.58),
            (0.24, -0.38),
            (0.3, -0.16),
            (0.26, 0.0),
            (-0.24, 0.0),
            (-0.29, -0.16),
            (-0.22, -0.38),
            (-0.15, -0.58),
        ]
    )
    tail = stroke(
        smooth([(0.2, -0.1), (0.42, -0.1), (0.5, -0.26), (0.43, -0.42), (0.5, -0.5)], closed=False), 0.1, 0.06
    )
    pale = mix(colour, (252, 242, 228), 0.62)
    return Thing(
        (
            Shape(tail, shift(colour, light=-0.04), Form.ROUND),
            Shape(body, colour, Form.ROUND, Surface.CLOTH),
            Shape(
                smooth([(0, -0.54), (0.1, -0.46), (0.09, -0.24), (0, -0.16), (-0.09, -0.24), (-0.1, -0.46)]),
                pale,
                Form.ROUND,
            ),
            *(Shape(ellipse(side * 0.1, -0.035, 0.085, 0.05), pale, Form.ROUND) for side in (-1, 1)),
            *_cat_head(colour, pale, second),
        )
    )


def _cat_head(colour: Colour, pale: Colour, second: Colour) -> tuple[Shape, ...]:
    head = smooth(
        [
            (0, -0.9),
            (0.13, -0.885),
            (0.22, -0.78),
            (0.2, -0.64),
            (0.1, -0.565),
            (0, -0.55),
            (-0.1, -0.565),
            (-0.2, -0.64),
            (-0.22, -0.78),
            (-0.13, -0.885),
        ]
    )
    ears = [((side * 0.05, -0.87), (side * 0.175, -1.03), (side * 0.215, -0.77)) for side in (-1, 1)]
    inner = [((side * 0.09, -0.87), (side * 0.165, -0.975), (side * 0.185, -0.82)) for side in (-1, 1)]
    iris = mix(second, (196, 206, 92), 0.5)
    return (
        *(Shape(ear, colour, Form.ROUND) for ear in ears),
        *(Shape(ear, mix(colour, (236, 160, 150), 0.6), line=True) for ear in inner),
        Shape(head, colour, Form.ROUND, Surface.CLOTH),
        Shape(ellipse(0, -0.635, 0.095, 0.062), pale, line=True),
        *(
            Shape(stroke(((x, -0.885), (x * 0.8, -0.82)), 0.02, 0.006), shift(colour, light=-0.14), line=True)
            for x in (-0.06, 0.0, 0.06)
        ),
        *(Shape(leaf(side * 0.145, -0.725, 0.11, 0.09, 180 if side > 0 else 0), iris, line=True) for side in (-1, 1)),
        *(Shape(ellipse(side * 0.09, -0.725, 0.013, 0.034), _EYE, line=True) for side in (-1, 1)),
        Shape(((-0.025, -0.672), (0.025, -0.672), (0, -0.645)), (206, 118, 112), line=True),
        *(
            Shape(
                stroke(((side * 0.06, -0.64), (side * 0.3, -0.64 + dy)), 0.007, 0.003),
                shift(pale, light=0.04),
                line=True,
            )
            for side in (-1, 1)
            for dy in (-0.04, 0.02)
        ),
    )


def dog(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A sitting dog or fox with a pointed muzzle and a bushy tail."""
    pale = mix(colour, (252, 244, 232), 0.78)
    tail = smooth([(0.18, -0.06), (0.4, -0.1), (0.56, -0.3), (0.56, -0.5), (0.44, -0.34), (0.3, -0.24), (0.2, -0.2)])
    body = smooth(
        [
            (0.0, -0.66),
            (0.16, -0.56),
            (0.22, -0.34),
            (0.26, -0.14),
            (0.22, 0.0),
            (-0.2, 0.0),
            (-0.24, -0.14),
            (-0.2, -0.36),
            (-0.14, -0.56),
        ]
    )
    return Thing(
        (
            Shape(tail, colour, Form.ROUND, Surface.CLOTH),
            Shape(smooth([(0.47, -0.42), (0.56, -0.5), (0.57, -0.33), (0.53, -0.24)]), pale, Form.ROUND),
            Shape(body, colour, Form.ROUND, Surface.CLOTH),
            Shape(
                smooth([(0, -0.56), (0.11, -0.48), (0.09, -0.26), (0, -0.14), (-0.09, -0.26), (-0.11, -0.48)]),
                pale,
                Form.ROUND,
            ),
            *(
                Shape(ellipse(side * 0.09, -0.035, 0.08, 0.045), shift(colour, light=-0.2), Form.ROUND)
                for side in (-1, 1)
            ),
            *_dog_head(colour, pale),
        )
    )


def _dog_head(colour: Colour, pale: Colour) -> tuple[Shape, ...]:
    head = smooth(
        [
            (0, -0.9),
            (0.14, -0.88),
            (0.24, -0.74),
            (0.16, -0.62),
            (0.07, -0.53),
            (0, -0.5),
            (-0.07, -0.53),
            (-0.16, -0.62),
            (-0.24, -0.74),
            (-0.14, -0.88),
        ]
    )
    cheeks = [
        smooth(
            [
                (side * 0.24, -0.735),
                (side * 0.12, -0.7),
                (side * 0.03, -0.6),
                (0, -0.5),
                (side * 0.08, -0.535),
                (side * 0.16, -0.62),
            ]
        )
        for side in (-1, 1)
    ]
    ears = [smooth([(side * 0.04, -0.86), (side * 0.16, -1.05), (side * 0.235, -0.77)], steps=3) for side in (-1, 1)]
    return (
        *(Shape(ear, shift(colour, light=-0.03), Form.ROUND) for ear in ears),
        Shape(head, colour, Form.ROUND, Surface.CLOTH),
        *(Shape(cheek, pale, line=True) for cheek in cheeks),
        *(Shape(ellipse(side * 0.1, -0.74, 0.024, 0.03), _EYE, line=True) for side in (-1, 1)),
        *(Shape(ellipse(side * 0.1 + 0.008, -0.75, 0.008), (255, 255, 255), line=True) for side in (-1, 1)),
        Shape(ellipse(0, -0.525, 0.038, 0.028), _EYE, Form.BALL),
    )


def bird(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A small round perching bird."""
    body = smooth(
        [
            (0.24, -0.92),
            (0.4, -0.78),
            (0.38, -0.56),
            (0.3, -0.32),
            (0.05, -0.18),
            (-0.2, -0.24),
            (-0.36, -0.4),
            (-0.62, -0.34),
            (-0.86, -0.42),
            (-0.6, -0.52),
            (-0.3, -0.62),
            (-0.04, -0.76),
            (0.08, -0.9),
        ]
    )
    wing = smooth(
        [(0.1, -0.66), (0.12, -0.46), (-0.1, -0.34), (-0.45, -0.36), (-0.7, -0.42), (-0.36, -0.52), (-0.1, -0.66)]
    )
    breast = smooth([(0.38, -0.66), (0.34, -0.42), (0.2, -0.25), (0.02, -0.19), (0.12, -0.4), (0.26, -0.6)])
    legs = [stroke(((x, -0.24), (x + 0.03, 0.0)), 0.024) for x in (0.02, 0.12)]
    feathers = [
        stroke(
            smooth([(-0.02 - 0.05 * i, -0.4 - 0.05 * i), (-0.3, -0.4 - 0.03 * i), (-0.52, -0.415)], closed=False),
            0.014,
            0.006,
        )
        for i in range(3)
    ]
    return Thing(
        (
            *(Shape(leg, (96, 72, 58), line=True) for leg in legs),
            Shape(((0.37, -0.79), (0.56, -0.73), (0.38, -0.69)), (226, 160, 66)),
            Shape(body, colour, Form.ROUND, Surface.CLOTH),
            Shape(breast, mix(second, (248, 226, 196), 0.4), Form.ROUND),
            Shape(wing, shift(colour, light=-0.13), Form.ROUND),
            *(Shape(feather, shift(colour, light=-0.22), line=True) for feather in feathers),
            Shape(ellipse(0.27, -0.77, 0.034), _EYE, line=True),
            Shape(ellipse(0.28, -0.782, 0.011), (255, 255, 255), line=True),
        )
    )


def flying(rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A far bird on the wing, one unit across."""
    lift = rng.uniform(0.12, 0.3)
    wings = [
        stroke(smooth([(0, 0), (side * 0.2, -lift), (side * 0.5, -lift * 0.55)], closed=False), 0.09, 0.012)
        for side in (-1, 1)
    ]
    return Thing(
        (*(Shape(wing, colour, line=True) for wing in wings), Shape(ellipse(0, 0.0, 0.08, 0.045), colour, line=True)),
        0.0,
        Shadow.NONE,
    )


def fish(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A koi, one unit long."""
    body = smooth(
        [
            (0.5, 0.0),
            (0.4, -0.12),
            (0.15, -0.2),
            (-0.15, -0.14),
            (-0.32, -0.05),
            (-0.32, 0.05),
            (-0.15, 0.14),
            (0.15, 0.18),
            (0.4, 0.11),
        ]
    )
    tail = smooth([(-0.28, 0.0), (-0.46, -0.17), (-0.62, -0.2), (-0.52, 0.0), (-0.62, 0.19), (-0.46, 0.16)])
    fins = [
        smooth([(0.12, 0.15), (0.0, 0.32), (-0.1, 0.28), (-0.02, 0.14)]),
        smooth([(0.18, -0.18), (-0.02, -0.32), (-0.18, -0.24), (-0.14, -0.12)]),
    ]
    patches = [
        smooth([(0.44, -0.06), (0.34, -0.13), (0.2, -0.13), (0.18, 0.0), (0.3, 0.05)]),
        smooth([(0.06, -0.16), (-0.12, -0.12), (-0.14, 0.02), (0.02, 0.04)]),
    ]
    pale = mix(colour, (255, 250, 240), 0.85)
    return Thing(
        (
            Shape(tail, mix(pale, colour, 0.5), Form.ROUND),
            *(Shape(fin, mix(pale, colour, 0.4), Form.ROUND) for fin in fins),
            Shape(body, pale, Form.ROUND, Surface.SPECKLED),
            *(Shape(patch, colour, line=True) for patch in patches),
            Shape(ellipse(0.39, -0.03, 0.02), _EYE, line=True),
        ),
        0.0,
        Shadow.NONE,
    )


def whale(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A whale, one unit long."""
    body = smooth(
        [
            (0.5, -0.05),
            (0.46, -0.18),
            (0.25, -0.26),
            (0.0, -0.23),
            (-0.25, -0.12),
            (-0.42, -0.1),
            (-0.44, -0.04),
            (-0.25, 0.02),
            (0.0, 0.1),
            (0.25, 0.12),
            (0.44, 0.06),
        ]
    )
    fluke = smooth([(-0.4, -0.07), (-0.54, -0.25), (-0.64, -0.28), (-0.57, -0.13), (-0.6, 0.02), (-0.5, -0.02)])
    belly = smooth([(0.49, -0.02), (0.25, 0.0), (0.0, 0.02), (-0.12, 0.06), (0.0, 0.1), (0.25, 0.12), (0.43, 0.065)])
    fin = smooth([(0.16, 0.04), (0.02, 0.22), (-0.08, 0.26), (0.02, 0.06)])
    pale = mix(colour, (244, 244, 236), 0.7)
    return Thing(
        (
            Shape(fluke, shift(colour, light=-0.04), Form.ROUND),
            Shape(body, colour, Form.ROUND, Surface.SPECKLED),
            Shape(belly, pale, Form.ROUND),
            *(
                Shape(
                    stroke(((0.4 - 0.03 * i, 0.025 + 0.022 * i), (0.06, 0.04 + 0.018 * i)), 0.006, 0.003),
                    shift(pale, light=-0.15),
                    line=True,
                )
                for i in range(3)
            ),
            Shape(fin, shift(colour, light=-0.07), Form.ROUND),
            Shape(ellipse(0.34, -0.04, 0.014), _EYE, line=True),
        ),
        0.0,
        Shadow.NONE,
    )


def rabbit(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A rabbit sitting up."""
    pale = mix(colour, (254, 246, 238), 0.7)
    ears = [
        smooth(
            [(side * 0.03, -0.7), (side * 0.06, -0.9), (side * 0.12, -1.04), (side * 0.17, -0.9), (side * 0.13, -0.7)]
        )
        for side in (-1, 1)
    ]
    return Thing(
        (
            Shape(ellipse(0.27, -0.12, 0.1), pale, Form.BALL, Surface.CLOTH),
            Shape(
                smooth(
                    [(0, -0.5), (0.18, -0.42), (0.28, -0.2), (0.25, 0.0), (-0.25, 0.0), (-0.28, -0.2), (-0.18, -0.42)]
                ),
                colour,
                Form.ROUND,
                Surface.CLOTH,
            ),
            Shape(ellipse(0, -0.2, 0.12, 0.16), pale, Form.ROUND),
            *(Shape(ear, colour, Form.ROUND) for ear in ears),
            *(
                Shape(moved(ear, side * 0.04, -0.35, scale=0.58), mix(colour, (238, 170, 164), 0.6), line=True)
                for ear, side in zip(ears, (-1, 1), strict=True)
            ),
            Shape(ellipse(0, -0.6, 0.2, 0.17), colour, Form.ROUND, Surface.CLOTH),
            *(Shape(ellipse(side * 0.1, -0.63, 0.024, 0.03), _EYE, line=True) for side in (-1, 1)),
            Shape(ellipse(0, -0.545, 0.07, 0.05), pale, line=True),
            Shape(((-0.022, -0.575), (0.022, -0.575), (0, -0.55)), (214, 124, 124), line=True),
            *(Shape(ellipse(side * 0.12, -0.03, 0.1, 0.045), pale, Form.ROUND) for side in (-1, 1)),
        )
    )


def butterfly(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A butterfly with open wings, one unit across."""
    shapes = []
    for flip in (False, True):
        upper = smooth([(0.02, -0.06), (0.2, -0.36), (0.46, -0.42), (0.5, -0.2), (0.3, 0.02)])
        lower = smooth([(0.02, 0.0), (0.3, 0.04), (0.38, 0.22), (0.22, 0.38), (0.06, 0.16)])
        shapes += [
            Shape(moved(lower, flip=flip), mix(colour, second, 0.5), Form.ROUND),
            Shape(moved(upper, flip=flip), colour, Form.ROUND),
            Shape(moved(ellipse(0.36, -0.28, 0.06), flip=flip), second, line=True),
            Shape(moved(ellipse(0.24, 0.2, 0.045), flip=flip), colour, line=True),
        ]
    return Thing(
        (
            *shapes,
            Shape(ellipse(0, 0, 0.025, 0.2), _EYE, Form.ROUND),
            *(
                Shape(
                    stroke(smooth([(0, -0.18), (side * 0.05, -0.3), (side * 0.12, -0.36)], closed=False), 0.012),
                    _EYE,
                    line=True,
                )
                for side in (-1, 1)
            ),
            Shape(box(-0.001, 0, 0.001, 0.001), _EYE, line=True),
        ),
        0.0,
        Shadow.NONE,
    )
