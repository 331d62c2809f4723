"""Faces and figures."""

from __future__ import annotations

import random
from dataclasses import dataclass

from studio.painting.colour import mix, shift
from studio.painting.geometry import Outline, box, ellipse, moved, smooth, stroke
from studio.painting.scene import Form, Shape, Surface, Thing
from studio.painting.wish import Colour

_SHOULDERS = smooth(
    [
        (-0.13, -0.3),
        (-0.3, -0.22),
        (-0.52, -0.12),
        (-0.62, 0.1),
        (-0.68, 0.5),
        (-0.4, 0.62),
        (0.4, 0.62),
        (0.68, 0.5),
        (0.62, 0.1),
        (0.52, -0.12),
        (0.3, -0.22),
        (0.13, -0.3),
    ]
)
_NECK = smooth([(-0.11, -0.5), (-0.105, -0.32), (-0.16, -0.2), (0, -0.06), (0.16, -0.2), (0.105, -0.32), (0.11, -0.5)])
_FACE = smooth(
    [
        (0, -0.96),
        (0.16, -0.92),
        (0.245, -0.8),
        (0.255, -0.66),
        (0.225, -0.53),
        (0.13, -0.4),
        (0.0, -0.355),
        (-0.13, -0.4),
        (-0.225, -0.53),
        (-0.255, -0.66),
        (-0.245, -0.8),
        (-0.16, -0.92),
    ]
)
_NECK_SHADE = smooth([(-0.105, -0.43), (0.0, -0.3), (0.105, -0.43), (0.09, -0.36), (0.0, -0.24), (-0.09, -0.36)])
_BEARD = smooth(
    [
        (-0.235, -0.58),
        (-0.15, -0.47),
        (0, -0.49),
        (0.15, -0.47),
        (0.235, -0.58),
        (0.2, -0.42),
        (0, -0.28),
        (-0.2, -0.42),
    ]
)
_CROWN = smooth([(-0.3, -0.84), (-0.27, -1.06), (0, -1.17), (0.27, -1.06), (0.3, -0.84), (0, -0.8)])
_BRIM = smooth([(-0.5, -0.82), (-0.2, -0.9), (0.2, -0.9), (0.5, -0.82), (0.2, -0.75), (-0.2, -0.75)])
_HAIR_BACK: dict[str, tuple[Outline, ...]] = {
    "bob": (
        smooth(
            [
                (0, -1.02),
                (0.24, -0.97),
                (0.35, -0.8),
                (0.365, -0.6),
                (0.33, -0.4),
                (0.2, -0.37),
                (-0.2, -0.37),
                (-0.35, -0.38),
                (-0.375, -0.6),
                (-0.35, -0.82),
                (-0.22, -0.97),
            ]
        ),
    ),
    "long_hair": (
        smooth(
            [
                (0, -1.02),
                (0.24, -0.96),
                (0.34, -0.78),
                (0.35, -0.5),
                (0.42, -0.2),
                (0.36, 0.0),
                (0.2, 0.05),
                (-0.2, 0.05),
                (-0.38, 0.0),
                (-0.42, -0.2),
                (-0.35, -0.5),
                (-0.34, -0.78),
                (-0.24, -0.96),
            ]
        ),
    ),
    "bun": (
        ellipse(0.0, -1.08, 0.14, 0.13),
        smooth([(0, -1.0), (0.22, -0.95), (0.3, -0.78), (0.27, -0.58), (-0.27, -0.58), (-0.3, -0.78), (-0.22, -0.95)]),
    ),
    "short": (
        smooth([(0, -1.01), (0.22, -0.97), (0.3, -0.82), (0.28, -0.62), (-0.28, -0.62), (-0.3, -0.82), (-0.22, -0.97)]),
    ),
}
"""Behind the head, by the kind of hair."""
_PARTED = (
    smooth([(0.03, -0.99), (0.22, -0.93), (0.29, -0.76), (0.27, -0.6), (0.2, -0.76), (0.06, -0.87)]),
    smooth([(0.06, -0.99), (-0.2, -0.94), (-0.29, -0.78), (-0.275, -0.6), (-0.2, -0.74), (-0.04, -0.86)]),
)
_FRINGE: dict[str, tuple[Outline, ...]] = {
    "bob": (
        smooth(
            [
                (-0.06, -1.0),
                (0.2, -0.95),
                (0.31, -0.8),
                (0.325, -0.66),
                (0.18, -0.7),
                (0.0, -0.71),
                (-0.16, -0.69),
                (-0.1, -0.86),
            ]
        ),
        smooth(
            [
                (-0.02, -1.0),
                (-0.22, -0.95),
                (-0.34, -0.8),
                (-0.37, -0.58),
                (-0.33, -0.385),
                (-0.265, -0.48),
                (-0.24, -0.62),
                (-0.16, -0.7),
                (-0.09, -0.86),
            ]
        ),
    ),
    "long_hair": _PARTED,
    "bun": _PARTED,
    "short": (
        smooth(
            [
                (0.0, -1.015),
                (0.2, -0.965),
                (0.275, -0.84),
                (0.268, -0.68),
                (0.24, -0.76),
                (0.17, -0.865),
                (0.02, -0.9),
                (-0.12, -0.85),
                (-0.235, -0.76),
                (-0.268, -0.68),
                (-0.28, -0.84),
                (-0.2, -0.965),
            ]
        ),
    ),
}
"""In front of the forehead, by the kind of hair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """Who is portrayed. `hair`: short, bob, bun or long_hair."""

    hair: str
    hat: bool
    glasses: bool
    beard: bool
    skin: Colour
    hair_colour: Colour
    dress: Colour
    lips: Colour
    ink: Colour


def portrait(sitter: Sitter) -> Thing:
    """Head and shoulders, seen from the front; about 1.5 units from crown to the lower edge at y = 0.45."""
    shade = mix(sitter.skin, (150, 74, 58), 0.28)
    shapes = [Shape(outline, sitter.hair_colour, Form.ROUND) for outline in _HAIR_BACK[sitter.hair]]
    shapes += [
        Shape(_SHOULDERS, sitter.dress, Form.ROUND, Surface.CLOTH),
        Shape(_NECK, shift(sitter.skin, light=-0.05), Form.ROUND),
        Shape(_NECK_SHADE, shade, surface=Surface.CLEAR, line=True),
        *(
            Shape(ellipse(side * 0.25, -0.62, 0.035, 0.06), shift(sitter.skin, light=-0.04), Form.ROUND)
            for side in (-1, 1)
            if sitter.hair in ("bun", "short")
        ),
        Shape(_FACE, sitter.skin, Form.ROUND),
        *(
            Shape(
                ellipse(side * 0.145, -0.53, 0.055, 0.036),
                mix(sitter.skin, sitter.lips, 0.2),
                surface=Surface.CLEAR,
                line=True,
            )
            for side in (-1, 1)
        ),
        *_features(shade, sitter.lips, sitter.ink, sitter.hair_colour),
    ]
    if sitter.beard:
        shapes.append(Shape(_BEARD, sitter.hair_colour, Form.ROUND))
    if sitter.glasses:
        shapes += _glasses(sitter.ink)
    shapes += [
        Shape(outline, shift(sitter.hair_colour, light=0.02 * index), Form.ROUND)
        for index, outline in enumerate(_FRINGE[sitter.hair])
    ]
    shapes += [
        Shape(ellipse(side * 0.29, -0.47, 0.024, 0.034), sitter.lips, Form.BALL, Surface.GLOSSY)
        for side in (-1, 1)
        if sitter.hair != "short" and not sitter.beard and sitter.hair != "long_hair"
    ]
    if sitter.hat:
        shapes += [Shape(_CROWN, sitter.dress, Form.ROUND), Shape(_BRIM, sitter.dress, Form.ROUND)]
    return Thing(tuple(shapes), ground=0.62)


def _glasses(ink: Colour) -> list[Shape]:
    rims = [(ellipse(x, -0.65, 0.085, 0.075), ellipse(x, -0.65, 0.07, 0.06)) for x in (-0.115, 0.115)]
    bridge = Shape(box(-0.04, -0.665, 0.04, -0.65), ink, line=True)
    return [*(Shape(outer, ink, holes=(inner,), line=True) for outer, inner in rims), bridge]


def _eyes(shade: Colour, ink: Colour, brow: Colour) -> list[Shape]:
    shapes: list[Shape] = []
    for side in (-1, 1):
        x = side * 0.115
        lid = smooth(
            [(x - 0.07, -0.655), (x, -0.685), (x + 0.07, -0.655), (x + 0.045, -0.63), (x, -0.622), (x - 0.045, -0.63)]
        )
        lash = smooth(
            [
                (x - 0.072, -0.653),
                (x - 0.03, -0.636),
                (x + 0.03, -0.636),
                (x + 0.072, -0.653),
                (x + 0.04, -0.617),
                (x, -0.61),
                (x - 0.04, -0.617),
            ]
        )
        shapes.append(Shape(lid, mix(shade, brow, 0.12), surface=Surface.CLEAR, line=True))
        shapes.append(Shape(lash, ink, line=True))
        shapes.append(
            Shape(
                smooth([(x - side * 0.075, -0.735), (x, -0.757), (x + side * 0.085, -0.73), (x, -0.742)]),
                mix(brow, shade, 0.15),
                line=True,
            )
        )
    return shapes


def _features(shade: Colour, lips: Colour, ink: Colour, brow: Colour) -> list[Shape]:
    shapes = _eyes(shade, ink, brow)
    nose = smooth([(0.008, -0.68), (0.03, -0.6), (0.05, -0.545), (0.0, -0.527), (-0.035, -0.545), (-0.012, -0.6)])
    shapes.append(Shape(nose, mix(shade, lips, 0.08), surface=Surface.CLEAR, line=True))
    shapes.append(
        Shape(
            smooth([(-0.075, -0.46), (-0.03, -0.478), (0, -0.468), (0.03, -0.478), (0.075, -0.46), (0.0, -0.45)]),
            shift(lips, light=-0.06),
            line=True,
        )
    )
    shapes.append(
        Shape(
            smooth([(-0.07, -0.458), (0, -0.448), (0.07, -0.458), (0.035, -0.426), (-0.035, -0.426)]), lips, line=True
        )
    )
    return shapes


def figure(_rng: random.Random, colour: Colour, second: Colour) -> Thing:
    """A small standing figure in a coat, for landscapes and streets."""
    coat = smooth([(-0.1, -0.8), (0.1, -0.8), (0.15, -0.5), (0.2, -0.22), (-0.2, -0.22), (-0.15, -0.5)])
    return Thing(
        (
            Shape(box(-0.09, -0.25, -0.015, 0.0), shift(second, light=-0.2)),
            Shape(box(0.02, -0.25, 0.095, 0.0), shift(second, light=-0.2)),
            Shape(coat, colour, Form.ROUND),
            Shape(ellipse(0, -0.89, 0.075, 0.09), (196, 148, 118), Form.BALL),
            Shape(moved(ellipse(0, 0, 0.085, 0.07, start=180, end=360), 0, -0.9), (58, 44, 42), line=True),
            Shape(
                stroke(smooth([(0.1, -0.74), (0.17, -0.58), (0.14, -0.42)], closed=False), 0.055, 0.045),
                shift(colour, light=-0.05),
                line=True,
            ),
        )
    )
