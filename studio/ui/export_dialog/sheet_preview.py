"""The contact sheet before it is made: its first page small, how many pages there are, what stands under each image."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space, active
from studio.ui.theme.paint import horizontal_hair, snapped
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Paragraph, Themed

if TYPE_CHECKING:
    from studio.bootstrap import ExportPlan, SheetLayout
    from studio.ui.small_pictures import SmallPictures

_PAGE = QSize(104, 147)
_PAPER, _LINE, _WAITING = QColor("#FFFFFF"), QColor("#B8B8B8"), QColor("#E8E8E8")
"""The page is paper in both themes, as the file will be."""


class SheetPreview(Translated, Themed, QWidget):
    """Shown while a contact sheet is chosen; `show_plan` gives what is on it."""

    def __init__(self, pictures: SmallPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = 0
        self._page = _FirstPage(pictures, self)
        self._title = Label(weight=600, parent=self)
        self._count = Label(tone="text2", tabular=True, parent=self)
        self._below = Label(tone="text2", parent=self)
        self._what = Paragraph(tone="text", parent=self)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._below)
        words.addWidget(self._what)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addWidget(self._page)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addLayout(head)
        column.addLayout(row)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Contact sheet"))
        self._below.setText(self.tr("Under each image:"))
        self._what.setText(self.tr("model, seed, what changed"))
        self._count.setText(self.tr("page {number} of {count}").format(number=1, count=self._pages))
        self._page.setAccessibleName(self.tr("First page of the contact sheet"))

    def show_plan(self, plan: ExportPlan | None, layout: SheetLayout | None) -> None:
        """Without a layout no sheet is wanted, and nothing is shown."""
        self.setVisible(plan is not None and layout is not None)
        if plan is not None and layout is not None:
            self._pages = layout.page_count
            blobs = [file.image.record.blob for file in plan.files[: layout.per_page]]
            self._page.show_images(blobs, layout)
            self.retranslate()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        horizontal_hair(painter, 0, self.width(), 0, self.tokens.hair)
        painter.end()


class _FirstPage(Themed, QWidget):
    """Cells where the file will have them."""

    def __init__(self, pictures: SmallPictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._blobs: Sequence[str] = ()
        self._layout: SheetLayout | None = None
        pictures.ready.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_images(self, blobs: Sequence[str], layout: SheetLayout) -> None:
        self._blobs, self._layout = blobs, layout
        self.update()

    def restyle(self) -> None:
        self.setFixedSize(active().scaled_size(_PAGE.width(), _PAGE.height()))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        if not self.tokens.dark:  # white paper on a light ground needs an edge
            painter.setPen(self.tokens.border)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._layout is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            scale = self.width() / self._layout.page_width
            for place, blob in enumerate(self._blobs):
                left, top = self._layout.corner(place)
                cell = QRectF(left, top, self._layout.cell, self._layout.cell)
                scaled = QRectF(*(value * scale for value in (cell.x(), cell.y(), cell.width(), cell.height())))
                self._paint_cell(painter, blob, scaled)
        painter.end()

    def _paint_cell(self, painter: QPainter, blob: str, cell: QRectF) -> None:
        pixmap = self._pictures.pixmap(blob)
        if pixmap is None:
            painter.fillRect(cell, _WAITING)
        else:
            size = QSizeF(pixmap.size()).scaled(cell.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left = cell.center().x() - size.width() / 2
            shown = QRectF(left, cell.center().y() - size.height() / 2, size.width(), size.height())
            painter.drawPixmap(snapped(painter, shown), pixmap, QRectF(pixmap.rect()))
        line = QRectF(cell.left(), cell.bottom() + 1.5, cell.width() * 0.8, 1)
        painter.fillRect(snapped(painter, line), _LINE)
