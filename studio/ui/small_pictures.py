"""Small pictures for lists and matrices: found and decoded off the GUI thread, only for what is on the screen."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from studio.ui.thread_gate import ThreadGate

if TYPE_CHECKING:
    from pathlib import Path

    from studio.ui.client import StudioClient

_BUCKET_PX = 256
_KEPT = 400
"""Pixmaps of at most 256 px an edge: some 100 MB at the very most, usually far less."""
_UNDER_WAY_MAX = 4


class SmallPictures(QObject):
    """`pixmap` answers at once, or None; `ready` comes when something new has arrived.

    `edge_px` is the longer edge in device pixels, at most 256."""

    ready = Signal()
    _decoded = Signal(str, QImage)

    def __init__(self, client: StudioClient, *, edge_px: int = _BUCKET_PX, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._edge_px = client, min(edge_px, _BUCKET_PX)
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._under_way: set[str] = set()
        self._failed: set[str] = set()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio-small")
        self._gate = ThreadGate()
        self._decoded.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        self._feeder = QTimer(self)
        self._feeder.setSingleShot(True)
        self._feeder.setInterval(0)
        self._feeder.timeout.connect(self._feed)
        pool, gate = self._pool, self._gate
        self.destroyed.connect(lambda _object=None: gate.close())
        self.destroyed.connect(lambda _object=None: pool.shutdown(wait=False, cancel_futures=True))

    def pixmap(self, blob: str) -> QPixmap | None:
        found = self._pixmaps.get(blob)
        if found is not None:
            self._pixmaps.move_to_end(blob)
            return found
        if blob not in self._under_way and blob not in self._failed:
            self._wanted[blob] = None
            self._wanted.move_to_end(blob)
            while len(self._wanted) > _KEPT:
                self._wanted.popitem(last=False)
            self._feeder.start()
        return None

    def _feed(self) -> None:
        from studio.domain.values import BlobHash

        while self._wanted and len(self._under_way) < _UNDER_WAY_MAX:
            blob, _ = self._wanted.popitem()
            self._under_way.add(blob)

            async def path_of(studio: Any, blob: str = blob) -> Path:
                path: Path = await studio.workspace.archive.thumbnail_path(BlobHash(blob), _BUCKET_PX)
                return path

            try:
                future = self._client.host.submit(path_of)
            except RuntimeError:  # the studio is closed: the window is going away
                return
            future.add_done_callback(partial(self._found, blob))

    def _found(self, blob: str, done: Any) -> None:
        try:
            self._pool.submit(self._decode, blob, str(done.result()))
        except BaseException:  # cancelled, gone from the disk, or the dialog has been closed
            self._tell(blob, QImage())

    def _decode(self, blob: str, path: str) -> None:
        image = QImageReader(path).read()
        if not image.isNull():
            image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
            if max(image.width(), image.height()) > self._edge_px:
                image = image.scaled(
                    *(self._edge_px, self._edge_px),
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
        self._tell(blob, image)

    def _tell(self, blob: str, image: QImage) -> None:
        """On whatever thread."""
        self._gate.tell(lambda: self._decoded.emit(blob, image))

    def _arrived(self, blob: str, image: QImage) -> None:
        self._under_way.discard(blob)
        if image.isNull():
            self._failed.add(blob)
        else:
            self._pixmaps[blob] = QPixmap.fromImage(image)
            while len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
            self.ready.emit()
        if self._wanted:
            self._feeder.start()
