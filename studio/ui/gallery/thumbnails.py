"""Pictures for tiles: decoded on threads, kept up to a limit in bytes, forgotten when nobody waits for them."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from studio.ui.gallery.fitted import FittedPictures
from studio.ui.thread_gate import ThreadGate

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.client import StudioClient

LIMIT_BYTES = 96 * 1024 * 1024
BUCKETS = (256, 512, 1024)
Key = tuple[str, int]
"""``(blob, bucket)`` of a stored image, or ``(path, 0)`` of a preview on disk."""
_DECODERS = 2


def bucket_for(edge_px: float) -> int:
    """The smallest kind of thumbnail that is not enlarged for this many device pixels."""
    return next((bucket for bucket in BUCKETS if bucket >= edge_px), BUCKETS[-1])


class ThumbnailCache(QObject):
    """`pixmap` answers at once, or None and later `ready` with the key.

    The newest wishes are served first; `keep_only` drops those that are no longer on the screen."""

    ready = Signal(object)
    _decoded = Signal(object, QImage)

    def __init__(self, client: StudioClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._size_bytes = 0
        self._wanted: OrderedDict[Key, None] = OrderedDict()
        self._under_way: set[Key] = set()
        self._failed: set[Key] = set()
        self._pool = ThreadPoolExecutor(_DECODERS, thread_name_prefix="studio-tile")
        self._gate = ThreadGate()
        self.fitted = FittedPictures(self._pool, self._gate, self)
        """Pictures in the size of their tiles; when one has come, `ready` tells its key again."""
        self.fitted.ready.connect(lambda place: self.ready.emit(place[:2]))
        self._decoded.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._feeder = QTimer(self)
        self._feeder.setSingleShot(True)
        self._feeder.setInterval(0)
        self._feeder.timeout.connect(self._feed)

    def pixmap(self, key: Key) -> QPixmap | None:
        """The picture if it is there; otherwise it is asked for and `ready` tells when it has come."""
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
            return found
        if key not in self._under_way and key not in self._failed:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            self._feeder.start()
        return None

    def nearest(self, blob: str, bucket: int) -> QPixmap | None:
        """Another size of the same image, to show until the right one has come."""
        for other in BUCKETS:
            found = self._pixmaps.get((blob, other))
            if other != bucket and found is not None:
                return found
        return None

    def keep_only(self, keys: set[Key]) -> None:
        """Forget wishes for what has been scrolled away."""
        for key in [key for key in self._wanted if key not in keys]:
            del self._wanted[key]

    def put(self, key: Key, pixmap: QPixmap) -> None:
        """Take a picture in that came from elsewhere."""
        self._keep(key, pixmap)

    @property
    def size_bytes(self) -> int:
        return self._size_bytes

    def close(self) -> None:
        """Before this object is destroyed: no thread tells it anything after that."""
        self._gate.close()
        self._wanted.clear()
        self.fitted.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # ------------------------------------------------------------------------------------------------ inner
    def _feed(self) -> None:
        while self._wanted and len(self._under_way) < 2 * _DECODERS:
            key, _ = self._wanted.popitem()
            self._under_way.add(key)
            if key[1] == 0:
                self._pool.submit(self._decode, key, key[0])
            else:
                self._find(key)

    def _find(self, key: Key) -> None:
        """The file of a stored image's thumbnail, made if need be, then decoded here."""
        from studio.domain.values import BlobHash

        async def path_of(studio) -> Path:  # type: ignore[no-untyped-def]  # a bootstrap.Studio
            path: Path = await studio.workspace.archive.thumbnail_path(BlobHash(key[0]), key[1])
            return path

        try:
            future = self._client.host.submit(path_of)
        except RuntimeError:  # the studio is closed: the window is going away
            return
        future.add_done_callback(lambda done: self._found(key, done))

    def _found(self, key: Key, done) -> None:  # type: ignore[no-untyped-def]  # a concurrent Future
        try:
            path = str(done.result())
        except BaseException:
            self._gate.tell(lambda: self._decoded.emit(key, QImage()))
            return
        try:
            self._pool.submit(self._decode, key, path)
        except RuntimeError:  # the pool is closed: the window is going away
            return

    def _decode(self, key: Key, path: str) -> None:
        """QImageReader from a path leaves Python free while it works."""
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        if key[1] == 0:
            size = reader.size()
            longest = max(size.width(), size.height())
            if longest > BUCKETS[1]:
                scale = BUCKETS[1] / longest
                reader.setScaledSize(QSize(round(size.width() * scale), round(size.height() * scale)))
        image = reader.read()
        if not image.isNull():
            image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        self._gate.tell(lambda: self._decoded.emit(key, image))

    def _arrived(self, key: Key, image: QImage) -> None:
        self._under_way.discard(key)
        if image.isNull():
            self._failed.add(key)
        else:
            self._keep(key, QPixmap.fromImage(image))
        self.ready.emit(key)
        if self._wanted:
            self._feeder.start()

    def _keep(self, key: Key, pixmap: QPixmap) -> None:
        before = self._pixmaps.pop(key, None)
        if before is not None:
            self._size_bytes -= _bytes_of(before)
        self._pixmaps[key] = pixmap
        self._size_bytes += _bytes_of(pixmap)
        while self._size_bytes > LIMIT_BYTES and len(self._pixmaps) > 1:
            _, oldest = self._pixmaps.popitem(last=False)
            self._size_bytes -= _bytes_of(oldest)


def _bytes_of(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
