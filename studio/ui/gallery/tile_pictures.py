"""The layers of a tile's picture: the best there is at once, cross-fading while previews get better."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPixmap

from studio.ui.gallery.fitted import Place
from studio.ui.gallery.thumbnails import Key, ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.theme import Duration, active

_FADES_KEPT = 64


class TilePictures:
    """Between the thumbnail cache and the painter. Nothing here reads a file or scales a picture well."""

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        self._thumbnails = thumbnails
        self._last: OrderedDict[str, tuple[Key, QPixmap]] = OrderedDict()
        self._fades: dict[str, tuple[QPixmap, float]] = {}

    @property
    def fading(self) -> bool:
        """Whether a picture is on its way to a better one: paint again soon."""
        ends = monotonic() - Duration.CROSS_FADE / 1000
        return any(since >= ends for _, since in self._fades.values())

    def fading_tiles(self) -> set[str]:
        """The keys of the tiles last painted with two pictures: also when the time is over, they need a last paint."""
        return set(self._fades)

    def layers(self, tile: Tile, key: Key, size: QSizeF, ratio: float) -> list[tuple[QPixmap, float]]:
        """What to draw, from the lowest layer up, each with its opacity; empty while there is nothing to show."""
        source = self._thumbnails.pixmap(key)
        if source is not None:
            width, height = max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio))
            fitting = self._thumbnails.fitted.pixmap(Place(*key, width, height, ratio), source)
            if fitting is not None:
                return self._faded(tile, key, fitting) if tile.partial_path else [(fitting, 1.0)]
        earlier = self._last.get(tile.key)
        if earlier is not None and tile.partial_path:
            return [(earlier[1], 1.0)]
        if source is None and key[1]:
            source = self._thumbnails.nearest(*key)
        return [(source, 1.0)] if source is not None else []

    def _faded(self, tile: Tile, key: Key, pixmap: QPixmap) -> list[tuple[QPixmap, float]]:
        earlier = self._last.get(tile.key)
        if earlier is not None and earlier[0] != key and not active().reduced_motion:
            self._fades[tile.key] = (earlier[1], monotonic())
        self._last[tile.key] = (key, pixmap)
        self._last.move_to_end(tile.key)
        while len(self._last) > _FADES_KEPT:
            gone, _ = self._last.popitem(last=False)
            self._fades.pop(gone, None)
        fade = self._fades.get(tile.key)
        if fade is None:
            return [(pixmap, 1.0)]
        part = (monotonic() - fade[1]) * 1000 / Duration.CROSS_FADE
        if part >= 1:
            del self._fades[tile.key]
            return [(pixmap, 1.0)]
        return [(fade[0], 1.0), (pixmap, part)]
