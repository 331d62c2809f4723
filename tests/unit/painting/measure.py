"""Figures about pictures that the tests compare."""

from __future__ import annotations

import colorsys
from collections.abc import Callable

from PIL import Image, ImageChops, ImageFilter, ImageStat

from studio.painting import PaintStyle, PaintWish, paint


def painted(prompt: str, **facts: object) -> Image.Image:
    """A small picture of the prompt."""
    wish: dict[str, object] = {"seed": 7, "width": 256, "height": 256, "paint_style": PaintStyle.PAINTER, **facts}
    return paint(PaintWish(prompt, **wish))  # type: ignore[arg-type]  # facts are checked by the call itself


def difference(one: Image.Image, two: Image.Image) -> float:
    """Mean difference of all channels, 0..255, of the softened pictures, so that grain alone counts for nothing."""
    soft = [image.convert("RGB").filter(ImageFilter.GaussianBlur(3)) for image in (one, two)]
    return sum(ImageStat.Stat(ImageChops.difference(soft[0], soft[1])).mean) / 3


def share(image: Image.Image, matches: Callable[[float, float, float], bool]) -> float:
    """The share of pixels whose (hue 0..1, saturation, value) match."""
    data = image.convert("RGB").filter(ImageFilter.GaussianBlur(1.5)).resize((96, 96)).tobytes()
    pixels = [data[index : index + 3] for index in range(0, len(data), 3)]
    hits = sum(matches(*colorsys.rgb_to_hsv(*(channel / 255 for channel in pixel))) for pixel in pixels)
    return hits / len(pixels)


def is_red(hue: float, saturation: float, value: float) -> bool:
    """Clearly red."""
    return (hue < 0.035 or hue > 0.955) and saturation > 0.5 and value > 0.3


def is_green(hue: float, saturation: float, value: float) -> bool:
    """Clearly green."""
    return 0.25 < hue < 0.48 and saturation > 0.25 and value > 0.15


def edge_energy(image: Image.Image) -> float:
    """How much fine detail a picture has."""
    return sum(ImageStat.Stat(image.convert("L").filter(ImageFilter.FIND_EDGES)).mean)
