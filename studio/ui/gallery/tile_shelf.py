"""Tiles of images that were painted lately: making one takes longer than painting it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from studio.ui.gallery.live import tile_of_image

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.jobs import ImageRecord
    from studio.ui.gallery.stored_rows import StackMark
    from studio.ui.gallery.tile import Tile

_KEPT = 6_000


class TileShelf:
    """One for each list of images. A record that was read anew makes a new tile."""

    def __init__(self) -> None:
        self.specs: Mapping[str, ProviderSpec] = {}
        """Providers by id; `clear` after a change."""
        self._tiles: dict[int, tuple[ImageRecord, Tile]] = {}

    def tile_of(self, image: ImageRecord, mark: StackMark | None) -> Tile:
        """`mark`: its stack of near-duplicates, if it is in one."""
        known = self._tiles.get(image.id)
        if known is not None and known[0] is image:
            return known[1]
        tile = tile_of_image(image, self.specs)
        if mark is not None:
            tile = tile.changed(stack_size=mark.size, stack_place=mark.place)
        if len(self._tiles) > _KEPT:
            self._tiles.clear()
        self._tiles[image.id] = (image, tile)
        return tile

    def forget(self, image_ids: Iterable[int]) -> None:
        """Their stack was opened or closed."""
        for one in image_ids:
            self._tiles.pop(one, None)

    def clear(self) -> None:
        self._tiles.clear()
