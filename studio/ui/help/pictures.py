"""The pictures on a page of the help: as wide as the page has room for, read and made smaller off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QImageReader, QTextCursor, QTextDocument

from studio.ui.thread_gate import ThreadGate

FileOf = Callable[[str], Path | None]


class PagePictures(QObject):
    """`fit` gives each picture of the document its place at once, still empty; its pixels come a moment later."""

    _decoded = Signal(str, QImage)

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._wanted: dict[str, QSize] = {}
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="studio-help")
        self._gate = ThreadGate()
        self._decoded.connect(self._arrived, Qt.ConnectionType.QueuedConnection)
        pool, gate = self._pool, self._gate
        self.destroyed.connect(lambda _object=None: gate.close())
        self.destroyed.connect(lambda _object=None: pool.shutdown(wait=False, cancel_futures=True))

    def forget(self) -> None:
        """Another page comes; pixels that are still on their way to the last one are dropped."""
        self._wanted = {}

    def fit(self, file_of: FileOf, width: int, ratio: float) -> None:
        """`file_of` finds the file of a picture by the address on the page, `width` is the room in logical pixels,
        `ratio` the device pixels of one of them. A picture that is not there keeps its words."""
        for place in _places(self._document):
            image = place.charFormat().toImageFormat()
            path = file_of(image.name())
            size = QImageReader(str(path)).size() if path is not None else QSize()
            if path is None or not size.isValid() or width <= 0:
                continue
            shown = size.scaled(min(width, size.width()), size.height(), Qt.AspectRatioMode.KeepAspectRatio)
            pixels = shown * ratio
            if self._wanted.get(image.name()) == pixels:
                continue
            if image.name() not in self._wanted:
                self._put(image.name(), _clear())
            self._wanted[image.name()] = pixels
            image.setWidth(shown.width())
            image.setHeight(shown.height())
            place.setCharFormat(image)
            self._pool.submit(self._decode, image.name(), path, pixels)

    def _decode(self, name: str, path: Path, pixels: QSize) -> None:
        image = QImageReader(str(path)).read()
        if not image.isNull():
            image = image.scaled(
                pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self._gate.tell(lambda: self._decoded.emit(name, image))

    def _arrived(self, name: str, image: QImage) -> None:
        if self._wanted.get(name) == image.size():
            self._put(name, image)
            self._document.markContentsDirty(0, self._document.characterCount())

    def _put(self, name: str, image: QImage) -> None:
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)


def _clear() -> QImage:
    """Holds the place of a picture: without one Qt would draw its sign for a broken link."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _places(document: QTextDocument) -> list[QTextCursor]:
    """Every picture of the document, selected."""
    found = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().isImageFormat():
                cursor = QTextCursor(document)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor)
            fragments += 1
        block = block.next()
    return found
