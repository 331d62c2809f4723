"""Trees, flowers and other growing things; foot at (0, 0), about one unit high."""

from __future__ import annotations

import math
import random

from studio.painting.colour import mix, shift
from studio.painting.geometry import Outline, Point, blob, box, ellipse, leaf, moved, smooth, stroke, turned
from studio.painting.scene import Form, Shape, Surface, Thing
from studio.painting.wish import Colour


def pine_outline(rng: random.Random, x: float, foot: float, height: float, *, width: float = 0.34) -> Outline:
    """A conifer as one jagged outline."""
    tiers = 5 if height < 0.08 else 8
    right: list[Point] = [(0.0, -1.0)]
    left: list[Point] = []
    for tier in range(1, tiers + 1):
        share = tier / tiers
        half = width * 0.5 * share**0.85
        drop = -1.0 + share * 0.9
        right += [(half * rng.uniform(0.8, 1.1), drop), (half * rng.uniform(0.4, 0.55), drop - 0.02)]
        left += [(-half * rng.uniform(0.8, 1.1), drop), (-half * rng.uniform(0.4, 0.55), drop - 0.02)]
    outline = [*right, (0.03, -0.1), (0.03, 0.03), (-0.03, 0.03), (-0.03, -0.1), *reversed(left)]
    return moved(outline, x, foot, scale=height)


def pine(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """One conifer in three layers."""
    shapes = [Shape(box(-0.035, -0.16, 0.035, 0.0), (92, 66, 48))]
    for index, (top, foot, half) in enumerate(((-0.62, -0.1, 0.3), (-0.82, -0.36, 0.23), (-1.0, -0.6, 0.16))):
        skirt: list[Point] = [(0.0, top)]
        skirt += [
            (half, foot + 0.03),
            (half * 0.6, foot - 0.01),
            (half * 0.3, foot + 0.035),
            (0, foot),
            (-half * 0.3, foot + 0.035),
            (-half * 0.6, foot - 0.01),
            (-half, foot + 0.03),
        ]
        shapes.append(Shape(tuple(skirt), shift(colour, light=0.035 * index), Form.ROUND))
    return Thing(tuple(shapes))


def tree(rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A broad-leaved tree: trunk, boughs, crown of soft masses."""
    bark = (96, 72, 56)
    trunk = smooth(
        [(-0.05, 0.0), (-0.03, -0.3), (-0.045, -0.5), (0.03, -0.5), (0.035, -0.3), (0.065, 0.0)], closed=False
    )
    shapes = [Shape((*trunk, (0.0, 0.015)), bark, Form.TURNED)]
    boughs = [smooth([(0, -0.36), (lean * 0.6, -0.5), (lean, -0.66)], closed=False) for lean in (-0.2, 0.18)]
    shapes += [Shape(stroke(bough, 0.035, 0.012), bark, line=True) for bough in boughs]
    masses = [
        (-0.22, -0.58, 0.22),
        (0.23, -0.6, 0.22),
        (0.0, -0.55, 0.24),
        (-0.11, -0.77, 0.21),
        (0.13, -0.79, 0.2),
        (0.0, -0.72, 0.2),
    ]
    for index, (x, y, size) in enumerate(masses):
        tone = shift(colour, light=-0.07 + 0.03 * index)
        shapes.append(
            Shape(blob(rng, x, y, size, size * 0.86, wobble=0.09, lobes=11), tone, Form.ROUND, Surface.SPECKLED)
        )
    return Thing(tuple(shapes))


def flower(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """One flower on its stalk: round petals, tulip or poppy by chance."""
    green = mix((92, 128, 78), second, 0.2)
    lean = rng.uniform(-0.12, 0.12)
    stalk = smooth([(0, 0), (lean * 0.3, -0.35), (lean, -0.8)], closed=False)
    shapes = [Shape(stroke(stalk, 0.022, 0.016), shift(green, light=-0.06), line=True)]
    blades = [leaf(lean * 0.2, -0.2 - 0.1 * side, 0.38, 0.1, -90 + side * 34, bend=side * 0.2) for side in (-1, 1)]
    shapes += [Shape(blade, shift(green, light=0.02)) for blade in blades]
    kind = rng.randrange(3)
    cx, cy = lean, -0.86
    if kind == 0:
        for index in range(8):
            angle = 45 * index + rng.uniform(-6, 6)
            shapes.append(
                Shape(leaf(cx, cy, 0.19, 0.13, angle), shift(colour, light=0.03 * (index % 2) - 0.02), Form.ROUND)
            )
        shapes.append(Shape(ellipse(cx, cy, 0.06), mix(second, (240, 186, 70), 0.7), Form.BALL))
    elif kind == 1:
        for x, turn, tone in ((-0.07, -104, -0.04), (0.07, -76, -0.02), (0.0, -90, 0.03)):
            shapes.append(Shape(leaf(cx + x * 0.6, cy + 0.13, 0.28, 0.17, turn), shift(colour, light=tone), Form.ROUND))
    else:
        for x, y, size in ((-0.08, 0.0, 0.12), (0.08, -0.01, 0.12), (0.0, -0.07, 0.12), (0.0, 0.05, 0.11)):
            shapes.append(
                Shape(
                    blob(rng, cx + x, cy + y, size, size * 0.86, wobble=0.08), shift(colour, light=y * 0.4), Form.ROUND
                )
            )
        shapes.append(Shape(ellipse(cx, cy - 0.01, 0.045), shift(second, light=-0.25), Form.BALL))
    return Thing(tuple(shapes))


def bouquet(rng: random.Random, colours: tuple[Colour, ...], count: int) -> Thing:
    """Flowers fanning out of (0, 0)."""
    shapes: list[Shape] = []
    for index in range(count):
        spread = 0.0 if count == 1 else -1 + 2 * index / (count - 1)
        thing = flower(rng, colours[index % len(colours)], colours[(index + 1) % len(colours)])
        shapes += thing.placed(
            0, 0, rng.uniform(0.78, 1.0) * (1 - 0.14 * abs(spread)), turn=spread * 42 + rng.uniform(-5, 5)
        ).shapes
    return Thing(tuple(sorted(shapes, key=lambda shape: not shape.line)))


def mushroom(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A capped mushroom with pale spots."""
    stem = turned([(0.1, -0.58), (0.1, -0.4), (0.12, -0.18), (0.17, -0.03), (0.14, 0.0)])
    cap = smooth(
        [
            (-0.46, -0.5),
            (-0.38, -0.75),
            (-0.18, -0.95),
            (0, -1.0),
            (0.18, -0.95),
            (0.38, -0.75),
            (0.46, -0.5),
            (0.24, -0.45),
            (0, -0.43),
            (-0.24, -0.45),
        ]
    )
    spots = [(-0.2, -0.7, 0.07), (0.05, -0.83, 0.08), (0.25, -0.66, 0.06), (-0.02, -0.6, 0.05), (-0.33, -0.57, 0.04)]
    cream = (244, 234, 212)
    return Thing(
        (
            Shape(stem, cream, Form.TURNED, Surface.PLASTER),
            Shape(ellipse(0, -0.48, 0.36, 0.05), shift(cream, light=-0.18), line=True),
            Shape(cap, colour, Form.ROUND, Surface.SPECKLED),
            *(Shape(ellipse(x, y, size, size * 0.8), cream, Form.ROUND) for x, y, size in spots),
        )
    )


def plant(rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A house plant with long leaves in a clay pot."""
    pot = turned([(0.21, -0.34), (0.21, -0.29), (0.19, -0.28), (0.14, 0.0)], crisp=True)
    leaves = []
    for index in range(9):
        spread = -1 + 2 * index / 8
        angle = -90 + spread * 66 + rng.uniform(-8, 8)
        leaves.append(
            Shape(
                leaf(
                    spread * 0.06,
                    -0.32,
                    rng.uniform(0.46, 0.68) * (1 - 0.2 * abs(spread)),
                    0.15,
                    angle,
                    bend=spread * 0.3,
                ),
                shift(colour, light=rng.uniform(-0.1, 0.07)),
                Form.ROUND,
            )
        )
    rng.shuffle(leaves)
    return Thing(
        (
            *leaves,
            Shape(pot, second, Form.TURNED, Surface.PLASTER),
            Shape(turned([(0.23, -0.36), (0.23, -0.29)], crisp=True), shift(second, light=0.04), Form.TURNED),
        )
    )


def cactus(_rng: random.Random, colour: Colour, _second: Colour) -> Thing:
    """A saguaro."""

    def arm(points: list[Point], thick: float) -> Outline:
        line = smooth(points, closed=False)
        return stroke(line, thick)

    shapes = [
        Shape(arm([(-0.05, -0.36), (-0.3, -0.38), (-0.32, -0.55), (-0.31, -0.72)], 0.13), colour, Form.ROUND),
        Shape(arm([(0.05, -0.26), (0.28, -0.3), (0.3, -0.44), (0.29, -0.6)], 0.12), colour, Form.ROUND),
        Shape(ellipse(-0.31, -0.72, 0.065), colour, Form.BALL),
        Shape(ellipse(0.29, -0.6, 0.06), colour, Form.BALL),
        Shape(turned([(0.0, -1.0), (0.07, -0.98), (0.11, -0.9), (0.11, -0.4), (0.1, 0.0)]), colour, Form.TURNED),
    ]
    return Thing(tuple(shapes))


def grass(
    rng: random.Random, left: float, right: float, *, foot: float, height: float, count: int
) -> tuple[Outline, ...]:
    """Blades and reeds along the lower edge."""
    blades = []
    clumps = [rng.uniform(left, right) for _ in range(max(4, count // 9))]
    for _ in range(count * 2):
        x = rng.gauss(rng.choice(clumps), 0.03) if rng.random() < 0.7 else rng.uniform(left, right)
        tall = height * (0.25 + 0.75 * rng.random() ** 2.2)
        lean = rng.uniform(-0.4, 0.4)
        line = smooth(
            [(x, foot), (x + lean * tall * 0.3, foot - tall * 0.6), (x + lean * tall, foot - tall)],
            closed=False,
            steps=4,
        )
        blades.append(stroke(line, 0.0035 + 0.0025 * math.sin(x * 40), 0.0006))
    return tuple(blades)
