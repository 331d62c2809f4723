"""A picture in a drop or in the clipboard, to look for what is like it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.ui.overrides import safe_override

IMAGES_MIME = "application/x-prompt-studio-images"
"""Numbers of library images, decimal, separated by commas."""

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp"})

Picture = int | Path | QImage
"""The number of a library image, a file, or pixels."""


def picture_of(mime: QMimeData | None) -> Picture | None:
    """The first picture; None when there is none. Reads no file."""
    if mime is None:
        return None
    if mime.hasFormat(IMAGES_MIME):
        first = bytes(mime.data(IMAGES_MIME).data()).decode("ascii", "ignore").partition(",")[0]
        if first.isdigit():
            return int(first)
    for url in mime.urls():
        if url.isLocalFile() and Path(url.toLocalFile()).suffix.casefold() in _SUFFIXES:
            return Path(url.toLocalFile())
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return image
    return None


def holds_picture(mime: QMimeData | None) -> bool:
    """Quick: decodes nothing."""
    if mime is None:
        return False
    files = any(Path(url.toLocalFile()).suffix.casefold() in _SUFFIXES for url in mime.urls() if url.isLocalFile())
    return mime.hasFormat(IMAGES_MIME) or files or mime.hasImage()


class PictureDoor(QObject):
    """Lets pictures in at a widget: by drop and, with `paste`, by Ctrl+V when no text was copied."""

    given = Signal(object)
    """A `Picture`."""

    def __init__(self, widget: QWidget, *, paste: bool) -> None:
        super().__init__(widget)
        self._paste = paste
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return isinstance(event, QDropEvent) and self._dragged(event)
        if self._paste and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste) and self._pasted()
        return False

    def _dragged(self, event: QDropEvent) -> bool:
        if not holds_picture(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self._give(event.mimeData())
        return True

    def _pasted(self) -> bool:
        mime = QGuiApplication.clipboard().mimeData()
        if not holds_picture(mime) or (mime.hasText() and not mime.hasUrls()):
            return False
        return self._give(mime)

    def _give(self, mime: QMimeData) -> bool:
        picture = picture_of(mime)
        if picture is not None:
            self.given.emit(picture)
        return picture is not None
