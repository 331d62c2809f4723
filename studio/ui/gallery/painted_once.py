"""Small pictures that look alike in many cells, painted once and kept: boxes, captions, badges."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.ui.theme import active

LIMIT_BYTES = 32 * 1024 * 1024
"""Of one `PaintedOnce`; more than the cells of a 4K screen show at once."""


def on_pixels(box: QRectF, ratio: float) -> QRectF:
    """`box` with its edges on the nearest device pixels, for painters that are not scaled."""
    left, top = round(box.left() * ratio) / ratio, round(box.top() * ratio) / ratio
    return QRectF(left, top, round(box.right() * ratio) / ratio - left, round(box.bottom() * ratio) / ratio - top)


class PaintedOnce:
    """`draw` copies a picture that was painted before, or paints it. A change of theme or text size forgets all."""

    def __init__(self) -> None:
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._look: tuple[object, ...] = ()
        self.size_bytes = 0

    def draw(
        self, painter: QPainter, box: QRectF, key: Hashable, paint: Callable[[QPainter, QRectF], None], ratio: float
    ) -> None:
        """Put what `paint(painter, box at 0, 0)` draws into `box`, whose edges are `on_pixels` of this ratio.

        `key` tells all that it depends on, besides the size of `box` and the theme."""
        look = (active().tokens, active().scale_percent, active().chinese)
        if any(now is not before for now, before in zip(look, self._look or (None,) * 3, strict=True)):
            self._pixmaps.clear()
            self.size_bytes = 0
            self._look = look
        width, height = round(box.width() * ratio), round(box.height() * ratio)
        place = (key, width, height, ratio)
        pixmap = self._pixmaps.get(place)
        if pixmap is None:
            pixmap = self._make(box, max(1, width), max(1, height), paint, ratio)
            self._keep(place, pixmap)
        else:
            self._pixmaps.move_to_end(place)
        painter.drawPixmap(box.topLeft(), pixmap)

    def _keep(self, place: Hashable, pixmap: QPixmap) -> None:
        """The newest one stays, whatever it takes; those that were drawn longest ago make room."""
        self._pixmaps[place] = pixmap
        self.size_bytes += _bytes_of(pixmap)
        while self.size_bytes > LIMIT_BYTES and len(self._pixmaps) > 1:
            self.size_bytes -= _bytes_of(self._pixmaps.popitem(last=False)[1])

    @staticmethod
    def _make(box: QRectF, width: int, height: int, paint: Callable[[QPainter, QRectF], None], ratio: float) -> QPixmap:
        pixmap = QPixmap(width, height)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, QRectF(QPointF(0, 0), box.size()))
        painter.end()
        return pixmap


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
