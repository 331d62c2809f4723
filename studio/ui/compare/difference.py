"""The difference of two images, as large as the screen shows it, made on a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter

_BAND_PX = 96
"""Drawing holds Python: in bands, so that the window never waits for more than one of them."""

Part = tuple[QImage, QRectF, QRectF, tuple[int, int]]
"""Pixels, the area of the image they stand for, where the whole image lies (logical), and the image's size."""


@dataclass(frozen=True, slots=True)
class DifferenceWish:
    """What to make; `size` in device pixels."""

    parts: tuple[Part, ...]
    size: tuple[int, int]
    pixel_ratio: float
    gain: int
    grey: bool
    mirrored: bool
    surround: str

    def key(self) -> tuple[object, ...]:
        """Equal for wishes with the same picture."""
        parts = tuple((p[0].cacheKey(), p[1].getRect(), p[2].getRect()) for p in self.parts)
        return (parts, self.size, self.pixel_ratio, self.gain, self.grey, self.mirrored, self.surround)


class DifferenceMaker(QObject):
    """`picture` gives the newest there is, which may still be that of an earlier wish; `ready` tells of a newer one."""

    ready = Signal()
    _made = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio-difference")
        self._made.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._key: tuple[object, ...] | None = None
        self._image: QImage | None = None
        self._under_way: tuple[object, ...] | None = None
        self._next: DifferenceWish | None = None
        pool = self._pool
        self.destroyed.connect(lambda _object=None: pool.shutdown(wait=False, cancel_futures=True))

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being made."""
        return self._under_way is not None

    def picture(self, wish: DifferenceWish) -> QImage | None:
        key = wish.key()
        if key not in {self._key, self._under_way}:
            if self._under_way is None:
                self._start(wish)
            else:
                self._next = wish
        return self._image

    def _start(self, wish: DifferenceWish) -> None:
        self._under_way = wish.key()
        self._pool.submit(self._work, wish)

    def _work(self, wish: DifferenceWish) -> None:
        try:
            self._made.emit(wish.key(), difference(wish))
        except RuntimeError:  # the table is gone
            return

    def _arrived(self, key: tuple[object, ...], image: QImage) -> None:
        self._key, self._image, self._under_way = key, image, None
        wish, self._next = self._next, None
        if wish is not None and wish.key() != key:
            self._start(wish)
        self.ready.emit()


def difference(wish: DifferenceWish) -> QImage:
    """The absolute difference where both images are, times the gain; the surround elsewhere."""
    width, height = wish.size
    result = QImage(width, height, QImage.Format.Format_RGB32)
    result.fill(QColor(wish.surround))
    both = wish.parts[0][2].intersected(wish.parts[1][2])
    ratio = wish.pixel_ratio
    shown = QRectF(both.left() * ratio, both.top() * ratio, both.width() * ratio, both.height() * ratio)
    room = shown.toAlignedRect().intersected(result.rect())
    top = room.top()
    while top < room.top() + room.height() and room.width() > 0:
        high = min(_BAND_PX, room.top() + room.height() - top)
        band = _band(wish, room.left(), top, room.width(), high)
        painter = QPainter(result)
        painter.drawImage(room.left(), top, band)
        painter.end()
        top += high
    return result


def _band(wish: DifferenceWish, left: int, top: int, width: int, height: int) -> QImage:
    band = QImage(width, height, QImage.Format.Format_RGB32)
    band.fill(Qt.GlobalColor.black)
    painter = QPainter(band)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, part in enumerate(wish.parts):
        if number:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        _draw(painter, part, wish, QRectF(left, top, width, height))
    painter.end()
    if wish.grey:
        band = band.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    if wish.gain > 1:
        single = band.copy()
        painter = QPainter(band)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        for _ in range(wish.gain - 1):
            painter.drawImage(0, 0, single)
        painter.end()
    return band


def _draw(painter: QPainter, part: Part, wish: DifferenceWish, band: QRectF) -> None:
    pixels, area, target, (image_width, image_height) = part
    ratio = wish.pixel_ratio
    whole = QRectF(target.left() * ratio, target.top() * ratio, target.width() * ratio, target.height() * ratio)
    across, down = whole.width() / image_width, whole.height() / image_height
    place = QRectF(
        whole.left() + area.left() * across,
        whole.top() + area.top() * down,
        area.width() * across,
        area.height() * down,
    )
    seen = band.intersected(place)
    if seen.isEmpty():
        return
    painter.save()
    painter.setClipRect(QRectF(0, 0, band.width(), band.height()))
    painter.translate(-band.left(), -band.top())
    if wish.mirrored:
        painter.translate(2 * whole.center().x(), 0)
        painter.scale(-1, 1)
    painter.drawImage(place, pixels, QRectF(pixels.rect()))
    painter.restore()
