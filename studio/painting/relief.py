"""Folded surfaces (silk, sand, marble) as a height field lit from the side."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageFilter, ImageMath

from studio.painting.dice import dice
from studio.painting.scene import Folds, Light, Relief

_GRID = 200  # samples along the longer side: folds are wide, so bicubic enlargement stays smooth


def _waves(rng: random.Random, count: int, low: float, high: float) -> list[tuple[float, float, float]]:
    waves = []
    for _ in range(count):
        angle, size = rng.uniform(0, math.tau), rng.uniform(low, high)
        waves.append((math.cos(angle) * size, math.sin(angle) * size, rng.uniform(0, math.tau)))
    return waves


def _height(folds: Folds, rng: random.Random, width: float, height: float) -> tuple[list[float], int, int]:
    """Height samples (about -1..1) over a grid of the scene, and the grid's width and height."""
    longest = max(width, height)
    columns, rows = max(24, round(_GRID * width / longest)), max(24, round(_GRID * height / longest))
    warp_x, warp_y = _waves(rng, 3, 1.8, 4.6), _waves(rng, 3, 1.8, 4.6)
    fine_x, fine_y = _waves(rng, 2, 6.0, 10.0), _waves(rng, 2, 6.0, 10.0)
    angle = rng.uniform(-0.5, 0.5) + (0.15 if folds.relief is Relief.SAND else rng.choice((0.6, -0.6)))
    c, s = math.cos(angle), math.sin(angle)
    pull, fine = (0.1, 0.02) if folds.relief is Relief.SAND else (0.17, 0.04)
    pitch = folds.scale * (9.0 if folds.relief is Relief.SAND else 5.6)
    sin = math.sin
    samples: list[float] = []
    for row in range(rows):
        y0 = row / (rows - 1) * height
        for column in range(columns):
            x0 = column / (columns - 1) * width
            x = x0 + pull * sum(sin(a * x0 + b * y0 + p) for a, b, p in warp_x)
            y = y0 + pull * sum(sin(a * x0 + b * y0 + p) for a, b, p in warp_y)
            x1 = x + fine * sum(sin(a * x + b * y + p) for a, b, p in fine_x)
            y1 = y + fine * sum(sin(a * x + b * y + p) for a, b, p in fine_y)
            phase = (x1 * s + y1 * c) * pitch * math.pi
            wave = sin(phase)
            if folds.relief is Relief.SAND:
                wave = sin(phase + 0.7 * sin(phase + 0.6))
            samples.append(wave + 0.35 * sin(phase * 0.43 + 2.1 * x1))
    return samples, columns, rows


def folded_tone(
    folds: Folds, light: Light, width: float, height: float, size: tuple[int, int]
) -> tuple[Image.Image, Image.Image]:
    """Light tone (0..255) and height (0..255) of the folds, as large as ``size``."""
    rng = dice("folds", folds.seed)
    samples, columns, rows = _height(folds, rng, width, height)
    field = Image.new("F", (columns, rows))
    field.putdata(samples)
    step = max(1, round(max(size) / 340))
    roomy = field.resize((size[0] + 2 * step, size[1] + 2 * step), Image.Resampling.BICUBIC)
    inner = (step, step, step + size[0], step + size[1])
    large = roomy.crop(inner)
    across = -step if light.x > 0 else step
    behind = ImageChops.offset(roomy, across, step).crop(inner)
    gain = 1700 * max(size) / 1024 / step / folds.scale * (0.55 if folds.relief is Relief.SAND else 1.0)
    sharp = ImageMath.lambda_eval(lambda a: (a["f"] - a["b"]) * gain + 134, f=large, b=behind)
    level = ImageMath.lambda_eval(lambda a: a["f"] * 88 + 128, f=large)
    tone = _eight_bit(sharp)
    return tone.filter(ImageFilter.GaussianBlur(max(size) / 900)), _eight_bit(level)


def _eight_bit(image: Image.Image) -> Image.Image:
    limited: Image.Image = ImageMath.lambda_eval(lambda a: a["min"](a["max"](a["f"], 0), 255), f=image)
    eight_bit: Image.Image = limited.convert("L")
    return eight_bit
