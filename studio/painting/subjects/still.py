"""Things that stand on a table. Each stands with its foot at (0, 0) and is about one unit high."""

from __future__ import annotations

import math
import random

from studio.painting.colour import mix, shift, with_light
from studio.painting.geometry import Outline, Point, box, ellipse, leaf, moved, rounded, smooth, stroke, turned
from studio.painting.scene import Form, Shape, Surface, Thing
from studio.painting.wish import Colour

_VASES: tuple[tuple[Point, ...], ...] = (
    (
        (0.11, -1.0),
        (0.115, -0.97),
        (0.085, -0.9),
        (0.085, -0.8),
        (0.15, -0.68),
        (0.3, -0.5),
        (0.36, -0.32),
        (0.3, -0.12),
        (0.19, 0.0),
    ),
    (
        (0.13, -1.0),
        (0.125, -0.96),
        (0.1, -0.9),
        (0.12, -0.82),
        (0.22, -0.7),
        (0.25, -0.5),
        (0.23, -0.25),
        (0.19, -0.08),
        (0.17, 0.0),
    ),
    (
        (0.15, -1.0),
        (0.14, -0.95),
        (0.12, -0.88),
        (0.21, -0.74),
        (0.22, -0.62),
        (0.16, -0.52),
        (0.27, -0.36),
        (0.31, -0.2),
        (0.24, -0.05),
        (0.18, 0.0),
    ),
    (
        (0.09, -1.0),
        (0.08, -0.95),
        (0.065, -0.8),
        (0.07, -0.62),
        (0.16, -0.45),
        (0.34, -0.28),
        (0.37, -0.16),
        (0.27, -0.04),
        (0.2, 0.0),
    ),
    ((0.2, -1.0), (0.19, -0.95), (0.17, -0.86), (0.26, -0.72), (0.33, -0.5), (0.3, -0.25), (0.2, -0.06), (0.17, 0.0)),
)


def _below(outline: Outline, level: float) -> Outline:
    """The part of an outline under ``level``, cut straight."""
    cut: list[Point] = []
    count = len(outline)
    for index in range(count):
        (x0, y0), (x1, y1) = outline[index], outline[(index + 1) % count]
        if y0 >= level:
            cut.append((x0, y0))
        if (y0 - level) * (y1 - level) < 0:
            cut.append((x0 + (x1 - x0) * (level - y0) / (y1 - y0), level))
    return tuple(cut)


def _sagging(outline: Outline, level: float) -> Outline:
    """A glaze line: the part under ``level`` with its upper edge curved like a ring seen from above."""
    part = _below(outline, level)
    if len(part) < 3:
        return part
    reach = max(abs(x) for x, y in part if abs(y - level) < 1e-6) or 0.1
    edge = tuple(
        (-reach + 2 * reach * step / 16, level + 0.055 * reach * 4 * (1 - ((step - 8) / 8) ** 2) * 0.5)
        for step in range(17)
    )
    body = tuple(point for point in part if abs(point[1] - level) > 1e-6)
    right = [point for point in body if point[0] >= 0]
    left = [point for point in body if point[0] < 0]
    return (*edge, *sorted(right, key=lambda p: p[1]), *sorted(left, key=lambda p: -p[1]))


def vase(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A stoneware vase, its raw clay foot in the second colour."""
    profile = _VASES[rng.randrange(len(_VASES))]
    stretch = rng.uniform(0.92, 1.12)
    body = turned([(radius * stretch, y) for radius, y in profile])
    mouth = profile[0][0] * stretch
    shapes = [
        Shape(body, colour, Form.TURNED, Surface.SPECKLED),
        Shape(_sagging(body, rng.uniform(-0.36, -0.24)), second, Form.TURNED, Surface.PLASTER),
        Shape(ellipse(0, -0.997, mouth * 0.97, mouth * 0.17), shift(colour, light=-0.32), line=True),
    ]
    return Thing(tuple(shapes))


def pear(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A pear, leaning a little."""
    wide = rng.uniform(0.93, 1.08)
    profile = [
        (0.0, -0.9),
        (0.1, -0.885),
        (0.16, -0.8),
        (0.19, -0.66),
        (0.26, -0.5),
        (0.36, -0.34),
        (0.385, -0.2),
        (0.31, -0.06),
        (0.16, -0.004),
        (0.0, 0.0),
    ]
    body = moved(turned([(radius * wide, y) for radius, y in profile]), turn=rng.uniform(-5, 5))
    tip = body[0]
    stem = stroke(
        smooth([tip, (tip[0] + 0.02, tip[1] - 0.08), (tip[0] + rng.uniform(0.03, 0.07), tip[1] - 0.15)], closed=False),
        0.034,
        0.05,
    )
    return Thing(
        (
            Shape(stem, (92, 66, 44), line=True),
            Shape(body, colour, Form.TURNED, Surface.SPECKLED, fade=mix(colour, second, 0.25)),
        )
    )


def apple(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """An apple with its dimple and a leaf."""
    body = turned(
        [
            (0.0, -0.74),
            (0.12, -0.79),
            (0.3, -0.8),
            (0.45, -0.66),
            (0.48, -0.44),
            (0.4, -0.18),
            (0.25, -0.02),
            (0.1, 0.0),
            (0.0, 0.0),
        ]
    )
    stem = stroke(smooth([(0, -0.7), (0.02, -0.84), (0.08, -0.98)], closed=False), 0.03, 0.045)
    green = (112, 138, 70)
    shapes = [
        Shape(body, colour, Form.TURNED, Surface.GLOSSY, fade=mix(colour, second, 0.3)),
        Shape(ellipse(0.0, -0.75, 0.13, 0.035), shift(colour, light=-0.22), line=True),
        Shape(stem, (88, 62, 42), line=True),
    ]
    if rng.random() < 0.6:
        shapes.append(Shape(leaf(0.05, -0.88, 0.34, 0.2, rng.uniform(-40, -10)), green))
    return Thing(tuple(shapes))


def orange(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """An orange, almost a ball."""
    return Thing(
        (
            Shape(ellipse(0, -0.42, 0.44, 0.42), colour, Form.BALL, Surface.SPECKLED),
            Shape(ellipse(0.02, -0.8, 0.035, 0.018), (104, 116, 60), line=True),
        )
    )


def lemon(rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A lemon lying on its side."""
    outline = smooth(
        [
            (-0.56, -0.3),
            (-0.46, -0.37),
            (-0.3, -0.55),
            (0, -0.62),
            (0.3, -0.54),
            (0.45, -0.38),
            (0.58, -0.32),
            (0.46, -0.22),
            (0.3, -0.06),
            (0, 0.0),
            (-0.3, -0.07),
            (-0.46, -0.22),
        ]
    )
    return Thing((Shape(moved(outline, 0, 0.0, turn=rng.uniform(-4, 4)), colour, Form.ROUND, Surface.SPECKLED),))


def cherry(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A pair of cherries on one stalk."""
    shapes = [
        Shape(stroke(smooth([(x, -0.4), (x * 0.6, -0.75), (0.08, -1.0)], closed=False), 0.02), (96, 110, 58), line=True)
        for x in (-0.26, 0.27)
    ]
    shapes += [Shape(ellipse(x, -0.24, 0.25, 0.24), colour, Form.BALL, Surface.GLOSSY) for x in (-0.26, 0.27)]
    return Thing((*shapes, Shape(leaf(0.08, -0.98, 0.4, 0.2, 20), (98, 132, 70))))


def cup(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A cup on a saucer, coffee in it, a wisp of steam."""
    body = turned([(0.36, -0.72), (0.36, -0.5), (0.31, -0.22), (0.2, -0.08), (0.18, -0.05)])
    handle = stroke(ellipse(0.38, -0.44, 0.16, 0.18, start=-95, end=95), 0.06)
    steam = [
        stroke(smooth([(x, -0.82), (x + 0.07, -1.0), (x - 0.05, -1.18), (x + 0.05, -1.38)], closed=False), 0.03, 0.004)
        for x in (-0.09, 0.1)
    ]
    return Thing(
        (
            Shape(ellipse(0, -0.035, 0.6, 0.075), shift(colour, light=-0.04), Form.FLAT, Surface.GLOSSY),
            Shape(ellipse(0, -0.05, 0.42, 0.045), shift(colour, light=-0.14), line=True),
            Shape(handle, shift(colour, light=-0.06), Form.ROUND),
            Shape(body, colour, Form.TURNED, Surface.GLOSSY),
            Shape(ellipse(0, -0.72, 0.36, 0.085), shift(colour, light=0.03)),
            Shape(ellipse(0, -0.715, 0.32, 0.068), (74, 46, 32), line=True),
            Shape(ellipse(-0.05, -0.712, 0.14, 0.026), (186, 140, 98), line=True),
            *(Shape(line, mix(second, (255, 255, 255), 0.85), Form.FLAT, Surface.GLOWING, line=True) for line in steam),
        )
    )


def bottle(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A product bottle with cap and label: square or round-shouldered."""
    if rng.random() < 0.5:
        body: Outline = rounded(-0.27, -0.72, 0.27, 0.0, 0.09)
    else:
        body = turned([(0.1, -0.74), (0.13, -0.72), (0.25, -0.66), (0.28, -0.56), (0.28, -0.04), (0.25, 0.0)], steps=5)
    label = rounded(-0.16, -0.46, 0.16, -0.18, 0.02)
    cap = with_light(second, 0.32)
    return Thing(
        (
            Shape(box(-0.075, -0.8, 0.075, -0.7), shift(cap, light=0.18), Form.TURNED, Surface.GLOSSY),
            Shape(body, colour, Form.TURNED, Surface.GLOSSY),
            Shape(rounded(-0.12, -1.0, 0.12, -0.78, 0.02), cap, Form.TURNED, Surface.GLOSSY),
            Shape(label, mix(colour, (255, 253, 246), 0.75), line=True),
            Shape(box(-0.1, -0.385, 0.1, -0.375), cap, line=True),
            Shape(box(-0.06, -0.33, 0.06, -0.322), cap, line=True),
        )
    )


def book(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A small pile of books."""
    shapes: list[Shape] = []
    level = 0.0
    for index in range(3):
        height, half, slip = rng.uniform(0.16, 0.24), rng.uniform(0.5, 0.62), rng.uniform(-0.06, 0.06)
        cover = (colour, second, mix(colour, second, 0.5))[index]
        shapes.append(
            Shape(rounded(slip - half, level - height, slip + half, level, 0.03), cover, Form.FLAT, Surface.CLOTH)
        )
        shapes.append(
            Shape(box(slip - half + 0.05, level - height + 0.035, slip + half, level - 0.035), (240, 230, 208))
        )
        shapes += [
            Shape(
                box(
                    slip - half + 0.05,
                    level - height + 0.05 + 0.035 * line,
                    slip + half,
                    level - height + 0.056 + 0.035 * line,
                ),
                (206, 192, 166),
                line=True,
            )
            for line in range(max(1, int((height - 0.09) / 0.035)))
        ]
        level -= height
    return Thing(tuple(shapes))


def candle(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A candle in its holder, burning."""
    flame = smooth([(0, -1.12), (0.055, -0.98), (0.05, -0.9), (0, -0.86), (-0.05, -0.9), (-0.055, -0.98)])
    return Thing(
        (
            Shape(turned([(0.3, -0.07), (0.34, -0.05), (0.3, 0.0)], crisp=True), second, Form.TURNED, Surface.GLOSSY),
            Shape(box(-0.1, -0.78, 0.1, -0.06), colour, Form.TURNED),
            Shape(ellipse(0, -0.78, 0.1, 0.025), mix(colour, (255, 230, 170), 0.5), Form.FLAT, Surface.GLOWING),
            Shape(stroke(((0, -0.78), (0.005, -0.88)), 0.014), (50, 40, 36), line=True),
            Shape(flame, (255, 206, 110), Form.FLAT, Surface.GLOWING),
            Shape(moved(flame, 0, -0.39, scale=0.55), (255, 246, 214), Form.FLAT, Surface.GLOWING, line=True),
        )
    )


def sprigs(rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """Olive branches fanning upwards out of (0, 0), about one unit long."""
    shapes: list[Shape] = []
    for index in range(rng.randint(3, 4)):
        lean = (-0.62, 0.2, 0.75, -0.15)[index] + rng.uniform(-0.14, 0.14)
        length = rng.uniform(0.7, 1.0)
        spine = [
            (0.03 * lean, 0.1),
            (lean * 0.18, -0.28 * length),
            (lean * 0.55, -0.62 * length),
            (lean * (1.05 + rng.uniform(-0.1, 0.1)), -0.86 * length),
        ]
        line = smooth(spine, closed=False, steps=9)
        shapes.append(Shape(stroke(line, 0.02, 0.006), (104, 82, 56), line=True))
        for step in range(7, len(line), 2):
            (x0, y0), (x, y) = line[step - 1], line[step]
            along = math.degrees(math.atan2(y - y0, x - x0))
            side = 1 if step % 4 == 1 else -1
            tone = shift(colour, light=rng.uniform(-0.1, 0.08))
            shapes.append(
                Shape(
                    leaf(
                        x,
                        y,
                        rng.uniform(0.15, 0.24),
                        rng.uniform(0.045, 0.065),
                        along + side * rng.uniform(28, 62),
                        bend=rng.uniform(-0.3, 0.3),
                    ),
                    tone,
                )
            )
        shapes.append(
            Shape(
                leaf(
                    *line[-1], 0.2, 0.05, math.degrees(math.atan2(line[-1][1] - line[-2][1], line[-1][0] - line[-2][0]))
                ),
                colour,
            )
        )
    return Thing(tuple(shapes))


def linen(width: float, height: float, rng: random.Random, colour: Colour) -> Thing:
    """A folded cloth lying on the table, ``width`` by ``height``, its middle at (0, 0)."""
    w, h = width / 2, height / 2
    skew = rng.uniform(-0.22, 0.22) * w
    outline = smooth(
        [
            (-w + skew, -h),
            (-w * 0.4 + skew, -h * 1.06),
            (w * 0.3 + skew, -h * 0.94),
            (w * 0.96 + skew, -h * 1.02),
            (w + skew * 0.5, -h * 0.7),
            (w - skew * 0.4, h * 0.4),
            (w * 0.98 - skew, h * 0.96),
            (w * 0.5 - skew, h * 1.08),
            (0.0, h * 0.95),
            (-w * 0.55 - skew, h * 1.1),
            (-w * 0.97 - skew, h),
            (-w - skew * 0.3, h * 0.3),
        ],
        steps=10,
    )
    folds: list[Shape] = []
    for index in range(rng.randint(2, 4)):
        x = -w * 0.72 + w * 1.4 * (index + rng.random()) / 4
        line = smooth([(x + skew * 0.9, -h * 0.9), (x + w * 0.05, -h * 0.1), (x - skew * 0.7, h * 0.92)], closed=False)
        folds.append(Shape(stroke(line, 0.006, 0.03), shift(colour, light=-0.05), line=True))
        folds.append(Shape(moved(stroke(line, 0.003, 0.016), 0.014, 0), shift(colour, light=0.03), line=True))
    crease = smooth([(-w * 0.98, -h * 0.05), (0.0, h * 0.1), (w * 0.99, -h * 0.02)], closed=False)
    folds.append(Shape(stroke(crease, 0.012, 0.008), shift(colour, light=-0.035), line=True))
    hem = Shape(moved(outline, 0, 0.012), shift(colour, light=-0.14))
    return Thing((hem, Shape(outline, colour, Form.FLAT, Surface.CLOTH), *folds), ground=h)
