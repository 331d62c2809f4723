"""Images on their way out of the window: the original files, and their numbers for our own panels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.picture_mime import IMAGES_MIME

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord

FILES_MOST = 1_000
_PICTURE_SIDE = 128


def mime_of(records: Sequence[ImageRecord], root: Path) -> QMimeData:
    """URLs of the originals under the workspace folder `root`, and all numbers. Originals are copied, never moved."""
    mime = QMimeData()
    mime.setData(IMAGES_MIME, ",".join(str(record.id) for record in records).encode("ascii"))
    files = [root / record.path for record in records[:FILES_MOST] if not record.missing]
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return mime


def start_drag(source: QWidget, mime: QMimeData, picture: QPixmap | None) -> None:
    """Call it from a plain slot, never from a coroutine: Qt runs an event loop of its own until the drop."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    if picture is not None and not picture.isNull():
        side = round(_PICTURE_SIDE * source.devicePixelRatioF())
        small = picture.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(source.devicePixelRatioF())
        drag.setPixmap(small)
        drag.setHotSpot(QPoint(-8, -8))
    drag.exec(Qt.DropAction.CopyAction)
