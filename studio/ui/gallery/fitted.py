"""Pictures in the size in which tiles show them: scaled and rounded on a thread, kept up to a limit in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QImage, QPainter, QPixmap

from studio.ui.theme import Radius
from studio.ui.thread_gate import ThreadGate

LIMIT_BYTES = 56 * 1024 * 1024
_AT_ONCE = 4
_WAITING_MOST = 200
"""Older wishes are of places that were scrolled past; who still shows them asks again when it paints."""


class Place(NamedTuple):
    """A picture in one size: which one, device pixels, and the ratio of these to logical ones."""

    blob: str
    bucket: int
    width: int
    height: int
    ratio: float


class FittedPictures(QObject):
    """`pixmap` answers at once, or None and later `ready` with the place. Scaling 50 pictures would be felt."""

    ready = Signal(object)
    _made = Signal(object, QImage)

    def __init__(self, pool: ThreadPoolExecutor, gate: ThreadGate, parent: QObject) -> None:
        super().__init__(parent)
        self._pool, self._gate = pool, gate
        self._pixmaps: OrderedDict[Place, QPixmap] = OrderedDict()
        self._size_bytes = 0
        self._wanted: OrderedDict[Place, QPixmap] = OrderedDict()
        self._under_way: set[Place] = set()
        self._feeder = QTimer(self)  # threads that begin while a view paints would keep it from Python's lock
        self._feeder.setSingleShot(True)
        self._feeder.setInterval(0)
        self._feeder.timeout.connect(self._feed)
        self._made.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def size_bytes(self) -> int:
        return self._size_bytes

    def pixmap(self, place: Place, source: QPixmap) -> QPixmap | None:
        """`source` in that size, if it is there; otherwise it is made and `ready` tells when."""
        found = self._pixmaps.get(place)
        if found is not None:
            self._pixmaps.move_to_end(place)
            return found
        if place not in self._under_way:
            self._wanted[place] = source
            self._wanted.move_to_end(place)
            if len(self._wanted) > _WAITING_MOST:
                self._wanted.popitem(last=False)
            self._feeder.start()
        return None

    def close(self) -> None:
        """Nothing is made any more."""
        self._wanted.clear()

    def _feed(self) -> None:
        while self._wanted and len(self._under_way) < _AT_ONCE:
            place, source = self._wanted.popitem()
            self._under_way.add(place)
            try:
                self._pool.submit(_fit, source.toImage(), place, self._tell)
            except RuntimeError:  # the pool is closed: the window is going away
                return

    def _tell(self, place: Place, image: QImage) -> None:
        """From a thread of the pool."""
        self._gate.tell(lambda: self._made.emit(place, image))

    def _arrived(self, place: Place, image: QImage) -> None:
        self._under_way.discard(place)
        made = QPixmap.fromImage(image)
        made.setDevicePixelRatio(place.ratio)
        self._pixmaps[place] = made
        self._size_bytes += place.width * place.height * 4
        while self._size_bytes > LIMIT_BYTES and len(self._pixmaps) > 1:
            oldest, _ = self._pixmaps.popitem(last=False)
            self._size_bytes -= oldest.width * oldest.height * 4
        self.ready.emit(place)
        if self._wanted:
            self._feeder.start()


def _fit(source: QImage, place: Place, tell: Callable[[Place, QImage], None]) -> None:
    """Qt's image and painter on a thread of the pool; they touch no widget."""
    made = QImage(place.width, place.height, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
    scale_x, scale_y = place.width / source.width(), place.height / source.height()
    painter.scale(scale_x, scale_y)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(source))
    radius = Radius.IMAGE * place.ratio
    painter.drawRoundedRect(QRectF(0, 0, source.width(), source.height()), radius / scale_x, radius / scale_y)
    painter.end()
    tell(place, made)
