"""Shadows that things throw on the ground."""

from __future__ import annotations

from studio.painting.geometry import Outline
from studio.painting.scene import Light, Thing


def cast_shadow(thing: Thing, light: Light) -> list[Outline]:
    """The thing's outlines laid on the ground, away from the light."""
    reach = 0.25 + 1.5 * (1 - light.height)
    lean = -reach * (1 if light.x > 0 else -1) * (0.35 + 0.65 * min(1.0, abs(light.x)))
    depth = 0.16 + 0.1 * light.height
    top = min((y for shape in thing.shapes for _, y in shape.outline), default=0.0)
    least = 0.3 * (thing.ground - top)
    return [
        tuple((x + (thing.ground - y) * lean, thing.ground + (y - thing.ground) * depth) for x, y in shape.outline)
        for shape in thing.shapes
        if not shape.line or _height(shape.outline) > least
    ]


def _height(outline: Outline) -> float:
    return max(y for _, y in outline) - min(y for _, y in outline)
