"""Parts of images at exactly the size on the screen, drawn smoothly on a thread: showing one copies pixels, no more.

A smooth stretch of all panes takes longer than a frame may. So a picture that moves to another size is stretched
roughly at once, and replaced as soon as it rests; one that is only shifted keeps its cut, which has a margin."""

from __future__ import annotations

import contextlib
import math
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from studio.ui.compare.levels import Picture

LIMIT_BYTES = 96 * 1024 * 1024
REST_MS = 40
"""A size that lasts this long gets a cut."""
SMOOTH_BELOW = 2.0
"""From two device pixels for one of the image on, its pixels are meant to be seen as squares."""
_BAND_PX = 48
"""Drawing holds Python: in bands, so that the window never waits for more than one of them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Pixels for `room`: device pixels from the corner of the whole image as shown, before it is mirrored."""

    pixels: QImage
    room: QRect
    source: tuple[int, tuple[float, float, float, float]]

    @property
    def size_bytes(self) -> int:
        return self.pixels.sizeInBytes()


@dataclass(frozen=True, slots=True)
class _Look:
    """How an image is shown, whatever part of it: two cuts of one look belong to one drawing."""

    image_id: int
    width: int
    height: int
    """Of the whole image as shown, in device pixels."""
    mirrored: bool
    grey: bool


@dataclass(frozen=True, slots=True)
class _Wish:
    look: _Look
    picture: Picture
    image_width: int
    image_height: int
    room: QRect


class SharpCuts(QObject):
    """`cut` answers at once, with None while there is nothing better than a rough stretch; `ready` when there is."""

    ready = Signal()
    _made = Signal(object, QImage)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio-cuts")
        self._made.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._held: OrderedDict[_Look, Cut] = OrderedDict()
        self._size_bytes = 0
        self._wishes: dict[int, _Wish] = {}
        self._under_way: _Wish | None = None
        self._refused: _Wish | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._feed)

    @property
    def size_bytes(self) -> int:
        """Memory of all cuts held."""
        return self._size_bytes

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be drawn."""
        return bool(self._wishes) or self._under_way is not None

    def cut(  # noqa: PLR0917 - one picture and where it is shown
        self,
        image_id: int,
        picture: Picture,
        image_size: tuple[int, int],
        target: QRectF,
        seen: QRectF,
        pixel_ratio: float,
        *,
        mirrored: bool,
        grey: bool,
    ) -> Cut | None:
        """The cut that covers `seen`, both in logical pixels and not mirrored; `target` is the whole image."""
        width = max(1, round(target.width() * pixel_ratio))
        height = max(1, round(target.height() * pixel_ratio))
        look = _Look(image_id, width, height, mirrored, grey)
        whole = QRect(0, 0, width, height)
        needed = _device_rect(seen, target.topLeft(), pixel_ratio).intersected(whole)
        if needed.isEmpty():
            return None
        held = self._held.get(look)
        covers = held is not None and held.room.contains(needed)
        source = _source(picture)
        drawable = _drawable(picture, image_size, whole).united(needed)
        near = _grown(needed, 8).intersected(drawable)
        if held is None or held.source != source or not held.room.contains(near):
            room = _grown(needed, 4).intersected(drawable)
            self._ask(_Wish(look, picture, *image_size, room), at_once=held is not None)
        if not covers or held is None:
            return None
        self._held.move_to_end(look)
        return held

    def forget_all_but(self, image_ids: set[int]) -> None:
        """Pixels of what lies no longer on the table."""
        for look in [look for look in self._held if look.image_id not in image_ids]:
            self._drop(look)
        for image_id in [one for one in self._wishes if one not in image_ids]:
            del self._wishes[image_id]

    def close(self) -> None:
        """No more drawing."""
        self._rest.stop()
        self._wishes.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, wish: _Wish, *, at_once: bool) -> None:
        if self._under_way is not None and _same(self._under_way, wish):
            self._wishes.pop(wish.look.image_id, None)
            return
        if self._refused is not None and _same(self._refused, wish):
            return
        before = self._wishes.get(wish.look.image_id)
        if before is not None and _same(before, wish):
            return
        self._wishes[wish.look.image_id] = wish
        if at_once and not self._rest.isActive():
            self._feed()
        else:
            self._rest.start()

    def _feed(self) -> None:
        if self._under_way is None and self._wishes:
            image_id = next(iter(self._wishes))
            self._under_way = self._wishes.pop(image_id)
            with contextlib.suppress(RuntimeError):  # the table is going away
                self._pool.submit(self._work, self._under_way)

    def _work(self, wish: _Wish) -> None:
        try:
            pixels = render(wish)
        except Exception:  # no memory for it: the rough stretch stays
            pixels = QImage()
        with contextlib.suppress(RuntimeError):  # the table is gone
            self._made.emit(wish, pixels)

    def _arrived(self, wish: _Wish, pixels: QImage) -> None:
        self._under_way = None
        if pixels.isNull():
            self._refused = wish
        else:
            self._drop(wish.look)
            self._held[wish.look] = Cut(pixels, wish.room, _source(wish.picture))
            self._size_bytes += pixels.sizeInBytes()
            while self._size_bytes > LIMIT_BYTES and len(self._held) > 1:
                self._drop(next(iter(self._held)))
        if not self._rest.isActive():
            self._feed()
        self.ready.emit()

    def _drop(self, look: _Look) -> None:
        cut = self._held.pop(look, None)
        if cut is not None:
            self._size_bytes -= cut.size_bytes


def _grown(room: QRect, share: int) -> QRect:
    """With one part in `share` of its size more on each side."""
    across, down = room.width() // share, room.height() // share
    return room.adjusted(-across, -down, across, down)


def _drawable(picture: Picture, image_size: tuple[int, int], whole: QRect) -> QRect:
    """What the pixels of a picture reach, in device pixels of the whole image."""
    across, down = whole.width() / image_size[0], whole.height() / image_size[1]
    left, top = math.ceil(picture.area.left() * across), math.ceil(picture.area.top() * down)
    right, bottom = math.floor(picture.area.right() * across), math.floor(picture.area.bottom() * down)
    return QRect(left, top, max(0, right - left), max(0, bottom - top)).intersected(whole)


def _source(picture: Picture) -> tuple[int, tuple[float, float, float, float]]:
    area = picture.area
    return picture.pixels.cacheKey(), (area.left(), area.top(), area.width(), area.height())


def _same(one: _Wish, other: _Wish) -> bool:
    return one.look == other.look and one.room == other.room and _source(one.picture) == _source(other.picture)


def _device_rect(area: QRectF, corner: QPointF, pixel_ratio: float) -> QRect:
    return QRectF(
        (area.left() - corner.x()) * pixel_ratio,
        (area.top() - corner.y()) * pixel_ratio,
        area.width() * pixel_ratio,
        area.height() * pixel_ratio,
    ).toAlignedRect()


def render(wish: _Wish) -> QImage:
    """The part `wish.room` of the image at its size on the screen; for any thread."""
    room, look, picture = wish.room, wish.look, wish.picture
    alpha = picture.pixels.hasAlphaChannel()
    kind = QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
    pixels = QImage(room.width(), room.height(), kind)
    pixels.fill(Qt.GlobalColor.transparent if alpha else Qt.GlobalColor.black)
    across, down = look.width / wish.image_width, look.height / wish.image_height
    area = picture.area
    place = QRectF(
        area.left() * across - room.left(),
        area.top() * down - room.top(),
        area.width() * across,
        area.height() * down,
    )
    for top in range(0, room.height(), _BAND_PX):
        band = QRectF(0, top, room.width(), min(_BAND_PX, room.height() - top))
        painter = QPainter(pixels)
        painter.setClipRect(band)
        draw_part(painter, picture.pixels, place, band, smooth=True)
        painter.end()
    return pixels.flipped(Qt.Orientation.Horizontal) if look.mirrored else pixels


def draw_part(painter: QPainter, pixels: QImage, place: QRectF, seen: QRectF, *, smooth: bool) -> None:
    """`pixels` stretched to `place`, but only the part in `seen`: what lies outside costs nothing."""
    part = place.intersected(seen.adjusted(-2, -2, 2, 2))
    if part.isEmpty():
        return
    across, down = pixels.width() / place.width(), pixels.height() / place.height()
    source = QRectF(
        (part.left() - place.left()) * across,
        (part.top() - place.top()) * down,
        part.width() * across,
        part.height() * down,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(part, pixels, source)
