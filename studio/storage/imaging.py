"""The door to everything that needs Pillow: it takes 20 ms to load, and no start needs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.domain.assets import ImageFacts

if TYPE_CHECKING:
    from studio.storage.drawing import Drawn
    from studio.storage.thumbnails import Bucket


def read_facts(content: bytes, *, decode: bool = False) -> ImageFacts:
    """See `pixels.read_facts`."""
    from studio.storage import pixels

    return pixels.read_facts(content, decode=decode)


def embedded_prompt(content: bytes) -> str | None:
    """See `pixels.embedded_prompt`."""
    from studio.storage import pixels

    return pixels.embedded_prompt(content)


def cut_grid(content: bytes, columns: int, rows: int, mark: str) -> list[bytes]:
    """See `grids.cut_grid`."""
    from studio.storage import grids

    return grids.cut_grid(content, columns, rows, mark)


def draw(content: bytes, buckets: Sequence[Bucket]) -> Drawn:
    """See `drawing.draw`."""
    from studio.storage import drawing

    return drawing.draw(content, buckets)
