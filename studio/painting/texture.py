"""Grain, plaster, paper fibre and other noise, all from a seeded generator."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter

from studio.painting.wish import Colour


def soft_noise(
    size: tuple[int, int], cells: tuple[float, float], rng: random.Random, *, octaves: int = 4, contrast: float = 1.6
) -> Image.Image:
    """Cloudy noise around 128; ``cells`` says how many lumps lie across and down."""
    result = Image.new("L", size, 128)
    for octave in range(octaves):
        across = max(2, min(size[0], round(cells[0] * 2**octave)))
        down = max(2, min(size[1], round(cells[1] * 2**octave)))
        layer = Image.frombytes("L", (across, down), rng.randbytes(across * down)).resize(
            size, Image.Resampling.BICUBIC
        )
        result = layer if octave == 0 else Image.blend(result, layer, 0.36)
    return result.point(_stretch(contrast))


def _stretch(contrast: float) -> list[int]:
    return [min(255, max(0, round(128 + (value - 128) * contrast))) for value in range(256)]


def grain(size: tuple[int, int], strength: float, rng: random.Random, *, coarse: float = 0.0) -> Image.Image:
    """Film grain around 128 with about ``strength`` levels of deviation; ``coarse`` blurs it by that many pixels."""
    count = size[0] * size[1]
    noise = Image.frombytes("L", size, rng.randbytes(count))
    noise = Image.blend(noise, Image.frombytes("L", size, rng.randbytes(count)), 0.5)
    if coarse > 0:
        noise = noise.filter(ImageFilter.GaussianBlur(coarse))
        strength *= 1 + 2.6 * coarse
    return noise.point(_stretch(strength / 52))


def add_noise(image: Image.Image, noise: Image.Image) -> Image.Image:
    """The image with noise around 128 added to all channels."""
    return ImageChops.add(image, Image.merge("RGB", (noise, noise, noise)), 1, -128)


def tone_lut(stops: Sequence[tuple[int, Colour]]) -> list[list[int]]:
    """Per-channel tables that turn tones 0..255 into colours, linear between (tone, colour) stops."""
    tables: list[list[int]] = []
    for channel in range(3):
        table: list[int] = []
        for value in range(256):
            low = max((stop for stop in stops if stop[0] <= value), default=stops[0], key=lambda stop: stop[0])
            high = min((stop for stop in stops if stop[0] >= value), default=stops[-1], key=lambda stop: stop[0])
            span = high[0] - low[0]
            share = (value - low[0]) / span if span > 0 else 0.0
            table.append(round(low[1][channel] + (high[1][channel] - low[1][channel]) * share))
        tables.append(table)
    return tables


def coloured(tone: Image.Image, stops: Sequence[tuple[int, Colour]]) -> Image.Image:
    """A tone image in colours."""
    tables = tone_lut(stops)
    return Image.merge("RGB", tuple(tone.point(table) for table in tables))


def streaks(
    size: tuple[int, int], rng: random.Random, *, across: float, down: float, contrast: float = 1.8
) -> Image.Image:
    """Noise drawn out sideways: wavelets on water, brushed metal, wood."""
    first = soft_noise(size, (across, down), rng, octaves=2, contrast=contrast)
    return Image.blend(first, soft_noise(size, (across * 2.6, down * 2.3), rng, octaves=1, contrast=contrast), 0.4)


def film_grain(image: Image.Image, strength: float, rng: random.Random) -> Image.Image:
    """Grain at full size: fine, with a coarser second layer. Transparency is left alone."""
    noise = ImageChops.add(
        grain(image.size, 4.6 * strength, rng), grain(image.size, 2.8 * strength, rng, coarse=0.8), 1, -128
    )
    if image.mode == "RGBA":
        alpha = image.getchannel("A")
        image = add_noise(image.convert("RGB"), noise).convert("RGBA")
        image.putalpha(alpha)
        return image
    return add_noise(image, noise)
