"""Pictures for the light table in the size they are needed: halves of halves, decoded on threads, bounded in bytes.

At a small scale a quarter or an eighth of the pixels is enough, and the decoders give it without the rest. All pixels
are decoded only at a scale that shows them: whole while the images on the table fit the limit together, else the part
that is seen with a margin around it."""

from __future__ import annotations

import contextlib
import math
import os
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageReader

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.client import StudioClient

LIMIT_BYTES = 256 * 1024 * 1024
"""Three to four images of 4096 x 4096 px."""
_WHOLE_SHARE_BYTES = 208 * 1024 * 1024
_READER_LIMIT_BYTES = 450 * 1024 * 1024
"""For a moment, one image at a time: only JPEG gives a part without the rest. 10 000 x 10 000 px need 382 MiB."""
_LARGE_BYTES = 64 * 1024 * 1024
_FORMATS = frozenset({b"png", b"jpeg", b"webp", b"gif", b"bmp", b"tiff", b"jpg", b"tif"})
"""What providers send. Drawings (SVG) are kept and never rendered."""
_TURNED = 4
"""The bit of a camera's rotation that swaps width and height."""
_THUMBNAIL_PX = 512
_PATCH_GRID_PX = 256
_WORKERS = 2
_REST_MS = 50
"""While the view moves, what is there is good enough: decoding would take the processor from painting."""
_LATER_MOST = 60
"""Wishes that may put it off again: about as many as nine images have in six sizes."""
_one_large = threading.Lock()
_PLAIN_FORMATS = frozenset({QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32_Premultiplied})


@dataclass(frozen=True, slots=True)
class TableImage:
    """An image on the table. `name` is who made it; it must not be shown while a vote is blind."""

    id: int
    blob: str
    path: str
    width: int
    height: int
    name: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Decoded pixels that stand for `area` of an image, in that image's own pixels."""

    pixels: QImage
    area: QRectF


@dataclass(frozen=True, slots=True)
class _Key:
    image_id: int
    level: int
    """0: all pixels, 1: half, 2: a quarter, ...; -1: the thumbnail."""
    patch: tuple[int, int, int, int] | None = None
    grey: bool = False


def _level_to_read(key: _Key, image: TableImage) -> int:
    """For a thumbnail the level that is about as large, should the file turn out to be the image itself."""
    return (
        key.level
        if key.level >= 0
        else level_for(_THUMBNAIL_PX / max(image.width, image.height), image.width, image.height)
    )


def bytes_of(image: TableImage, level: int = 0) -> int:
    """Memory of all pixels at 1 / 2^level of the size."""
    return (image.width >> level) * (image.height >> level) * 4


def level_for(scale: float, width: int, height: int) -> int:
    """The smallest version that is not enlarged at `scale` device pixels for an image pixel."""
    if scale >= 1:
        return 0
    deepest = max(0, int(math.log2(max(1, min(width, height)))))
    return min(deepest, int(math.log2(1 / max(scale, 1e-6)) + 1e-6))


def patch_around(seen: QRectF, width: int, height: int) -> tuple[int, int, int, int]:
    """What is seen with half of it on each side, on a grid so that small moves need nothing new: x, y, w, h."""
    wide = seen.adjusted(-seen.width() / 2, -seen.height() / 2, seen.width() / 2, seen.height() / 2)
    grid = _PATCH_GRID_PX
    left = max(0, math.floor(wide.left() / grid) * grid)
    top = max(0, math.floor(wide.top() / grid) * grid)
    right = min(width, math.ceil(wide.right() / grid) * grid)
    bottom = min(height, math.ceil(wide.bottom() / grid) * grid)
    return left, top, max(1, right - left), max(1, bottom - top)


class LevelStore(QObject):
    """`picture` gives the best there is at once and sees to it that better comes; then `ready`."""

    ready = Signal()
    closed = Signal()
    _decoded = Signal(object, QImage)

    def __init__(self, client: StudioClient | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._images: dict[int, TableImage] = {}
        self._held: OrderedDict[_Key, QImage] = OrderedDict()
        self._size_bytes = 0
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._under_way: set[_Key] = set()
        self._broken: set[_Key] = set()
        self._thumbnail_only: set[int] = set()
        self.grey = False
        self._pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="studio-compare")
        self._decoded.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._feed)
        self._asked_later = 0

    @property
    def size_bytes(self) -> int:
        """Memory of all pixels held."""
        return self._size_bytes

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be decoded."""
        return bool(self._wanted or self._under_way)

    def set_images(self, images: list[TableImage]) -> None:
        """What lies on the table; pixels of what does not are forgotten, and so is what could not be read before."""
        self._broken.clear()
        self._thumbnail_only.clear()
        self._images = {image.id: image for image in images}
        for key in [key for key in self._held if key.image_id not in self._images]:
            self._drop(key)
        for key in [key for key in self._wanted if key.image_id not in self._images]:
            del self._wanted[key]

    def picture(self, image: TableImage, scale: float, seen: QRectF) -> Picture | None:
        """The best there is for showing `seen` (image pixels) at `scale` device pixels for an image pixel."""
        wanted = self._key_for(image, scale, seen)
        if self.is_preview(image):
            wanted = _Key(image.id, -1, None, self.grey)
        found = self._whole_or_patch(image, wanted, seen)
        if found is not None:
            return found
        found = self._nearest(image, wanted)
        if wanted not in self._under_way and wanted not in self._broken:
            self._ask(wanted, at_once=found is None)
        return found

    def small(self, image: TableImage) -> QImage | None:
        """The thumbnail, which stays while the image is on the table; None until it has come."""
        thumbnail = _Key(image.id, -1)
        found = self._held.get(thumbnail)
        if found is None and thumbnail not in self._under_way and thumbnail not in self._broken:
            self._ask(thumbnail, at_once=True)
        return found

    def is_too_large(self, image: TableImage) -> bool:
        """Whether half of its pixels in each direction is all that is shown of an image."""
        return bytes_of(image) > _READER_LIMIT_BYTES and not image.path.lower().endswith((".jpg", ".jpeg"))

    def is_preview(self, image: TableImage) -> bool:
        """Whether its thumbnail is all there is: the file is gone, or cannot be decoded here."""
        return image.missing or image.id in self._thumbnail_only

    def is_hopeless(self, image: TableImage) -> bool:
        """Whether not even a thumbnail can be shown."""
        return self.is_preview(image) and _Key(image.id, -1, None, self.grey) in self._broken

    def _key_for(self, image: TableImage, scale: float, seen: QRectF) -> _Key:
        level = level_for(scale, image.width, image.height)
        broken = any(key.image_id == image.id and not key.level for key in self._broken)
        only_halves = broken or self.is_too_large(image)
        if not level and only_halves:
            level = 1
        sharing = max(2, len(self._images))
        if not level and bytes_of(image) * sharing <= _WHOLE_SHARE_BYTES:
            return _Key(image.id, 0, None, self.grey)
        if not level or bytes_of(image, level) > LIMIT_BYTES // sharing:
            patch = patch_around(seen, image.width, image.height)
            if not level or (not only_halves and patch[2] * patch[3] * 4 <= LIMIT_BYTES // sharing):
                return _Key(image.id, 0, patch, self.grey)
            while bytes_of(image, level) > LIMIT_BYTES // sharing:
                level += 1
        return _Key(image.id, level, None, self.grey)

    def _whole_or_patch(self, image: TableImage, key: _Key, seen: QRectF) -> Picture | None:
        found = self._take(image, _Key(key.image_id, key.level, None, key.grey))
        if found is not None or key.patch is None:
            return found
        for other in self._held:
            if other.image_id == key.image_id and other.patch and other.grey == key.grey:
                x, y, wide, high = other.patch
                if QRectF(x, y, wide, high).contains(seen.intersected(QRectF(0, 0, image.width, image.height))):
                    return self._take(image, other)
        return None

    def _nearest(self, image: TableImage, key: _Key) -> Picture | None:
        levels = [*range(key.level - 1, -1, -1), *range(key.level + 1, 14), -1]
        for level in levels:
            found = self._take(image, _Key(image.id, level, None, key.grey))
            if found is not None:
                return found
        thumbnail = _Key(image.id, -1, None, key.grey)
        if thumbnail not in self._under_way and thumbnail not in self._broken:
            self._ask(thumbnail, at_once=True)
        return None

    def _take(self, image: TableImage, key: _Key) -> Picture | None:
        pixels = self._held.get(key)
        if pixels is None:
            return None
        self._held.move_to_end(key)
        area = QRectF(*key.patch) if key.patch else QRectF(0, 0, image.width, image.height)
        return Picture(pixels, area)

    # ------------------------------------------------------------------------------------------------ decoding
    def _ask(self, key: _Key, *, at_once: bool) -> None:
        known = key in self._wanted
        for older in [one for one in self._wanted if one.image_id == key.image_id and one.level >= 0 <= key.level]:
            del self._wanted[older]
        self._wanted[key] = None
        if key.level < 0:
            self._wanted.move_to_end(key, last=False)
        if at_once:
            self._feed()
        elif not known and self._asked_later < _LATER_MOST:
            self._asked_later += 1
            self._rest.start()

    def _feed(self) -> None:
        self._asked_later = 0
        while self._wanted and len(self._under_way) < _WORKERS:
            key, _ = self._wanted.popitem(last=False)
            image = self._images.get(key.image_id)
            if image is None:
                continue
            self._under_way.add(key)
            if key.level < 0 and self._client is not None:
                self._find_thumbnail(key, image)
            else:
                self._pool.submit(self._work, key, image, image.path)

    def _find_thumbnail(self, key: _Key, image: TableImage) -> None:
        from studio.domain.values import BlobHash

        async def path_of(studio) -> Path:  # type: ignore[no-untyped-def]  # a bootstrap.Studio
            path: Path = await studio.workspace.archive.thumbnail_path(BlobHash(image.blob), _THUMBNAIL_PX)
            return path

        def found(done) -> None:  # type: ignore[no-untyped-def]  # a concurrent Future
            try:
                self._pool.submit(self._work, key, image, str(done.result()))
            except Exception:  # the file is gone, or the window is closing
                self._tell(key, QImage())

        if self._client is not None:
            with contextlib.suppress(RuntimeError):  # the studio is closed: the window is going away
                self._client.host.submit(path_of).add_done_callback(found)

    def _work(self, key: _Key, image: TableImage, path: str) -> None:
        try:
            level = _level_to_read(key, image)
            pixels = decode(path, QSize(image.width, image.height), level, key.patch, grey=key.grey)
        except Exception:
            pixels = QImage()
        self._tell(key, pixels)

    def _tell(self, key: _Key, pixels: QImage) -> None:
        try:
            self._decoded.emit(key, pixels)
        except RuntimeError:  # the table is gone
            return

    def _arrived(self, key: _Key, pixels: QImage) -> None:
        self._under_way.discard(key)
        if pixels.isNull():
            self._broken.add(key)
            if key.level > 0:
                self._thumbnail_only.add(key.image_id)
        elif key.image_id in self._images:
            self._hold(key, pixels)
        self._feed()
        self.ready.emit()

    def _hold(self, key: _Key, pixels: QImage) -> None:
        self._drop(key)
        if key.patch:
            for other in [one for one in self._held if one.image_id == key.image_id and one.patch]:
                self._drop(other)
        self._held[key] = pixels
        self._size_bytes += pixels.sizeInBytes()
        while self._size_bytes > LIMIT_BYTES and len(self._held) > 1:
            oldest = next((one for one in self._held if one.level >= 0 and one != key), None)
            if oldest is None:
                break
            self._drop(oldest)

    def _drop(self, key: _Key) -> None:
        pixels = self._held.pop(key, None)
        if pixels is not None:
            self._size_bytes -= pixels.sizeInBytes()

    def close(self) -> None:
        """No more decoding."""
        self._rest.stop()
        self._wanted.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self.closed.emit()


def decode(
    path: str, size: QSize, level: int, patch: tuple[int, int, int, int] | None = None, *, grey: bool = False
) -> QImage:
    """Read a file at 1 / 2^level of its size, or a part of it at full size; null when it cannot be read.

    Runs on any thread: a reader made from a path leaves Python free while it decodes."""
    if not os.path.exists(path):  # noqa: PTH110 - asked on a worker for each picture; no Path is needed
        return QImage()
    QImageReader.setAllocationLimit(_READER_LIMIT_BYTES // (1024 * 1024))
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in _FORMATS:
        return QImage()
    turned = reader.transformation().value
    real = reader.size()
    wanted = QSize(max(1, size.width() >> level), max(1, size.height() >> level))
    if turned & _TURNED:
        wanted.transpose()
    if patch is not None:
        if not turned:
            reader.setClipRect(QRect(*patch))
    elif not real.isValid() or real.width() > wanted.width() or real.height() > wanted.height():
        reader.setScaledSize(wanted)  # a thumbnail's file is small enough already
    large = patch is not None and real.width() * real.height() * 4 > _LARGE_BYTES
    with _one_large if large else contextlib.nullcontext():
        pixels = reader.read()
        if patch is not None and turned:
            pixels = pixels.copy(QRect(*patch))
    return pixels if pixels.isNull() else _plain(pixels, grey=grey)


def _plain(pixels: QImage, *, grey: bool) -> QImage:
    """In sRGB and a format that is drawn without conversion."""
    space = pixels.colorSpace()
    if space.isValid() and space != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        pixels.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    if grey:
        pixels = pixels.convertToFormat(QImage.Format.Format_Grayscale8)
    if pixels.format() not in _PLAIN_FORMATS:
        alpha = pixels.hasAlphaChannel()
        pixels = pixels.convertToFormat(
            QImage.Format.Format_ARGB32_Premultiplied if alpha else QImage.Format.Format_RGB32
        )
    pixels.setDevicePixelRatio(1.0)
    return pixels
