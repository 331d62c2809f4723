"""How light falls on bodies: tone images (0 dark .. 255 lit) for balls, turned bodies and soft shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps

from studio.painting.colour import mix, multiply, shift
from studio.painting.geometry import Point
from studio.painting.scene import Light, Surface
from studio.painting.wish import Colour

BASE_TONE: Final = 150


def _direction(light_x: float, light_height: float) -> tuple[float, float, float]:
    """Unit vector towards the light: x right, y up, z towards the viewer."""
    x, y, z = light_x, 0.25 + 0.75 * light_height, 0.62
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def _lambert(nx: float, ny: float, nz: float, towards: tuple[float, float, float]) -> int:
    lit = nx * towards[0] + ny * towards[1] + nz * towards[2]
    bounce = max(0.0, -ny) * 0.16 + max(0.0, -nx * towards[0]) * 0.08  # light thrown back by floor and walls
    return min(255, max(0, round(255 * (0.12 + 0.86 * max(0.0, lit * 0.92 + 0.08)) + 255 * bounce * 0.5)))


@lru_cache(maxsize=16)
def ball_tone(light_x: float, light_height: float) -> Image.Image:
    """A lit ball, 72 x 72."""
    towards = _direction(light_x, light_height)
    side = 72
    data = []
    for row in range(side):
        y = 1 - 2 * (row + 0.5) / side
        for column in range(side):
            x = 2 * (column + 0.5) / side - 1
            reach = x * x + y * y
            if reach >= 1:
                length = math.sqrt(reach)
                data.append(_lambert(x / length, y / length, 0, towards))
            else:
                data.append(_lambert(x, y, math.sqrt(1 - reach), towards))
    tone = Image.new("L", (side, side))
    tone.putdata(data)
    return tone


def turned_tone(outline: Sequence[Point], size: tuple[int, int], light: Light) -> Image.Image:
    """A body turned on a lathe, as large as its bounding box (pixels)."""
    left, right = min(p[0] for p in outline), max(p[0] for p in outline)
    top, bottom = min(p[1] for p in outline), max(p[1] for p in outline)
    rows, columns = 64, 48
    centre, height = (left + right) / 2, (bottom - top) or 1.0
    radii = _radii(outline, centre, top, height, rows)
    towards = _direction(light.x, light.height)
    widest = (right - left) / 2 or 1.0
    data = []
    for row in range(rows):
        above, below = radii[max(0, row - 2)], radii[min(rows - 1, row + 2)]
        slope = (below - above) / (height * 4 / rows)  # positive: the body widens downwards, so it looks up
        ny = slope / math.hypot(1, slope)
        level = math.sqrt(max(0.0, 1 - ny * ny))
        radius = max(radii[row], widest * 0.02)
        for column in range(columns):
            x = (2 * (column + 0.5) / columns - 1) * widest / radius
            x = max(-0.995, min(0.995, x))
            data.append(_lambert(x * level, ny, math.sqrt(1 - x * x) * level, towards))
    tone = Image.new("L", (columns, rows))
    tone.putdata(data)
    return tone.filter(ImageFilter.GaussianBlur(0.8)).resize(size, Image.Resampling.BICUBIC)


def _radii(outline: Sequence[Point], centre: float, top: float, height: float, rows: int) -> list[float]:
    reach = [0.0] * rows
    count = len(outline)
    for index in range(count):
        (x0, y0), (x1, y1) = outline[index], outline[(index + 1) % count]
        first, last = sorted(((y0 - top) / height * (rows - 1), (y1 - top) / height * (rows - 1)))
        for row in range(max(0, math.floor(first)), min(rows - 1, math.ceil(last)) + 1):
            span = (y1 - y0) / height * (rows - 1)
            share = 0.5 if abs(span) < 1e-6 else min(1.0, max(0.0, (row - (y0 - top) / height * (rows - 1)) / span))
            reach[row] = max(reach[row], abs(x0 + (x1 - x0) * share - centre))
    return reach


def soft_tone(cover: Image.Image, light: Light, *, depth: float = 1.0) -> Image.Image:
    """A shape blown up like a cushion: its blurred mask taken as a height and lit from the side."""
    width, height = cover.size
    factor = max(1, round(max(width, height) / 170))
    small = cover.reduce(factor) if factor > 1 else cover
    reach = min(small.size)
    border = max(2, round(reach * 0.36))
    small = ImageOps.expand(small, border, 0)
    tone = Image.new("L", small.size, BASE_TONE - 2)
    towards = _direction(light.x, light.height)
    for share, gain in ((0.34, 0.75), (0.16, 0.5), (0.06, 0.3)):
        radius = max(0.8, reach * share)
        high = small.filter(ImageFilter.GaussianBlur(radius))
        step = max(1, round(radius * 0.6))
        dx, dy = round(towards[0] * step * 1.3), round(-towards[1] * step)
        slope = ImageChops.subtract(_pushed(high, dx, dy), _pushed(high, -dx, -dy), 1 / (gain * depth), 128)
        tone = ImageChops.add(tone, slope.filter(ImageFilter.GaussianBlur(1.5)), 1, -128)
    inner = tone.crop((border, border, tone.width - border, tone.height - border))
    return inner.resize((inner.width * factor, inner.height * factor), Image.Resampling.BICUBIC).crop(
        (0, 0, width, height)
    )


def _pushed(image: Image.Image, dx: int, dy: int) -> Image.Image:
    return ImageChops.offset(image, dx, dy)


def tone_stops(colour: Colour, light: Light, surface: Surface, *, strength: float = 1.0) -> list[tuple[int, Colour]]:
    """The colours of a body from its deep shade to its highlight."""
    if surface is Surface.GLOWING:
        return [(0, shift(colour, light=-0.03)), (BASE_TONE, colour), (255, mix(colour, (255, 255, 250), 0.55))]
    deep = mix(multiply(colour, light.shade), shift(colour, light=-0.3), 0.35)
    half = mix(colour, multiply(colour, light.shade), 0.5)
    bright = mix(colour, multiply(light.colour, mix(colour, (255, 255, 255), 0.35)), 0.7)
    high = mix(bright, light.colour, 0.6 if surface is Surface.GLOSSY else 0.28)
    if strength < 1:
        deep, half, bright, high = (mix(colour, tone, strength) for tone in (deep, half, bright, high))
    return [(0, deep), (80, half), (BASE_TONE, colour), (212, bright), (255, high)]
