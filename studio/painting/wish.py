"""What a caller asks the painter for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Colour = tuple[int, int, int]


class PaintStyle(StrEnum):
    """The three drawing styles; the values are the Demo provider's model names."""

    PAINTER = "demo-painter"
    POSTER = "demo-poster"
    PAPERCUT = "demo-papercut"


SMALLEST_SIDE_PX = 16
LARGEST_SIDE_PX = 8192


@dataclass(frozen=True, slots=True)
class PaintWish:
    """One picture to paint.

    ``width`` and ``height`` are pixels. ``reference_palettes`` holds one palette per reference image,
    dominant colour first, as sRGB triples of 0..255. Equal wishes give equal pixels on every machine.

    Raises ValueError when a side is outside 16..8192 px.
    """

    prompt: str
    negative_prompt: str = ""
    style_words: str = ""
    seed: int = 0
    width: int = 1024
    height: int = 1024
    paint_style: PaintStyle = PaintStyle.PAINTER
    reference_palettes: tuple[tuple[Colour, ...], ...] = ()

    def __post_init__(self) -> None:
        for side in (self.width, self.height):
            if not SMALLEST_SIDE_PX <= side <= LARGEST_SIDE_PX:
                raise ValueError(f"a side of {side} px is outside {SMALLEST_SIDE_PX}..{LARGEST_SIDE_PX} px")
