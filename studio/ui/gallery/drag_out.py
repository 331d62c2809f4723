"""Images on their way out of the window: the original files, and their numbers for our own panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from studio.ui.picture_mime import IMAGES_MIME
from studio.ui.tasks import TaskBag

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient
    from studio.ui.gallery.selection import SelectedImages
    from studio.ui.gallery.thumbnails import ThumbnailCache

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


class ImageDrag(QObject):
    """Drags the selected images. It reads them as soon as they are selected: a drag cannot wait once it has begun."""

    def __init__(
        self,
        client: StudioClient,
        actions: StudioActions,
        selection: SelectedImages,
        thumbnails: ThumbnailCache,
        parent: QObject,
        *,
        known: Callable[[int], ImageRecord | None],
    ) -> None:
        """`known`: what the lists have read already, by image id."""
        super().__init__(parent)
        self._client, self._actions, self._selection = client, actions, selection
        self._thumbnails, self._known = thumbnails, known
        self._tasks = TaskBag(self, self._failed)
        self._records: dict[int, ImageRecord] = {}

    def prepare(self, image_ids: Sequence[int]) -> None:
        """Read what is not known of these images, unless they are more than a drag takes."""
        if len(image_ids) > FILES_MOST:
            return
        unknown = [image_id for image_id in image_ids if self._record(image_id) is None]
        if unknown:
            self._tasks.start("records", self._read(unknown))

    def forget(self) -> None:
        """The library has changed."""
        self._records.clear()

    def start(self, source: QWidget) -> None:
        """Drag the selection out of a view; call it from a plain slot."""
        ids = self._selection.ids
        records = [record for image_id in ids[:FILES_MOST] if (record := self._record(image_id)) is not None]
        if not records:
            return
        if len(ids) > len(records):
            self._tell_rest(len(records), len(ids))
        picture = self._thumbnails.nearest(records[0].blob, 0)
        start_drag(source, mime_of(records, self._client.studio.workspace.folder.root), picture)

    def _tell_rest(self, count: int, total: int) -> None:
        def words() -> str:
            sentence = self.tr("{count} of {total} images are dragged. Export takes them all.")
            return sentence.format(count=count, total=total)

        self._actions.say.emit("note", words)

    def _record(self, image_id: int) -> ImageRecord | None:
        return self._records.get(image_id) or self._known(image_id)

    async def _read(self, image_ids: Sequence[int]) -> None:
        from studio.domain.values import ImageId

        wanted = [ImageId(image_id) for image_id in image_ids]
        for record in await self._client.run(lambda studio: studio.workspace.library.images(wanted)):
            self._records[record.id] = record

    def _failed(self, error: BaseException) -> None:
        raise error
