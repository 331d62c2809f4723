"""Folded surfaces (silk, sand, marble) as a height field lit from the side."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageFilter, ImageMath

from studio.painting.dice import dice
from studio.painting.scene import Folds, Light, Relief

_GRID = 168  # samples along the longer side: folds are wide, so bicubic enlargement stays smooth


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
    warp_x, warp_y = _waves(rng, 3, 1.2, 3.4), _waves(rng, 3, 1.2, 3.4)
    fine_x, fine_y = _waves(rng, 2, 4.0, 7.5), _waves(rng, 2, 4.0, 7.5)
    angle = rng.uniform(-0.5, 0.5) + (0.15 if folds.relief is Relief.SAND else rng.choice((0.6, -0.6)))
    c, s = math.cos(angle), math.sin(angle)
    pull, fine = (0.12, 0.035) if folds.relief is Relief.SAND else (0.34, 0.085)
    pitch = folds.scale * (4.2 if folds.relief is Relief.SAND else 2.3)
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
                wave = 2 * (abs((phase / math.tau) % 1 - 0.62) / 0.62) ** 0.8 - 1
            samples.append(wave + 0.35 * sin(phase * 0.43 + 2.1 * x1))
    return samples, columns, rows


def folded_tone(folds: Folds, light: Light, width: float, height: float, size: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    """Light tone (0..255) and height (0..255) of the folds, as large as ``size``."""
    rng = dice("folds", folds.seed)
    samples, columns, rows = _height(folds, rng, width, height)
    field = Image.new("F", (columns, rows))
    field.putdata(samples)
    large = field.resize(size, Image.Resampling.BICUBIC)
    step = max(1, round(max(size) / 340))
    across = -step if light.x > 0 else step
    behind = ImageChops.offset(large, across, step)
    gain = 64 * max(size) / 1024 / step * 2.1 / (folds.scale ** 0.5)
    sharp = ImageMath.lambda_eval(lambda a: (a["f"] - a["b"]) * gain * 3 + 134, f=large, b=behind)
    level = ImageMath.lambda_eval(lambda a: a["f"] * 92 + 128, f=large)
    tone = _eight_bit(sharp)
    return tone.filter(ImageFilter.GaussianBlur(max(size) / 900)), _eight_bit(level)


def _eight_bit(image: Image.Image) -> Image.Image:
    limited = ImageMath.lambda_eval(lambda a: a["min"](a["max"](a["f"], 0), 255), f=image)
    return limited.convert("L")
