"""Pictures in the size in which tiles show them: scaled and rounded once, cross-fading while previews get better."""

from __future__ import annotations

from collections import OrderedDict
from time import monotonic

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap

from studio.ui.gallery.thumbnails import Key, ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.theme import Duration, Radius, active

LIMIT_BYTES = 40 * 1024 * 1024
_FADES_KEPT = 64


class TilePictures:
    """Between the thumbnail cache and the painter. Nothing here reads a file."""

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        self._thumbnails = thumbnails
        self._scaled: OrderedDict[tuple[Key, int, int], QPixmap] = OrderedDict()
        self._size_bytes = 0
        self._last: OrderedDict[str, tuple[Key, QPixmap]] = OrderedDict()
        self._fades: dict[str, tuple[QPixmap, float]] = {}

    @property
    def fading(self) -> bool:
        """Whether a picture is on its way to a better one: paint again soon."""
        return bool(self._fades)

    def layers(self, tile: Tile, key: Key, size: QSizeF, ratio: float) -> list[tuple[QPixmap, float]]:
        """What to draw, from the lowest layer up, each with its opacity; empty while there is nothing to show."""
        source = self._thumbnails.pixmap(key)
        if source is not None:
            pixmap = self._fitting(key, source, size, ratio)
            return self._faded(tile, key, pixmap) if tile.partial_path else [(pixmap, 1.0)]
        earlier = self._last.get(tile.key)
        if earlier is not None and tile.partial_path:
            return [(earlier[1], 1.0)]
        source = self._thumbnails.nearest(*key) if key[1] else None
        return [(self._rounded(source, size, ratio), 1.0)] if source is not None else []

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

    def _fitting(self, key: Key, source: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
        place = (key, round(size.width() * ratio), round(size.height() * ratio))
        found = self._scaled.get(place)
        if found is not None:
            self._scaled.move_to_end(place)
            return found
        made = self._rounded(source, size, ratio)
        self._scaled[place] = made
        self._size_bytes += _bytes_of(made)
        while self._size_bytes > LIMIT_BYTES and len(self._scaled) > 1:
            _, oldest = self._scaled.popitem(last=False)
            self._size_bytes -= _bytes_of(oldest)
        return made

    @staticmethod
    def _rounded(source: QPixmap, size: QSizeF, ratio: float) -> QPixmap:
        pixels = QSize(max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)))
        made = QPixmap(pixels)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        scale_x, scale_y = pixels.width() / source.width(), pixels.height() / source.height()
        painter.scale(scale_x, scale_y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(source))
        radius = Radius.IMAGE * ratio
        painter.drawRoundedRect(QRectF(0, 0, source.width(), source.height()), radius / scale_x, radius / scale_y)
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
