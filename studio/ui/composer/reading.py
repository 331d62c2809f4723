"""Turns what is dropped, pasted or chosen into reference images, off the GUI thread, with words for what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QObject, QSize, QStandardPaths
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QImageReader, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QFileDialog, QWidget

from studio.ui.composer.references import IMAGES_MIME, ReferencesSection, looks_like_link
from studio.ui.overrides import safe_override
from studio.ui.problems import problem_text
from studio.ui.tasks import TaskBag
from studio.ui.translation import translate
from studio.ui.widgets.drop_frame import accept_copy

if TYPE_CHECKING:
    from studio.domain.assets import ReferenceImage
    from studio.ui.client import StudioClient

REFERENCES_MAX = 16
_THUMB_PX = 192
_FILE_PATTERNS = "*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff"


class ReferenceReading(QObject):
    """Serves one `ReferencesSection`. `image_blobs` of gallery images are taken over without reading a file again."""

    def __init__(
        self,
        owner: QWidget,
        client: StudioClient,
        section: ReferencesSection,
        least_limit: Callable[[], int | None],
    ) -> None:
        super().__init__(owner)
        self._owner, self._client, self._section, self._least_limit = owner, client, section, least_limit
        self._tasks = TaskBag(self, self._failed)
        self._reading = 0
        section.offered.connect(self.take_mime)
        section.choose_clicked.connect(self._choose)
        section.paste_asked.connect(lambda: self.take_mime(QGuiApplication.clipboard().mimeData()))
        section.thumb_wanted.connect(lambda blob: self._tasks.start(f"thumb {blob}", self._thumb(blob)))

    def end(self) -> None:
        """The window closes: whatever is being read is given up."""
        self._tasks.cancel_all()

    def watch(self, *editors: QAbstractScrollArea) -> None:
        """A picture or a file that is pasted into a text or dropped on it becomes a reference; text stays text."""
        for editor in editors:
            editor.installEventFilter(self)
            editor.viewport().installEventFilter(self)

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pasting = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pasting and event.matches(QKeySequence.StandardKey.Paste):  # type: ignore[attr-defined]  # a key event, see above
            mime = QGuiApplication.clipboard().mimeData()
            if _is_no_text(mime):
                self.take_mime(mime)
                return True
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return isinstance(event, QDropEvent) and self._dragged(event)
        return super().eventFilter(watched, event)

    def _dragged(self, event: QDropEvent) -> bool:
        if not _is_no_text(event.mimeData()):
            return False
        accept_copy(event)
        if event.type() == QEvent.Type.Drop:
            self.take_mime(event.mimeData())
        return True

    def take(self, references: Sequence[ReferenceImage]) -> None:
        left_over = self._section.add(references, most=REFERENCES_MAX)
        words = translate("ReferenceReading", "At most {most} reference images; {count} were left out.")
        self._section.show_problem(words.format(most=REFERENCES_MAX, count=left_over) if left_over else "")

    def take_mime(self, mime: QMimeData) -> None:
        """Read whatever images a drop or the clipboard holds."""
        sources = list(sources_of(mime))
        if not sources:
            self._section.show_problem(translate("ReferenceReading", "There is no image to paste."))
            return
        self._reading += 1
        self._section.drop.set_reading(True)
        self._tasks.start(f"read {id(sources)}", self._read(sources, _pixels(mime) if mime.hasUrls() else b""))

    async def _read(self, sources: list[tuple[str | bytes | int, str]], pixels: bytes) -> None:
        """`pixels` is the picture that came along with its address, a PNG; empty for none."""
        from studio.domain.errors import StudioError

        found: list[ReferenceImage] = []
        problems: list[str] = []
        try:
            for source, name in sources[: 4 * REFERENCES_MAX]:
                try:
                    found.append(await self._one(source, name))
                except StudioError as error:
                    # Reading costs nothing, and nobody thinks it does.
                    problems.append(problem_text(error.problem.model_copy(update={"charged": "none"})))
            if pixels and not found:
                found, problems = [await self._one(pixels, sources[0][1])], []
        finally:
            self._reading -= 1
            self._section.drop.set_reading(self._reading > 0)
        if found:
            self.take(found)
        if problems:
            self._section.show_problem("\n".join(problems[:3]))

    async def _one(self, source: str | bytes | int, name: str) -> ReferenceImage:
        if isinstance(source, int):
            image_id = source
            return await self._client.run(lambda studio: studio.reference_of_image(image_id))
        wanted = Path(source) if isinstance(source, str) and not looks_like_link(source) else source
        return await self._client.run(lambda studio: studio.intake.reference(wanted, name))

    async def _thumb(self, blob: str) -> None:
        path = await self._client.run(lambda studio: studio.blob_thumbnail(blob))
        if path is None:
            return
        import asyncio

        self._section.set_thumb(blob, await asyncio.to_thread(_decode, str(path)))

    def _choose(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._owner, translate("ReferenceReading", "Add reference images"), pictures)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(
            translate("ReferenceReading", "Images (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff)")
        )
        dialog.filesSelected.connect(self._take_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_files(self, files: list[str]) -> None:
        from PySide6.QtCore import QUrl

        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(file) for file in files])
        self.take_mime(mime)

    def _failed(self, error: BaseException) -> None:
        self._section.show_problem(translate("ReferenceReading", "The image could not be read."))
        raise error


def sources_of(mime: QMimeData) -> list[tuple[str | bytes | int, str]]:
    """What can be read from a drop: ids of library images, paths, links, or the bytes of a picture, with a name."""
    if mime.hasFormat(IMAGES_MIME):
        ids = bytes(mime.data(IMAGES_MIME).data()).decode("ascii", "ignore")
        return [(int(word), "") for word in ids.split(",") if word.isdigit()]
    if mime.hasUrls():
        return [
            (url.toLocalFile(), url.fileName()) if url.isLocalFile() else (url.toString(), url.fileName())
            for url in mime.urls()
        ]
    if pixels := _pixels(mime):
        return [(pixels, "")]
    if looks_like_link(mime.text()):
        return [(mime.text().strip(), "")]
    return []


def _is_no_text(mime: QMimeData) -> bool:
    """Images and files, not words, also where a program adds a picture of its words or the address as words."""
    local = any(url.isLocalFile() for url in mime.urls())
    return mime.hasFormat(IMAGES_MIME) or local or (mime.hasImage() and (mime.hasUrls() or not mime.hasText()))


def _pixels(mime: QMimeData) -> bytes:
    """The picture itself as a PNG; empty where there is none."""
    if not mime.hasImage():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImage(mime.imageData()).save(buffer, "PNG")  # type: ignore[call-overload]  # PySide's stub wants bytes where str is taken
    return bytes(content.data())


def _decode(path: str) -> QImage:
    reader = QImageReader(path)
    size = reader.size()
    if size.isValid():
        scale = _THUMB_PX / max(1, min(size.width(), size.height()))
        if scale < 1:
            reader.setScaledSize(QSize(round(size.width() * scale), round(size.height() * scale)))
    return reader.read()
