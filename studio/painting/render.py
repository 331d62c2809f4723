"""From a wish to pixels: working size, style, enlargement, grain."""

from __future__ import annotations

from typing import Final

from PIL import Image

from studio.painting.canvas import Canvas
from studio.painting.compose import compose
from studio.painting.dice import dice
from studio.painting.easel import Easel
from studio.painting.painter import Painter
from studio.painting.papercut import Papercut
from studio.painting.poster import Poster
from studio.painting.texture import film_grain
from studio.painting.wish import PaintStyle, PaintWish

LONGEST_WORKING_SIDE_PX: Final = 1536
SHORTEST_WORKING_SIDE_PX: Final = 320

_EASELS: Final[dict[PaintStyle, type[Easel]]] = {
    PaintStyle.PAINTER: Painter,
    PaintStyle.POSTER: Poster,
    PaintStyle.PAPERCUT: Papercut,
}
_GRAIN: Final[dict[PaintStyle, float]] = {PaintStyle.PAINTER: 0.85, PaintStyle.POSTER: 0.45, PaintStyle.PAPERCUT: 0.4}


def _working_size(width: int, height: int) -> tuple[int, int]:
    longest, shortest = max(width, height), min(width, height)
    factor = 1.0
    if longest > LONGEST_WORKING_SIDE_PX:
        factor = LONGEST_WORKING_SIDE_PX / longest
    elif shortest < SHORTEST_WORKING_SIDE_PX:
        factor = min(SHORTEST_WORKING_SIDE_PX / shortest, LONGEST_WORKING_SIDE_PX / longest)
    return max(8, round(width * factor)), max(8, round(height * factor))


def paint(wish: PaintWish) -> Image.Image:
    """Paints the wish: an RGB picture of exactly its size (RGBA when the words ask for a transparent background)."""
    scene = compose(wish)
    width, height = _working_size(wish.width, wish.height)
    canvas = Canvas(width, height, min(width, height), scene.paper)
    image = _EASELS[wish.paint_style](scene, canvas).paint()
    if image.size != (wish.width, wish.height):
        image = image.resize((wish.width, wish.height), Image.Resampling.LANCZOS)
    return film_grain(image, _GRAIN[wish.paint_style], dice("grain", wish.seed))
