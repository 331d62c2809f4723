"""Finding images by their look: like another image, like a picture from elsewhere, or with a colour in them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QStandardPaths
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from studio.domain.errors import StudioError
from studio.ui.gallery.query_text import Filter, look_value
from studio.ui.picture_mime import Picture, PictureDoor
from studio.ui.problems import problem_text
from studio.ui.window.chip_eraser import ChipEraser

if TYPE_CHECKING:
    from studio.bootstrap import FileLook
    from studio.ui.window.controller import WindowController


class FindActions(QObject):
    """What is looked for becomes a chip; a picture from elsewhere is only looked at, never imported."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        actions = controller.actions
        actions.find_similar.connect(lambda image: self._show(Filter("similar", (str(image),))))
        actions.find_colour.connect(lambda colour: self._show(Filter("colour", (colour,))))
        actions.find_like.connect(self._find_like)
        ChipEraser(controller)
        PictureDoor(controller.window.toolbar.search.edit, paste=True).given.connect(self._find_like)

    def _show(self, chip: Filter) -> None:
        """In the grid, which alone has an order by likeness."""
        self._controller.show_gallery()
        self._controller.show_view("grid")
        self._controller.gallery.add_filter(chip)
        self._controller.gallery.setFocus()

    def _find_like(self, picture: Picture | None) -> None:
        match picture:
            case None:
                self._choose()
            case int():
                self._show(Filter("similar", (str(picture),)))
            case _:
                self._controller.tasks.start("look", self._look(picture))

    def _choose(self) -> None:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self._controller.window, self.tr("Find what is like this picture"), pictures)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Images (*.png *.jpg *.jpeg *.webp *.gif *.avif *.tif *.tiff *.bmp)"))
        dialog.fileSelected.connect(lambda file: self._find_like(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _look(self, picture: Path | QImage) -> None:
        name = picture.name if isinstance(picture, Path) else ""
        try:
            look = await self._read(picture)
        except StudioError as error:
            problem = error.problem
            self._controller.say("warn", lambda: problem_text(problem))
            return
        self._show(Filter("similar", (look_value(look.hash, look.colour, name),)))

    async def _read(self, picture: Path | QImage) -> FileLook:
        client = self._controller.client
        if isinstance(picture, Path):
            return await client.run(lambda studio: studio.look_of_file(picture))
        content = await asyncio.to_thread(_encoded, picture)
        return await client.run(lambda studio: studio.workspace.look_of(content))


def _encoded(image: QImage) -> bytes:
    """Blocks. Without compression: it is read once and thrown away."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]  # PySide's stub wants bytes where str is taken
    return bytes(content.data())
