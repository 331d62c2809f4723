"""A sheet of pixels addressed in scene units, with antialiased masks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from studio.painting.colour import ramp
from studio.painting.geometry import Outline, bounds
from studio.painting.wish import Colour

SUPERSAMPLING: Final = 3


@dataclass(frozen=True, slots=True)
class Mask:
    """An 8-bit coverage image and where its upper left corner lies on the sheet (pixels)."""

    cover: Image.Image
    left: int
    top: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.cover.size

    def scaled(self, strength: float) -> Mask:
        """The same mask at a fraction of its strength."""
        return Mask(self.cover.point([min(255, round(value * strength)) for value in range(256)]), self.left, self.top)

    def times(self, other: Image.Image) -> Mask:
        """The mask multiplied with a coverage image of its own size."""
        return Mask(ImageChops.multiply(self.cover, other), self.left, self.top)


class Canvas:
    """An RGB sheet of ``width`` x ``height`` pixels, ``scale`` pixels per unit."""

    def __init__(self, width: int, height: int, scale: float, ground: Colour) -> None:
        self.width, self.height, self.scale = width, height, scale
        self.image = Image.new("RGB", (width, height), ground)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.width, self.height

    def px(self, units: float) -> float:
        """Units to pixels."""
        return units * self.scale

    def mask(
        self,
        outlines: Iterable[Sequence[tuple[float, float]]],
        holes: Iterable[Outline] = (),
        *,
        blur: float = 0.0,
        offset: tuple[float, float] = (0.0, 0.0),
        margin: float = 0.0,
    ) -> Mask | None:
        """Coverage of the outlines without the holes, blurred by ``blur`` units; None when nothing lies on the sheet.

        ``margin`` keeps that much (units) of what lies beyond the sheet, for effects that look at the neighbourhood.
        """
        drawn = [outline for outline in outlines if len(outline) > 2]
        if not drawn:
            return None
        left, top, right, bottom = bounds(drawn)
        radius = self.px(blur)
        pad = math.ceil(radius * 2.6) + 1
        beyond = pad + math.ceil(self.px(margin))
        dx, dy = self.px(offset[0]), self.px(offset[1])
        x0, y0 = max(-beyond, math.floor(self.px(left) + dx) - pad), max(-beyond, math.floor(self.px(top) + dy) - pad)
        x1 = min(self.width + beyond, math.ceil(self.px(right) + dx) + pad)
        y1 = min(self.height + beyond, math.ceil(self.px(bottom) + dy) + pad)
        if x1 - x0 < 1 or y1 - y0 < 1:
            return None
        factor = SUPERSAMPLING if radius < 2 else 1
        big = Image.new("L", ((x1 - x0) * factor, (y1 - y0) * factor), 0)
        draw = ImageDraw.Draw(big)
        for group, value in ((drawn, 255), (list(holes), 0)):
            for outline in group:
                if len(outline) > 2:
                    draw.polygon(
                        [
                            ((self.scale * x + dx - x0) * factor, (self.scale * y + dy - y0) * factor)
                            for x, y in outline
                        ],
                        fill=value,
                    )
        cover = big.reduce(factor) if factor > 1 else big
        if radius > 0.3:
            cover = soften(cover, radius)
        return Mask(cover, x0, y0)

    def fill(self, mask: Mask | None, paint: Colour | Image.Image) -> None:
        """Lays a colour, or an image of the mask's size, on the sheet."""
        if mask is None:
            return
        if isinstance(paint, Image.Image):
            self.image.paste(paint, (mask.left, mask.top), mask.cover)
            return
        width, height = mask.size
        self.image.paste(paint, (mask.left, mask.top, mask.left + width, mask.top + height), mask.cover)

    def region(self, mask: Mask) -> Image.Image:
        """What lies under the mask now; beyond the sheet it is black."""
        width, height = mask.size
        return self.image.crop((mask.left, mask.top, mask.left + width, mask.top + height))

    def multiply(self, mask: Mask | None, colour: Colour) -> None:
        """Darkens by a filter colour where the mask covers."""
        if mask is not None:
            here = self.region(mask)
            self.fill(mask, ImageChops.multiply(here, Image.new("RGB", here.size, colour)))

    def screen(self, mask: Mask | None, colour: Colour) -> None:
        """Lightens with a light of that colour where the mask covers."""
        if mask is not None:
            here = self.region(mask)
            self.fill(mask, ImageChops.screen(here, Image.new("RGB", here.size, colour)))


def soften(cover: Image.Image, radius: float) -> Image.Image:
    """A Gaussian blur; wide ones work on a smaller copy, which looks the same and is quick."""
    factor = int(min(8, radius // 4))
    if factor < 2 or min(cover.size) < factor * 4:
        return cover.filter(ImageFilter.GaussianBlur(radius))
    small = cover.reduce(factor).filter(ImageFilter.GaussianBlur(radius / factor))
    return small.resize(cover.size, Image.Resampling.BICUBIC)


def gradient(size: tuple[int, int], stops: Sequence[Colour], *, sideways: bool = False) -> Image.Image:
    """Evenly spaced colour stops from top to bottom (or from left to right)."""
    samples = 96
    strip = Image.new("RGB", (samples, 1) if sideways else (1, samples))
    strip.putdata([ramp(stops, index / (samples - 1)) for index in range(samples)])
    return strip.resize(size, Image.Resampling.BICUBIC)


def fade(size: tuple[int, int], values: Sequence[int]) -> Image.Image:
    """Evenly spaced coverage values from top to bottom."""
    strip = Image.new("L", (1, len(values)))
    strip.putdata(list(values))
    return strip.resize(size, Image.Resampling.BICUBIC)
